internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let contraindicationFailsOpen = Check(
    DiagnosticCode("GL0906", "contraindication-fails-open"), isSafety: true,
    CheckPage(
      summary: "A contraindication counts only while its fact is known: without it the drug is offered as if it had "
        + "been excluded.",
      why: "What nobody recorded is taken for what is not there. The advice looks certain, and nobody is asked.",
      example: """
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          deficient:
            when: [tpmt.phenotype is known to be poor_metabolizer]
            then: [{against: azathioprine, line: first_line}]
            overrides: [{rule: start, because: the drug cannot be broken down}]
        """,
      mended: """
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          deficient:
            when: [tpmt.phenotype is poor_metabolizer]
            then: [{against: azathioprine, line: first_line}]
            overrides: [{rule: start, because: the drug cannot be broken down}]
        """,
      notes: """
        Written with `is`, an exception that is not decided makes the advice provisional, and its fact is asked for. \
        `is known to be` and `is known` are decided without the fact. Rules that advise against a drug, stop it or \
        override its recommendation are looked at, and the conditions and `unless` of the recommendation itself.
        """)
  ) { company, found in
    guard company.company.isTogether else { return }
    for agent in company.profiles.offered { company.askFailsOpen(agent, into: &found) }
  }
}

/// A condition that is decided also when its fact is unknown.
private struct OpenGuard: Hashable {
  /// The rule that it stands in.
  var rule: RuleNodeID
  /// The fact that it asks for.
  var value: ValueID
  /// The other conditions of the guard: for whom it is meant.
  var others: [ConditionID]
}

extension CompanyAnalysis {
  fileprivate mutating func askFailsOpen(_ agent: Agent, into found: inout CheckFindings) {
    let offers = profiles.offers[agent] ?? []
    var shown: Set<Span> = []
    for guardian in guards(of: offers, agent) {
      let place = place(of: guardian)
      guard !shown.contains(place) else { continue }
      var members: [Question] = [.any(offers.map { .stands($0, .cautious) }), .not(.isKnown(guardian.value))]
      members += guardian.others.map { .holds($0, .cautious) }
      switch analysis.patient(.all(members)) {
      case .nobody: continue
      case .undecided(let reason):
        undecided("whether `\(profiles.agents.name(agent))` is offered without asking", reason, at: place, into: &found)
      case .patient(let witness): report(guardian, agent, witness, into: &found)
      }
      shown.insert(place)
    }
  }

  private func report(
    _ guardian: OpenGuard, _ agent: Agent, _ witness: Witness, into found: inout CheckFindings
  ) {
    var company = self
    let name = profiles.agents.name(agent)
    let rule = rule(of: guardian.rule)
    let offers = standing(profiles.offers[agent] ?? [], for: witness)
    let fact = company.name(of: guardian.value)
    found.report(
      "`\(name)` is offered for certain while \(fact) is unknown, which `\(rule.name)` asks for only when it is known",
      at: place(of: guardian), label: "this is decided without the fact",
      related: offers.prefix(1).map { RelatedPlace(writtenPlace(of: $0), "`\(name)` is offered here") },
      notes: ["seen with the guidelines \(self.company.name)"],
      help: ["write `is` instead of `is known to be`: then the advice is provisional, and the fact is asked for"],
      example: company.example(
        witness, showing: offers, named: "\(words(name))-unasked",
        test: offers.first.map { ["never: [\(pattern(of: $0, fields: [0]).dropLast()), status: certain}]"] }),
      subjects: [name])
  }

  private func name(of value: ValueID) -> String {
    guard case .fact(let slot, _) = graph[value],
      let fact = program.sourceMap.scalarSlots.first(where: { $0.value == slot })?.key
    else { return "something" }
    return "`\(library.vocabulary[fact].name)`"
  }

  // MARK: Guards

  /// What speaks against an agent, or against what offers it, and asks only for what is known.
  private func guards(of offers: [PlaceID], _ agent: Agent) -> [OpenGuard] {
    var rules = Set(profiles.places([.against, .stop], about: agent).map { graph[$0].rule })
    var found: [OpenGuard] = []
    for place in offers {
      rules.formUnion(graph.overridersOfPlace[place.index].map(\.rule))
      rules.formUnion(graph.overridersOfRule[graph[place].rule.index])
      let node = graph[graph[place].rule]
      var values: [ValueID] = []
      if let unless = node.unless { collect(unless, wanted: true, &values) }
      for condition in node.conditions { collect(condition, wanted: false, &values) }
      found += values.map { OpenGuard(rule: graph[place].rule, value: $0, others: []) }
    }
    for rule in rules.sorted() {
      let node = graph[rule]
      guard node.relations.isEmpty, node.unless == nil else { continue }
      let conditions = node.conditions.flatMap { parts(of: $0) }
      for condition in conditions {
        var values: [ValueID] = []
        collect(condition, wanted: true, &values)
        let others = conditions.filter { $0 != condition } + [node.scope]
        found += values.map { OpenGuard(rule: rule, value: $0, others: others) }
      }
    }
    return found
  }

  private func parts(of condition: ConditionID) -> [ConditionID] {
    if case .all(let list) = graph[condition] { return graph.conditionIDs(list).flatMap { parts(of: $0) } }
    return [condition]
  }

  /// The values that have to be known for a condition to be true, or (`wanted` is false) to be false.
  private func collect(_ condition: ConditionID, wanted: Bool, _ values: inout [ValueID], depth: Int = 0) {
    guard depth < 32 else { return }
    switch graph[condition] {
    case .all(let list), .any(let list), .atLeast(_, let list):
      for inner in graph.conditionIDs(list) { collect(inner, wanted: wanted, &values, depth: depth + 1) }
    case .not(let inner): collect(inner, wanted: !wanted, &values, depth: depth + 1)
    case .certainly(let inner): collect(inner, wanted: wanted, &values, depth: depth + 1)
    case .settled(.known, .value(let value)) where wanted && graph.isClosed(value): values.append(value)
    case .member(let value, let mask) where graph[mask].yes == TermSet(0):
      guard let definition = meaning(of: value) else { return }
      collect(definition, wanted: wanted, &values, depth: depth + 1)
    default: return
    }
  }

  /// The condition behind a name that stands for one.
  private func meaning(of value: ValueID) -> ConditionID? {
    guard case .definition(let id) = graph[value], case .means(let condition) = graph[id].form else { return nil }
    return condition
  }

  // MARK: Places

  private func place(of guardian: OpenGuard) -> Span {
    let trace = program.sourceMap.rules[guardian.rule.index]
    let traces = [trace.when] + [trace.unless].compactMap(\.self)
    return traces.lazy.compactMap { find(guardian.value, in: $0, depth: 0) }.first ?? library[trace.id].nameSpan
  }

  private func find(_ value: ValueID, in trace: ConditionTrace, depth: Int) -> Span? {
    guard depth < 32 else { return nil }
    switch trace.condition.form {
    case .isKnownToBe, .isKnown:
      if reads(trace.node, value) { return trace.condition.span }
    default: break
    }
    for child in trace.children { if let span = find(value, in: child, depth: depth + 1) { return span } }
    for inner in trace.values {
      guard case .definition(let id) = graph[inner.node] else { continue }
      for condition in program.sourceMap.definitions[id.index].conditions {
        if let span = find(value, in: condition, depth: depth + 1) { return span }
      }
    }
    return nil
  }

  private func reads(_ condition: ConditionID, _ value: ValueID) -> Bool {
    var values: [ValueID] = []
    collect(condition, wanted: true, &values)
    return values.contains(value)
  }
}
