internal import ClinicalValues
internal import GuidelineKit
internal import GuidelineModel
internal import RuleEngine
internal import Testing

/// Small islands of rules are evaluated in masks, large ones are told what turns: whatever the limit, all answers are the
/// same, in fresh sessions and in those that have seen other patients.
@Suite struct NetworkFormTests {
  /// Nothing in masks; islands of a rule or two; nearly all.
  static let limits = [0, 6, 40, 100_000]

  @Test func `rules say the same in masks and in a network that is told what turns`() throws {
    var compared = 0
    var different: [String] = []
    for number in 0..<max(1, Settings.pairs(unlessSet: 800) / 8) {
      let seed = Settings.seed &+ UInt64(number)
      var generator = LibraryGenerator(seed: seed)
      let engine = Engine(generator.generate().files)
      guard let guidelines = engine.compiled else { continue }
      let patients = (0..<8).compactMap { patient in
        var facts = PatientGenerator(seed: seed &* 31 &+ UInt64(patient))
        return engine.given(facts.generate().text + "\n")
      }
      let expected = Self.answers(patients, guidelines, limit: nil)
      compared += expected.count
      for limit in Self.limits where Self.answers(patients, guidelines, limit: limit) != expected {
        different.append("seed \(seed), limit \(limit)")
      }
    }
    print("compared \(compared) patients")
    #expect(compared > 200, "too few patients could be compared: \(compared)")
    #expect(different.isEmpty, "\(different)")
  }

  /// Of each patient, of those after the first in a session that has seen the others, what each rule and place says.
  private static func answers(_ patients: [PatientFacts], _ guidelines: Guidelines, limit: Int?) -> [[Truth]] {
    let program = guidelines.program
    let graph = limit.map { program.graph.withMasks(words: $0) } ?? program.graph
    var session = Session(graph, today: Settings.today)
    return patients.map { facts in
      _ = program.takeIn(facts, into: &session)
      session.run()
      var truths: [Truth] = []
      for reading in Reading.allCases {
        for rule in graph.rules.indices { truths.append(session.isInEffect(RuleNodeID(rule), reading)) }
        for place in graph.places.indices { truths.append(session.standing(PlaceID(place), reading)) }
      }
      return truths
    }
  }
}
