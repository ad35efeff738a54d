internal import ClinicalValues
internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import GuidelineKit

/// Conclusions and reasons without texts, beside reports.
@Suite struct ConclusionSessionTests {
  @Test(arguments: [("Tests/Fixtures/library", "2025-06-01"), ("guidelines", "2026-06-01")])
  func `the reasons of each conclusion are those of the report`(folder: String, today: String) throws {
    let pool = folder == "guidelines" ? FactPool.repository : FactPool.fixture
    let kept = try KeptSession(folder, today: today, pool: pool)
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "conclusions of \(folder)"))
    var session = ConclusionSession(kept.guidelines)
    var patients: [(facts: Facts, taken: TakenFacts)] = []
    for _ in 0..<16 {
      var lines: [String] = []
      for fact in pool where random.below(4) > 0 { lines.append("\(fact.name): \(random.pick(fact.values))") }
      let facts = try kept.facts(lines)
      patients.append((facts, session.take(facts)))
    }
    var options = Guidelines.Options()
    options.validUntil = false
    var compared = 0
    // Twice, so that each is asked in a session that has seen the others.
    for patient in patients + patients.reversed() {
      let report = kept.guidelines.evaluate(patient.facts, options)
      try session.conclude(patient.taken)
      for index in session.conclusions.indices {
        let found = session.reported(index)
        let reported = try #require(found)
        let reasons = session.reasons(of: index)
        let shown = try #require(
          report.conclusions.first { other in
            other.rule == reported.rule && other.kind == reported.kind && other.subject == reported.subject
              && other.fields == reported.fields && other.guideline == reported.guideline
              && other.strength == reported.strength && other.certainty == reported.certainty
              && other.undecidedFields == reported.undecidedFields
          })
        #expect(shown.status <= reported.status)
        if shown.status == reported.status {
          #expect(reasons.allSatisfy { shown.because.contains($0) })
          compared += 1
        }
      }
      let drawn = rules(&session)
      #expect(Set(report.conclusions.map(\.rule)) == drawn)
    }
    #expect(compared > 20)
  }

  private func rules(_ session: inout ConclusionSession) -> Set<String> {
    var rules: Set<String> = []
    for index in session.conclusions.indices {
      if let rule = session.reported(index)?.rule { rules.insert(rule) }
    }
    return rules
  }

  @Test func `steps say where a condition is written, and its truth`() throws {
    let kept = try KeptSession("Tests/Fixtures/library", today: "2025-06-01", pool: FactPool.fixture)
    var session = ConclusionSession(kept.guidelines)
    let taken = session.take(
      try kept.facts([
        "patient.age: 55 a", "ild.present: yes",
        "medication: [{agent: azathioprine, status: active, start: 2025-01-10}]",
        "lab.wbc: [{value: 6.0 10*9/L, on: 2025-03-01}, {value: 1.8 10*9/L, on: 2025-05-29}]",
      ]))
    try session.conclude(taken)
    let count = session.conclusions.count
    #expect(count > 0)
    for index in session.conclusions.indices {
      let stepCount = session.conclusions[index].stepCount
      var lines = 0
      var place = 0
      while let step = session.step(place, of: index) {
        #expect(step.end > place && step.end <= stepCount)
        guard case .line(let text, _, let file, let line, _) = step.content else {
          Issue.record("a fact that belongs to no line")
          break
        }
        #expect(!text.isEmpty && !file.isEmpty && line > 0)
        lines += 1
        place = step.end
      }
      #expect(place == stepCount)
      let reasons = session.reasons(of: index)
      #expect(lines == reasons.count)
    }
  }

  @Test func `facts of another session are refused`() throws {
    let kept = try KeptSession("Tests/Fixtures/library", today: "2025-06-01", pool: FactPool.fixture)
    var session = ConclusionSession(kept.guidelines)
    var other = ConclusionSession(kept.guidelines)
    let foreign = other.take(.none)
    var isRefused = false
    do throws(ForeignFacts) { try session.conclude(foreign) } catch { isRefused = true }
    #expect(isRefused)
  }

  @Test func `where there is no conclusion, nothing is said`() throws {
    let kept = try KeptSession("Tests/Fixtures/library", today: "2025-06-01", pool: FactPool.fixture)
    var session = ConclusionSession(kept.guidelines)
    let before = session.reasons(of: 0)
    #expect(before.isEmpty)
    let none = session.reported(-1)
    #expect(none == nil)
    var steps = [session.step(0, of: 7)]
    let taken = session.take(.none)
    try session.conclude(taken)
    steps += [session.step(-1, of: 0), session.step(.max, of: 0)]
    #expect(steps == [nil, nil, nil])
    // Facts that are taken in take the place of those before.
    _ = session.take(.none)
    let after = session.reasons(of: 0)
    let isEmpty = session.conclusions.isEmpty
    #expect(isEmpty && after.isEmpty)
  }
}
