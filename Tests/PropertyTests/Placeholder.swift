import Testing

@Suite struct PropertyTestsPlaceholder {}
