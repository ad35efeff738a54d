internal import ClinicalValues
internal import CommandSupport
internal import GuidelineCompiler
internal import RuleEngine

extension Bench {
  /// Many patients at once: columns of facts to what stands, 64 patients a word.
  ///
  /// Making the columns and asking the values of their dictionaries is not timed with it.
  static func columns(_ library: String, _ facts: String, _ millis: Int) throws {
    let work = try Workload(library: library, facts: facts)
    let graph = work.program.graph
    var session = Session(graph, today: Workload.today)
    let prepared = work.patients.map { work.prepared($0, &session) }
    let plan = ColumnPlan(graph, today: Workload.today)
    try say("columns_rules \(plan.coveredRules.count) of \(graph.rules.count)")
    try say("columns_same \(same(prepared, plan, &session))")

    var columns = PatientColumns(graph)
    var place = 0
    while columns.count < 100_000 {
      session.enter(prepared[place % prepared.count])
      guard columns.append(session) else { break }
      place += 1
    }
    let start = processorTime()
    var run = ColumnRun(plan, columns)
    let asked = processorTime() - start
    var standing = 0
    var rounds = 0
    let first = processorTime()
    repeat {
      run.evaluate()
      for rule in plan.coveredRules { standing += run.certainCount(rule) * graph[rule].places.count }
      rounds += 1
    } while processorTime() - first < Double(millis) * 1000
    let elapsed = processorTime() - first
    let patients = Double(rounds * max(columns.count, 1))
    try say("columns_us \(elapsed / patients) patients \(columns.count) standing \(standing / rounds)")
    try say("columns_asking_us \(asked / Double(max(columns.count, 1)))")
  }

  /// Whether sessions say the same of each rule that columns answer, in both readings.
  private static func same(_ prepared: [InternedFacts], _ plan: ColumnPlan, _ session: inout Session) -> Bool {
    var columns = PatientColumns(session.graph)
    for facts in prepared {
      session.enter(facts)
      guard columns.append(session) else { return false }
    }
    var run = ColumnRun(plan, columns)
    run.evaluate()
    for (patient, facts) in prepared.enumerated() {
      session.enter(facts)
      session.run()
      for rule in plan.coveredRules {
        let truth = run.truth(rule, patient: patient)
        for place in session.graph[rule].places {
          guard session.standing(place, .cautious) == truth, session.standing(place, .presuming) == truth else {
            return false
          }
        }
      }
    }
    return true
  }
}
