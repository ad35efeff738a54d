package import ClinicalValues

extension Session {
  /// Computes a node that does not read itself in one reading; the answer says whether it came out differently.
  mutating func computeOnce(_ node: DependencyNode, _ reading: Reading) -> Bool {
    switch node {
    case .definition(let id): return setDefinition(id, define(id, reading), reading)
    case .body(let id): return computeBody(id, reading)
    case .effective(let id): return computeEffect(id, reading)
    case .conclusion(let id):
      let after = conclude(id, reading)
      guard after != (reading == .cautious ? states.0.concluded[id.index] : states.1.concluded[id.index]) else {
        return false
      }
      setConcluded(id, after, reading)
      hasNewAnswers = true
      return true
    case .rows(let id):
      // Rows that are given, or known, are what they are: no rule raises them again.
      guard isRaisedByRules(id) else { return true }
      let before = reading == .cautious ? relations[id.index].truths.0 : relations[id.index].truths.1
      relations[id.index].clearTruths(reading)
      _ = raiseRows(id, reading)
      guard before != (reading == .cautious ? relations[id.index].truths.0 : relations[id.index].truths.1) else {
        return false
      }
      hasNewAnswers = true
      return true
    }
  }

  /// What the effect was before is kept until it is settled again, so that it can be told whether that changes it.
  private mutating func computeBody(_ id: RuleNodeID, _ reading: Reading) -> Bool {
    let found = findInstances(id, reading)
    let before = instances(id, reading)
    if found.isEmpty && before.isEmpty { return false }
    let isSame =
      found.count == before.count && zip(found, before).allSatisfy { $0.rows == $1.rows && $0.body == $1.body }
    guard !isSame else { return false }
    setInstances(id, Self.keepingEffects(of: before, in: found), reading)
    bodyChanges[id.index] = runs
    hasNewAnswers = true
    return true
  }

  /// Whoever reads an effect looks again when the instances are others, or when their rows may hold other values.
  private mutating func computeEffect(_ id: RuleNodeID, _ reading: Reading) -> Bool {
    let isOther = bodyChanges[id.index] == runs
    let before = instances(id, reading)
    if before.isEmpty && !isOther { return false }
    settleInstances(id, reading)
    let isSame = before == instances(id, reading)
    if !isSame { hasNewAnswers = true }
    return isOther || !graph[id].relations.isEmpty || !isSame
  }

  private mutating func isRaisedByRules(_ id: RelationID) -> Bool {
    switch graph[id].origin {
    case .derived, .conclusions: true
    case .given, .knowledge: false
    }
  }

