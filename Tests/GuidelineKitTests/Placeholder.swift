import Testing

@Suite struct GuidelineKitTestsPlaceholder {}
