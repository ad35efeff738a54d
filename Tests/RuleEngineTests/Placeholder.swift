import Testing

@Suite struct RuleEngineTestsPlaceholder {}
