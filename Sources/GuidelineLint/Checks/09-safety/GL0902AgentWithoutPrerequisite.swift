internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let agentWithoutPrerequisite = Check(
    DiagnosticCode("GL0902", "agent-without-prerequisite"), isSafety: true,
    CheckPage(
      summary: "A drug can be offered while the result of a test that has to come first is unknown, and the test is "
        + "not asked for.",
      why: "The first dose may be the one that harms: whoever cannot break the drug down is found by the test only.",
      example: """
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          tpmt-before-start:
            when: [ild.severity is severe, tpmt.phenotype is unknown]
            then: [{test: tpmt, before: azathioprine, blocks: yes}]
        """,
      mended: """
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          tpmt-before-start:
            when: [ild.present, tpmt.phenotype is unknown]
            then: [{test: tpmt, before: azathioprine, blocks: yes}]
        """,
      notes: """
        A test has to come first when a rule of the library orders it before the drug with `blocks: yes` while a fact \
        is unknown, or when the configuration says so: `safety: {azathioprine: {prerequisite: {test: tpmt, fact: \
        tpmt.phenotype}}}`. Only the configuration notices that the rule itself was taken away.
        """)
  ) { company, found in
    guard company.isJudged else { return }
    for agent in company.profiles.offered {
      for demand in company.prerequisites(of: agent) { company.ask(demand, of: agent, into: &found) }
    }
  }
}

/// A test that blocks the start of an agent, and the value without which it has to be ordered.
private struct BlockingTest: Hashable {
  var test: String
  /// Nil: nothing reads the fact that holds the result, so it is always as if unknown.
  var value: ValueID?
  var fact: String
}

extension CompanyAnalysis {
  /// What the configuration demands, and what rules that order a blocking test take as a reason.
  fileprivate func prerequisites(of agent: Agent) -> [BlockingTest] {
    var found: [BlockingTest] = []
    for demand in context.configuration.safety.demands {
      guard let named = profiles.agents.agent(named: demand.agent.value), profiles.agents.isCovered(agent, by: named)
      else { continue }
      for item in demand.prerequisites {
        let value = library.vocabulary.factNamed[item.fact.value].flatMap { self.value(of: $0) }
        found.append(BlockingTest(test: item.test.value, value: value, fact: item.fact.value))
      }
    }
    for place in blockingTests(before: agent) {
      guard let test = subject(of: place) else { continue }
      for condition in graph[graph[place].rule].conditions {
        for value in unknowns(in: condition) {
          guard let fact = factName(value) else { continue }
          let demand = BlockingTest(test: test, value: value, fact: fact)
          if !found.contains(where: { $0.test == test && $0.value == value }) { found.append(demand) }
        }
      }
    }
    return found
  }

  private func value(of fact: FactID) -> ValueID? {
    guard let slot = program.sourceMap.scalarSlots[fact] else { return nil }
    return graph.values.indices.lazy.map { ValueID($0) }.first {
      if case .fact(slot, _) = graph[$0] { true } else { false }
    }
  }

  private func factName(_ value: ValueID) -> String? {
    guard case .fact(let slot, _) = graph[value],
      let fact = program.sourceMap.scalarSlots.first(where: { $0.value == slot })?.key
    else { return nil }
    return library.vocabulary[fact].name
  }

  /// Conclusions that order a test before an agent and hold up its start.
  private func blockingTests(before agent: Agent) -> [PlaceID] {
    profiles.places([.test], about: agent).filter { place in
      let kind = library.vocabulary[KindID(Int(graph[place].kind))]
      return graph[place].fields.contains { field in
        guard kind.fields.indices.contains(Int(field.column)) else { return false }
        let type = kind.fields[Int(field.column)].type
        return type == .term(.yesNo) && constantText(field.value, type) == "yes"
      }
    }
  }

  private func subject(of place: PlaceID) -> String? {
    let kind = library.vocabulary[KindID(Int(graph[place].kind))]
    guard let field = graph[place].fields.first(where: { $0.column == 0 }), let type = kind.fields.first?.type else {
      return nil
    }
    return constantText(field.value, type)
  }

  /// The values that have to be unknown.
  private func unknowns(in condition: ConditionID) -> [ValueID] {
    switch graph[condition] {
    case .all(let list): graph.conditionIDs(list).flatMap { unknowns(in: $0) }
    case .settled(.unknown, .value(let value)): [value]
    default: []
    }
  }

  fileprivate mutating func ask(_ demand: BlockingTest, of agent: Agent, into found: inout CheckFindings) {
    let offers = profiles.offers[agent] ?? []
    let tests = blockingTests(before: agent).filter { subject(of: $0) == demand.test }
    func question(_ reading: Reading) -> Question {
      var members: [Question] = [.any(offers.map { .stands($0, reading) })]
      if let value = demand.value { members.append(.not(.isKnown(value))) }
      members += tests.map { .not(.stands($0, .presuming)) }
      return .all(members)
    }
    let name = profiles.agents.name(agent)
    switch analysis.patient(question(.presuming), preferring: question(.cautious)) {
    case .nobody: return
    case .undecided(let reason):
      let what = "whether `\(name)` is ever offered without `\(demand.test)`"
      undecided(what, reason, at: offers.first.map { writtenPlace(of: $0) } ?? library.documents[0].span, into: &found)
    case .patient(let witness):
      let shown = standing(offers, for: witness)
      guard let place = shown.first else { return }
      found.report(
        "`\(name)` can be offered while `\(demand.fact)` is unknown, and the test `\(demand.test)` is not asked for",
        at: writtenPlace(of: place), label: "`\(name)` is offered here",
        related: tests.prefix(1).map { RelatedPlace(rule(of: $0).nameSpan, "the test is ordered here, for others") },
        notes: ["seen with the guidelines \(company.name)"],
        help: [
          "order `\(demand.test)` for everybody who may be offered `\(name)` and has no result, so that it blocks the start"
        ],
        example: example(
          witness, showing: shown, named: "\(words(name))-without-\(words(demand.test))",
          test: ["expect: [{\(testPattern(demand.test))}]"]),
        subjects: [name])
    }
  }

  private func testPattern(_ test: String) -> String {
    let kind = profiles.agents.kinds[.test]?.first.map { library.vocabulary[$0].name } ?? "test"
    return "\(kind): \(test)"
  }
}
