import Testing

@Suite struct SourceTextTestsPlaceholder {}
