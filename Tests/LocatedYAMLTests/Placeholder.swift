import Testing

@Suite struct LocatedYAMLTestsPlaceholder {}
