import Testing

@Suite struct LocatedYAMLPlaceholder {}
