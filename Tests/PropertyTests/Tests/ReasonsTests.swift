internal import ClinicalValues
internal import GuidelineModel
internal import RuleEngine
internal import Testing

@testable internal import GuidelineCompiler
@testable internal import GuidelineKit

/// Reasons from outlines and trees beside a walk of the written conditions, on generated libraries and patients.
@Suite struct ReasonsTests {
  @Test func `what is rendered is what a walk of the written conditions gives`() throws {
    var tally = Tally()
    for number in 0..<max(1, Settings.pairs(unlessSet: 240) / 6) {
      try compare(seed: Settings.seed &+ 900_000 &+ UInt64(number), &tally)
    }
    print(
      "seed \(Settings.seed): \(tally.conclusions) conclusions, \(tally.lines) lines, \(tally.merged) merged, \(tally.scopes) scopes"
    )
    #expect(tally.conclusions > 200 && tally.lines > 500 && tally.scopes > 0, "too little was tried")
  }

  private struct Tally {
    var conclusions = 0
    var lines = 0
    var merged = 0
    var scopes = 0
  }

  private func compare(seed: UInt64, _ tally: inout Tally) throws {
    var generator = LibraryGenerator(seed: seed)
    let engine = Engine(generator.generate().files)
    guard let guidelines = engine.compiled else { return }
    var session = ConclusionSession(guidelines)
    var reports = PatientSession(guidelines)
    var options = Guidelines.Options()
    options.validUntil = false
    var kept: [(taken: TakenFacts, facts: Facts)] = []
    for patient in 0..<6 {
      var patients = PatientGenerator(seed: seed &* 31 &+ UInt64(patient))
      guard let facts = engine.facts(patients.generate().text + "\n") else { continue }
      kept.append((session.take(facts), facts))
    }
    for (index, patient) in kept.enumerated() {
      let report = reports.evaluate(patient.facts, options)
      try session.conclude(patient.taken)
      let comment = Comment(rawValue: "seed \(seed), patient \(index)")
      compare(report, &session, comment, &tally)
      compareWithWalk(guidelines, patient.facts, report, comment, &tally)
    }
  }

  /// What says the same is one conclusion of a report, with the reasons of those that stand best.
  private func compare(_ report: Report, _ session: inout ConclusionSession, _ comment: Comment, _ tally: inout Tally) {
    var drawn: [ReportedConclusion: [(status: Status, because: [Reason])]] = [:]
    for index in session.conclusions.indices {
      guard var reported = session.reported(index) else {
        Issue.record("a conclusion cannot be reported: \(comment)")
        continue
      }
      let status = session.conclusions[index].status
      #expect(reported.status == status && reported.because.isEmpty, comment)
      reported.forgetMembers()
      drawn[reported, default: []].append((status, session.reasons(of: index)))
    }
    #expect(drawn.count == report.conclusions.count, comment)
    for conclusion in report.conclusions {
      var key = conclusion
      key.forgetMembers()
      let members = drawn[key] ?? []
      #expect(members.map(\.status).min() == conclusion.status, comment)
      let best = members.filter { $0.status == conclusion.status }.map(\.because)
      tally.conclusions += 1
      tally.lines += conclusion.because.count
      if members.count == 1 {
        #expect(best == [conclusion.because], comment)
      } else {
        tally.merged += 1
        #expect(Set(best.joined()) == Set(conclusion.because), comment)
      }
    }
  }

  private func compareWithWalk(
    _ guidelines: Guidelines, _ facts: Facts, _ report: Report, _ comment: Comment, _ tally: inout Tally
  ) {
    var own = Session(guidelines.program.graph, today: guidelines.today)
    let intake = guidelines.program.takeIn(facts.given, into: &own)
    own.run()
    var walk = WrittenReasons(
      builder: ReportBuilder(
        program: guidelines.program, quotations: guidelines.source.quotations, intake: intake, session: own,
        reasons: .none))
    // Derived rows have other numbers in another session: both ask one.
    for index in guidelines.program.graph.places.indices {
      for pair in walk.builder.pairs(PlaceID(index)) {
        guard let status = walk.builder.status(pair, PlaceID(index)), let shown = walk.builder.shown(pair, status)
        else {
          continue
        }
        let rendered = walk.builder.reasons(PlaceID(index), shown.rows, status)
        let walked = walk.reasons(PlaceID(index), shown.rows, status)
        #expect(rendered == walked, comment)
      }
    }
    for item in report.outOfScope {
      guard let document = guidelines.program.library.documents.firstIndex(where: { $0.id == item.guideline }),
        let scope = guidelines.program.sourceMap.scopes[document]
      else { continue }
      tally.scopes += 1
      let walked = walk.failures(scope)
      #expect(item.because == walked, comment)
    }
  }
}

extension ReportedConclusion {
  /// What equal conclusions that are one in a report may differ in.
  fileprivate mutating func forgetMembers() {
    status = .certain
    title = nil
    gradedAs = nil
    sources = []
    because = []
    overriddenBy = []
    settledBy = []
  }
}
