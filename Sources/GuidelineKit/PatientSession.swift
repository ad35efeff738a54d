internal import ClinicalValues
internal import GuidelineCompiler
internal import RuleEngine

/// Answers for one patient after the other, by one worker: what the last patient's answers have in common with the next
/// one's is not computed again.
///
/// Every answer is that of `Guidelines.evaluate`.
///
/// ```swift
/// var session = PatientSession(guidelines)
/// for facts in patients { use(session.evaluate(facts)) }
/// ```
public struct PatientSession: ~Copyable, Sendable {
  private let guidelines: Guidelines
  private var session: Session?
  private var count = 0
  private var outlines = ReasonOutlines()

  public init(_ guidelines: Guidelines) { self.guidelines = guidelines }

  /// A session keeps every value that it has met: now and then a new one begins, so that memory stays bounded.
  private static let patientsPerSession = 1_000

  public mutating func evaluate(_ facts: Facts, _ options: Guidelines.Options = Guidelines.Options()) -> Report {
    if count == Self.patientsPerSession {
      session = nil
      count = 0
    }
    count += 1
    var current = session.take() ?? Session(guidelines.program.graph, today: guidelines.today)
    let report = guidelines.evaluate(facts, options, in: &current, &outlines)
    session = consume current
    return report
  }
}
