import Testing

@Suite struct GuidelineSyntaxTestsPlaceholder {}
