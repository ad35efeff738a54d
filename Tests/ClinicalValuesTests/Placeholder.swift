import Testing

@Suite struct ClinicalValuesTestsPlaceholder {}
