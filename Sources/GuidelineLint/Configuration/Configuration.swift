internal import ClinicalValues
package import SourceText

/// What a project says of its findings in `.guideline-lint.yaml`.
package struct Configuration: Sendable {
  /// From which severity on a finding fails the run.
  package var failOn: Severity?
  /// The file of known findings, counted from the folder of the configuration.
  package var baseline: String?
  /// What is read when no path is given, counted from the folder of the configuration.
  package var paths: [String] = []
  /// What is wrong with the configuration itself.
  package var faults: [Diagnostic] = []
  var settings: [CheckSetting] = []
  var allowances: [Allowance] = []
  /// What the conclusions of the library are for, and what it has to say of its drugs.
  var safety = SafetySettings()

  package init() {}
}

/// What is to be done with the findings of a check.
struct CheckSetting: Sendable {
  enum Level: Hashable, Sendable {
    case off
    case severity(Severity)
  }

  var check: String
  var level: Level
  var reason: String?
  var approver: String?
  var span: Span
}

/// The words for what a check may be set to.
let levelWords = ["off"] + Severity.allCases.map(\.rawValue)

extension CheckSetting.Level {
  init?(_ word: String) {
    if word == "off" {
      self = .off
    } else if let severity = Severity(rawValue: word) {
      self = .severity(severity)
    } else {
      return nil
    }
  }

  /// Whether it says less than the check would by itself.
  func isWeaker(than severity: Severity) -> Bool {
    switch self {
    case .off: true
    case .severity(let own): own < severity
    }
  }
}
