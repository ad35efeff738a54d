public import ClinicalValues
package import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

/// A choice of guidelines, compiled; shared freely between threads.
public struct Guidelines: Sendable {
  package let program: Program
  let source: GuidelineSource
  var selection: Selection
  /// Indices of the documents in the library.
  let selected: [Int]
  /// Of the loaded documents, in their order.
  let hashes: [String]

  /// For the search for the day until which an answer holds.
  let timeReaders = KeptTimeReaders()

  /// What a report is to contain.
  public struct Options: Sendable {
    /// The tree of conditions behind each conclusion.
    public var reasons = true
    /// Why guidelines do not apply, also without the other reasons.
    public var scopeReasons = false
    /// The day on which the answer changes without new facts; it takes further evaluations to find.
    public var validUntil = true

    public init() {}

    var wanted: ReportBuilder.Reasons { reasons ? .all : scopeReasons ? .ofScopes : .none }
  }

  /// The day from which the guidelines are seen.
  public var today: Day { selection.day }

  /// The answer for one patient.
  public func evaluate(_ facts: Facts, _ options: Options = Options()) -> Report {
    var session = Session(program.graph, today: today)
    var outlines = ReasonOutlines()
    return evaluate(facts, options, in: &session, &outlines)
  }

  /// The answer in a session of this program, whatever it was asked before.
  func evaluate(
    _ facts: Facts, _ options: Options, in session: inout Session, _ outlines: inout ReasonOutlines
  ) -> Report {
    session.setToday(today)
    let intake = program.takeIn(facts.given, into: &session)
    session.run()
    // Held by the builder alone while it adds to them.
    let known = outlines
    outlines = ReasonOutlines()
    var builder = ReportBuilder(
      program: program, quotations: source.quotations, intake: intake, session: session, reasons: options.wanted,
      outlines: known)
    var report = builder.build()
    outlines = builder.outlines
    session = builder.takeSession()
    report.guidelines = reportedGuidelines
    if options.validUntil { report.validUntil = validUntil(facts, report, intake, &session) }
    return report
  }

  var reportedGuidelines: [ReportedGuideline] {
    zip(program.library.documents, hashes).compactMap { document, hash in
      guard document.kind == .guideline else { return nil }
      return ReportedGuideline(
        id: document.id, title: document.title, version: document.version, edition: document.edition, hash: hash,
        reviewBy: document.reviewBy)
    }
  }
}