  /// From nothing to the least fixpoint, round by round; truths only rise, and there are finitely many rows.
  mutating func iterate(_ component: Component, at index: Int, _ reading: Reading) {
    for node in component.nodes { reset(node, reading) }
    let none = ContiguousArray(repeating: ContiguousArray<Int>(), count: relations.count)
    (grown, growing) = (none, none)
    var round = 0
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for node in component.nodes where advance(node, component, at: index, round: round, reading) { hasChanged = true }
      grown = growing
      growing = none
      round += 1
    }
    (grown, growing) = ([], [])
  }

  private mutating func reset(_ node: DependencyNode, _ reading: Reading) {
    switch node {
    case .definition(let id): _ = setDefinition(id, Self.yesNo(.no), reading)
    case .body(let id): setInstances(id, [], reading)
    case .effective(let id): setApplies(id, .no, reading)
    case .conclusion(let id): setConcluded(id, [], reading)
    case .rows(let id): relations[id.index].clearTruths(reading)
    }
  }

  /// One step of one node; the answer says whether anything rose.
  private mutating func advance(
    _ node: DependencyNode, _ component: Component, at index: Int, round: Int, _ reading: Reading
  ) -> Bool {
    switch node {
    case .definition(let id):
      return setDefinition(id, define(id, reading), reading)
    case .body(let id):
      if onlyDerives(id, into: component) { return deriveRows(id, at: index, round: round, reading) }
      let before = instances(id, reading)
      setInstances(id, Self.keepingEffects(of: before, in: findInstances(id, reading)), reading)
      return before.count != instances(id, reading).count
        || zip(before, instances(id, reading)).contains { $0.body != $1.body }
    case .effective(let id):
      if onlyDerives(id, into: component) { return false }
      let before = instances(id, reading)
      settleInstances(id, reading)
      var hasChanged = before != instances(id, reading)
      for derivation in graph[id].derivations
      where component.nodes.contains(.rows(derivation.relation)) && raiseRows(derivation.relation, reading) {
        hasChanged = true
      }
      return hasChanged
    case .conclusion(let id):
      let before = reading == .cautious ? states.0.concluded[id.index] : states.1.concluded[id.index]
      let after = conclude(id, reading)
      setConcluded(id, after, reading)
      return before != after
    case .rows(let id):
      if case .conclusions = graph[id].origin { return raiseRows(id, reading) }
      // Rules outside of the circle have said all they have to say before it begins.
      return round == 0 && raiseRows(id, reading) { !component.nodes.contains(.effective($0)) }
    }
  }

  /// Instances that were settled in the round before stay so until they are settled again: else every round would seem
  /// to change something, and none would be the last.
  private static func keepingEffects(of before: [RuleInstance], in found: [RuleInstance]) -> [RuleInstance] {
    var found = found
    var next = 0
    for index in found.indices {
      while next < before.count, before[next].rows.lexicographicallyPrecedes(found[index].rows) { next += 1 }
      guard next < before.count, before[next].rows == found[index].rows else { continue }
      found[index].effective = before[next].effective
      found[index].excepted = before[next].excepted
    }
    return found
  }

  /// Rules that only derive rows need no list of instances: each new row is met once, with the rows that grew before it.
  private mutating func onlyDerives(_ rule: RuleNodeID, into component: Component) -> Bool {
    let derivations = graph[rule].derivations
    return graph[rule].places.isEmpty && !derivations.isEmpty
      && derivations.allSatisfy { component.nodes.contains(.rows($0.relation)) }
  }

  private mutating func deriveRows(_ id: RuleNodeID, at index: Int, round: Int, _ reading: Reading) -> Bool {
    let plan = graph.rulePlans[id.index]
    let readsOnlyRows = graph[id].conditions.allSatisfy { tables.conditionComponent[$0.index] < Int32(index) }
    var sink = DerivationSink(rule: id, reading: reading)
    if round == 0 || !readsOnlyRows {
      join(id, plan.full, growing: nil, &sink)
    } else {
      for start in plan.growing {
        let rows = grown[start.relation.index]
        guard !rows.isEmpty else { continue }
        join(id, start.steps, growing: rows, &sink)
      }
    }
    if sink.applies > applies(id, reading) { setApplies(id, sink.applies, reading) }
    return sink.hasRaised
  }

  // MARK: Definitions

  private mutating func define(_ id: DefinitionNodeID, _ reading: Reading) -> Estimate {
    let full = pool[graph[id].full]
    switch graph[id].form {
    case .means(let condition): return Self.yesNo(truth(condition, reading))
    case .value(let value): return estimate(value, reading)
    case .first(let clauses): return first(clauses, reading) ?? full
    case .agree(let values): return agreement(values, reading) ?? full
    }
  }

  static func yesNo(_ truth: Truth) -> Estimate {
    switch truth {
    case .yes: .term(0)
    case .no: .term(1)
    case .unknown: .terms(TermSet(allOf: 2))
    }
  }

  /// The values of the clauses that may be the first to hold; none if no guard can hold; nil: unknown.
  private mutating func first(
    _ clauses: [(condition: ConditionID?, value: ValueID)], _ reading: Reading
  ) -> Estimate? {
    var candidates: Estimate?
    for clause in clauses {
      let holds = clause.condition.map { truth($0, reading) } ?? .yes
      guard holds != .no else { continue }
      let value = estimate(clause.value, reading)
      candidates = candidates?.joined(with: value) ?? value
      if holds == .yes { return candidates }
    }
    return candidates == nil ? Estimate.none : nil
  }

  /// The common value of those that are known in the cautious reading; nil: none is known, or they differ.
  private mutating func agreement(_ values: [ValueID], _ reading: Reading) -> Estimate? {
    var common: Estimate?
    for value in values where estimate(value, .cautious).isKnown {
      let own = estimate(value, reading)
      if let common, common != own { return nil }
      common = own
    }
    return common
  }

  // MARK: State

  private mutating func setDefinition(_ id: DefinitionNodeID, _ estimate: Estimate, _ reading: Reading) -> Bool {
    let interned = pool.intern(estimate)
    if reading == .cautious {
      guard states.0.definitions[id.index] != interned else { return false }
      states.0.definitions[id.index] = interned
    } else {
      guard states.1.definitions[id.index] != interned else { return false }
      states.1.definitions[id.index] = interned
    }
    hasNewAnswers = true
    return true
  }

  @inline(__always)
  package func applies(_ id: RuleNodeID, _ reading: Reading) -> Truth {
    reading == .cautious ? states.0.applies[id.index] : states.1.applies[id.index]
  }

  mutating func setApplies(_ id: RuleNodeID, _ truth: Truth, _ reading: Reading) {
    if reading == .cautious { states.0.applies[id.index] = truth } else { states.1.applies[id.index] = truth }
  }

  package func instances(_ id: RuleNodeID, _ reading: Reading) -> [RuleInstance] {
    guard !tables.plain.isPlain[id.index] else {
      let truth = applies(id, reading)
      return truth == .no ? [] : [RuleInstance(rows: [], body: truth, effective: truth, excepted: .no)]
    }
    return reading == .cautious ? states.0.instances[id.index] : states.1.instances[id.index]
  }

  mutating func setInstances(_ id: RuleNodeID, _ instances: [RuleInstance], _ reading: Reading) {
    if reading == .cautious {
      states.0.instances[id.index] = instances
    } else {
      states.1.instances[id.index] = instances
    }
  }

  private mutating func setConcluded(_ id: PlaceID, _ concluded: [ConcludedInstance], _ reading: Reading) {
    if reading == .cautious {
      states.0.concluded[id.index] = concluded
    } else {
      states.1.concluded[id.index] = concluded
    }
  }
}
