internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let monitoringWithoutAction = Check(
    DiagnosticCode("GL0909", "monitoring-without-action", .warning),
    CheckPage(
      summary: "A test is ordered again and again to watch a drug, and no rule says what follows from its result.",
      why: "The count is drawn, it is low, and nothing happens: the test protected nobody.",
      example: """
        # file: .guideline-lint.yaml
        results: {cbc: lab.wbc}
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          blood-count:
            when: [azathioprine.considered]
            then: [{monitor: cbc, agent: azathioprine, every: 7 d}]
        """,
      mended: """
        # file: .guideline-lint.yaml
        results: {cbc: lab.wbc}
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          blood-count:
            when: [azathioprine.considered]
            then: [{monitor: cbc, agent: azathioprine, every: 7 d}]
          low-count:
            when: [azathioprine.considered, leukopenia]
            then: [{stop: azathioprine}]
        """,
      notes: """
        The facts that hold a result stand under `results` of the configuration; without it they are those whose dates \
        the due date of the test is counted from. A rule acts on a result when it warns of the drug, stops, replaces or \
        doses it or advises against it, and looks at a value of such a fact: that a count is overdue is no action on it.
        """)
  ) { company, found in
    guard company.isJudged else { return }
    for agent in company.profiles.offered { company.reportUnwatched(agent, into: &found) }
  }
}

extension CompanyAnalysis {
  fileprivate mutating func reportUnwatched(_ agent: Agent, into found: inout CheckFindings) {
    let actions = profiles.places(answeringRoles, about: agent)
    guard profiles.agents.canBeNamed(by: answeringRoles) else { return }
    let reads = Set(actions.map { graph[$0].rule }).map { RuleReads($0, in: graph, fields: true) }
    var reported: Set<String> = []
    for place in profiles.places([.monitor], about: agent) {
      guard let test = test(of: place), let results = results(of: test, ordered: place), !results.isEmpty,
        !reads.contains(where: { results.areRead(by: $0) }), reported.insert(test).inserted,
        offer(of: agent) != nil
      else { continue }
      let name = profiles.agents.name(agent)
      let facts = results.names.map { "`\($0)`" }.joined(separator: ", ")
      found.report(
        "`\(test)` is ordered again and again to watch `\(name)`, and no rule says what follows from its result",
        at: rule(of: place).nameSpan, label: "ordered here",
        notes: ["its result is looked for in \(facts)", "seen with the guidelines \(company.name)"],
        help: ["say when `\(name)` is stopped, warned of or given in another dose; or allow it with the reason"],
        subjects: [name, test])
    }
  }

  private func test(of place: PlaceID) -> String? {
    let kind = library.vocabulary[KindID(Int(graph[place].kind))]
    guard let field = graph[place].fields.first(where: { $0.column == 0 }), let type = kind.fields.first?.type else {
      return nil
    }
    return constantText(field.value, type)
  }

  /// The facts that hold what a test measures.
  private struct Results {
    var names: [String] = []
    var series: Set<SeriesSlotID> = []
    var values: Set<ValueID> = []

    var isEmpty: Bool { names.isEmpty }

    func areRead(by reads: RuleReads) -> Bool {
      !series.isDisjoint(with: reads.series) || !values.isDisjoint(with: reads.values)
    }
  }

  private func results(of test: String, ordered place: PlaceID) -> Results? {
    var results = Results()
    let stated = context.configuration.safety.results.filter { isTest(test, $0.test.value) }
    for name in stated.flatMap(\.facts).map(\.value) {
      guard let fact = library.vocabulary.factNamed[name] else { continue }
      results.names.append(name)
      if let slot = program.sourceMap.seriesSlots[fact] { results.series.insert(slot) }
      if let value = value(ofFact: name) { results.values.insert(value) }
    }
    guard stated.isEmpty else { return results }
    for field in graph[place].fields { addDated(field.value, to: &results, depth: 0) }
    return results
  }

  private func isTest(_ test: String, _ other: String) -> Bool {
    test == other
      || library.vocabulary.groups.contains { group in
        guard let term = group.termNamed[test], let parent = group.termNamed[other] else { return false }
        return group.members(of: parent).contains(term)
      }
  }

  /// Series whose dates a value is counted from.
  private func addDated(_ value: ValueID, to results: inout Results, depth: Int) {
    guard depth < 32 else { return }
    switch graph[value] {
    case .dateOf(_, let slot, _):
      guard results.series.insert(slot).inserted,
        let fact = program.sourceMap.seriesSlots.first(where: { $0.value == slot })?.key
      else { return }
      results.names.append(library.vocabulary[fact].name)
    case .add(let first, let second), .subtract(let first, let second):
      addDated(first, to: &results, depth: depth + 1)
      addDated(second, to: &results, depth: depth + 1)
    case .least(let list), .greatest(let list):
      for inner in graph.valueIDs(list) { addDated(inner, to: &results, depth: depth + 1) }
    case .definition(let id), .fact(_, .some(let id)):
      if case .value(let inner) = graph[id].form { addDated(inner, to: &results, depth: depth + 1) }
    default: return
    }
  }
}
