import Testing

@Suite struct GuidelineCompilerTestsPlaceholder {}
