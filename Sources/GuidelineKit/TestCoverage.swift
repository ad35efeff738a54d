import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine
import SourceText

/// What no case reaches.
public struct TestCoverage: Hashable, Sendable {
}
struct ReachedPlaces {
  mutating func note(_ builder: inout ReportBuilder) {}
}
extension GuidelineLibrary {
  func coverage(of reached: ReachedPlaces) -> TestCoverage { TestCoverage() }
}
