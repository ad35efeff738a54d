internal import ClinicalValues
internal import RuleEngine
internal import TestSupport
internal import Testing

@Suite struct ColumnTests {
  static let seed = SeededRandom.announcedSeed(for: "ColumnTests")

  @Test(arguments: 0..<60) func `columns say of every patient what a session says`(_ number: Int) throws {
    let count = [1, 63, 64, 65, 130][number % 5]
    _ = try compare(seed: Self.seed &+ UInt64(number), rules: 1 + number, patients: count)
  }

  @Test func `columns say of a thousand patients what a session says`() throws {
    let covered = try compare(seed: Self.seed &+ 1000, rules: 40, patients: 1000)
    #expect(covered > 15)
  }

  @Test func `no patient has no answers`() throws {
    var made = ColumnCase(SeededRandom(seed: Self.seed))
    let graph = try made.graph(rules: 5)
    let plan = ColumnPlan(graph, today: ColumnCase.today)
    var run = ColumnRun(plan)
    run.evaluate(PatientColumns(graph, capacity: 0))
    for rule in plan.coveredRules {
      #expect(run.certainCount(rule) == 0)
      #expect(run.truth(rule, patient: 0) == nil)
    }
  }

  @Test func `a second evaluation says the same`() throws {
    var made = ColumnCase(SeededRandom(seed: Self.seed &+ 7))
    let graph = try made.graph(rules: 30)
    var session = Session(graph, today: ColumnCase.today)
    var columns = PatientColumns(graph, capacity: 100)
    for _ in 0..<100 {
      made.enter(&session)
      let hasRoom = columns.append(session)
      #expect(hasRoom)
    }
    let plan = ColumnPlan(graph, today: ColumnCase.today)
    var run = ColumnRun(plan)
    run.evaluate(columns)
    let first = counts(run)
    run.evaluate(columns)
    #expect(counts(run) == first)
    columns.removePatients()
    run.evaluate(columns)
    #expect(counts(run).allSatisfy { $0 == 0 })
  }

  private func counts(_ run: borrowing ColumnRun) -> [Int] {
    var counts: [Int] = []
    for rule in run.plan.coveredRules { counts.append(run.certainCount(rule)) }
    return counts
  }

  /// A rule that compares two facts of one patient is not promised, nor is one that rests on it.
  @Test func `what columns cannot answer is not covered`() throws {
    var builder = RuleGraphBuilder()
    let slots = [
      builder.scalarSlot(full: RuleGraphBuilder.anyNumber), builder.scalarSlot(full: RuleGraphBuilder.anyNumber),
    ]
    let values = slots.map { builder.value(.fact($0, nil)) }
    let always = builder.constant(.yes)
    let limit = builder.constant(.exactly(Rational(3)))
    let both = builder.condition(.compare(values[0], .less, values[1]))
    let one = builder.condition(.compare(values[0], .less, limit))
    var rules: [RuleNodeID] = []
    for condition in [both, one] {
      let rule = builder.rule(family: UInt32(rules.count))
      builder.define(
        rule,
        RuleNode(
          family: UInt32(rules.count), scope: always, relations: [], conditions: [condition], unless: nil))
      rules.append(rule)
    }
    let reader = builder.rule(family: 2)
    let list = builder.members([rules[0]])
    let applies = builder.condition(.applies(list))
    builder.define(
      reader, RuleNode(family: 2, scope: always, relations: [], conditions: [applies], unless: nil))
    let plan = ColumnPlan(try builder.finish(), today: ColumnCase.today)
    #expect(!plan.covers(rules[0]))
    #expect(plan.covers(rules[1]))
    #expect(!plan.covers(reader))
  }

  private func compare(seed: UInt64, rules: Int, patients: Int) throws -> Int {
    var made = ColumnCase(SeededRandom(seed: seed))
    let graph = try made.graph(rules: rules)
    let plan = ColumnPlan(graph, today: ColumnCase.today)
    // Room for some of them: the dictionaries stay while patients come and go.
    var columns = PatientColumns(graph, capacity: 1 + Int(seed % 200))
    var run = ColumnRun(plan)
    var session = Session(graph, today: ColumnCase.today)
    var expected: [[Truth]] = []
    func check() {
      run.evaluate(columns)
      for (place, rule) in plan.coveredRules.enumerated() {
        let wrong = expected.indices.filter { run.truth(rule, patient: $0) != expected[$0][place] }
        #expect(
          wrong.isEmpty,
          "seed \(seed) rule \(rule.index) patients \(wrong): \(graph[rule].conditions.map { graph[$0] })")
        #expect(run.certainCount(rule) == expected.count { $0[place] == .yes })
      }
      columns.removePatients()
      expected = []
    }
    for _ in 0..<patients {
      made.enter(&session)
      session.run()
      if columns.count == columns.capacity { check() }
      let hasRoom = columns.append(session)
      #expect(hasRoom)
      var truths: [Truth] = []
      for rule in plan.coveredRules {
        let truth = session.isInEffect(rule, .cautious)
        let presumed = session.isInEffect(rule, .presuming)
        #expect(presumed == truth, "seed \(seed)")
        truths.append(truth)
      }
      expected.append(truths)
    }
    check()
    return plan.coveredRules.count
  }
}
