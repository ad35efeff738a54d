internal import ClinicalValues
internal import Foundation
internal import GuidelineAnalysis
internal import TestSupport
internal import Testing

/// The search and Z3 answer the same questions about random rules and tables.
///
/// `GUIDELINE_Z3_PYTHON` names an interpreter that has Z3 (`tools/z3/install` makes one), `GUIDELINE_Z3_PAIRS` and
/// `GUIDELINE_Z3_TABLES` the number of pairs and tables.
@Suite struct Z3AgreementTests {
  private static let python = ProcessInfo.processInfo.environment["GUIDELINE_Z3_PYTHON"]

  private static func count(_ name: String, _ usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }

  @Test func `pairs of rules overlap and contain each other as Z3 says`() throws {
    guard let python = Self.python else { return print("skipped, as GUIDELINE_Z3_PYTHON is not set: pairs of rules") }
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "pairs against Z3"))
    var bulk = BulkQuestions()
    let count = Self.count("GUIDELINE_Z3_PAIRS", 1_000)
    for _ in 0..<(count + 99) / 100 {
      bulk.begin(rules: 40, facts: 4 + random.below(29), perRule: 3 + random.below(6), &random)
      for _ in 0..<100 {
        let (first, second) = (random.below(40), random.below(40))
        bulk.ask("overlap", true: [first, second], not: [])
        bulk.ask("subsumption", true: [first], not: [second])
        bulk.ask("subsumption", true: [second], not: [first])
        bulk.ask("opposite", true: [first], not: [], false: [second])
      }
    }
    try bulk.compare(python)
  }

  @Test func `tables have gaps, overlaps and dead rows as Z3 says`() throws {
    guard let python = Self.python else { return print("skipped, as GUIDELINE_Z3_PYTHON is not set: tables") }
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "tables against Z3"))
    var bulk = BulkQuestions()
    for _ in 0..<Self.count("GUIDELINE_Z3_TABLES", 25) {
      let rows = 3 + random.below(15)
      bulk.begin(rules: rows, facts: 2 + random.below(4), perRule: 3, &random)
      bulk.ask("gap", true: [], not: Array(0..<rows), known: true)
      bulk.ask("gap among unknown", true: [], not: Array(0..<rows))
      for row in 0..<rows {
        bulk.ask("dead row", true: [row], not: Array(0..<row))
        bulk.ask("row dead by all others", true: [row], not: (0..<rows).filter { $0 != row })
        for other in 0..<row { bulk.ask("row overlap", true: [row, other], not: []) }
      }
    }
    try bulk.compare(python)
  }
}

/// Questions asked of the search at once and of Z3 in the end.
private struct BulkQuestions {
  private struct Answer {
    let kind: String
    let question: String
    let isPossible: Bool?
  }

  private var world = RuleWorld(kinds: [])
  private var formulas: [FormulaID] = []
  private var search = Search()
  private var script = Z3Script()
  private var answers: [Answer] = []

  mutating func begin(rules: Int, facts: Int, perRule: Int, _ random: inout SeededRandom) {
    world = RuleWorld(kinds: RuleWorld.randomKinds(facts, &random))
    for _ in 0..<rules {
      let about = Array(0..<facts).shuffled(using: &random).prefix(perRule)
      world.rules.append(world.randomRule(of: Array(about), &random))
    }
    world.cut()
    formulas = world.rules.map { world.formula($0) }
    search = Search()
    script.begin(world)
  }

  /// Asks for a patient of whom the first rules are true, the second not true, and the third false.
  mutating func ask(
    _ kind: String, true isTrue: [Int], not isNotTrue: [Int], false isFalse: [Int] = [], known: Bool = false
  ) {
    var goals = isTrue.map { formulas[$0] } + isNotTrue.map { world.store.not(formulas[$0]) }
    goals += isFalse.map { world.formula(world.rules[$0], is: false) }
    var terms = isTrue.map { "t\($0)" } + isNotTrue.map { "(not t\($0))" } + isFalse.map { "f\($0)" }
    for fact in world.kinds.indices where known {
      goals.append(world.store.literal(VariableID(fact), in: TermSet(1...world.samples[fact].count)))
      terms.append("known\(fact)")
    }
    script.ask(terms)
    var isPossible: Bool?
    switch search.solve(goals, in: world.store, budget: 1_000_000) {
    case .exhausted: break
    case .impossible: isPossible = false
    case .found(let patient):
      isPossible = true
      let truths = world.rules.map { world.evaluate($0, patient) }
      #expect(isTrue.allSatisfy { truths[$0] == true }, "\(kind) \(terms): \(patient)")
      #expect(isNotTrue.allSatisfy { truths[$0] != true }, "\(kind) \(terms): \(patient)")
      #expect(isFalse.allSatisfy { truths[$0] == false }, "\(kind) \(terms): \(patient)")
    }
    answers.append(Answer(kind: kind, question: terms.joined(separator: " "), isPossible: isPossible))
  }

  /// Expects Z3 to say the same, and prints how often which answer was given.
  func compare(_ python: String) throws {
    let others = try script.answers(python: python)
    try #require(others.count == answers.count)
    var counts: [String: (possible: Int, impossible: Int)] = [:]
    for (answer, other) in zip(answers, others) {
      #expect(answer.isPossible != nil && answer.isPossible == other, "\(answer.kind): \(answer.question)")
      if answer.isPossible == true {
        counts[answer.kind, default: (0, 0)].possible += 1
      } else {
        counts[answer.kind, default: (0, 0)].impossible += 1
      }
    }
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("Z3 agrees on \(kind): \(count.possible) possible, \(count.impossible) impossible")
    }
  }
}
