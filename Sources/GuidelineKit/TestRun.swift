public import SourceText

/// What came of running tests: every suite and case, in the order of their files.
public struct TestRun: Hashable, Sendable {
  public var suites: [SuiteResult]
  /// What the cases reach, if it was asked for.
  public var coverage: TestCoverage?

  public var cases: [CaseResult] { suites.flatMap(\.cases) }
  /// Cases in which all holds that is expected.
  public var passed: Int { cases.count { $0.passed } }
  public var failed: Int { cases.count { !$0.passed } }
}

/// The cases of one `tests:` document.
public struct SuiteResult: Hashable, Sendable {
  public var id: String
  public var path: String
  public var cases: [CaseResult]
}

/// One case, with everything that did not hold.
public struct CaseResult: Hashable, Sendable {
  public var name: String
  public var title: String?
  public var path: String
  public var line: Int
  public var failures: [TestFailure]

  public var passed: Bool { failures.isEmpty }
}

/// One expectation that did not hold, and why.
public struct TestFailure: Hashable, Sendable {
  /// The key of the case under which it stands.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case expect
    case never
    case needs
    case derives
    case conflicts
    case outOfScope = "out_of_scope"
    /// What the guidelines state of every patient.
    case invariant
    /// The case could not be run.
    case setup
  }

  public var kind: Kind
  /// Where the expectation stands, among `GuidelineLibrary.files`.
  public var place: Span
  public var path: String
  public var line: Int
  /// As it was written.
  public var expectation: String
  /// The nearest thing that was found, and why it differs; a line each.
  public var explanation: [String]
}
