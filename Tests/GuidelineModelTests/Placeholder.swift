import Testing

@Suite struct GuidelineModelTestsPlaceholder {}
