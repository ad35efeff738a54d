import ClinicalValues

extension RuleGraph {
  /// Plans how the variables of rules and row questions are bound: what is asked when, and where an index helps.
  mutating func planJoins() {
    rowsPlans = rows.map { node in
      step(node.variable, node.relation, bound: ~Self.bit(node.variable), open: conditionIDs(node.conditions)).step
    }
    let circles = components.filter(\.isRecursive).map { Set($0.nodes) }
    var ranked: [(rank: Double, condition: ConditionID)] = []
    rulePlans = rules.indices.map { plan(RuleNodeID($0), circles, &ranked) }
  }

  /// `ranked` is room to sort in.
  private func plan(
    _ id: RuleNodeID, _ circles: [Set<DependencyNode>], _ ranked: inout [(rank: Double, condition: ConditionID)]
  ) -> RulePlan {
    let scope = rules[id.index].scope
    ranked.removeAll(keepingCapacity: true)
    if self[scope] != .constant(.yes) { ranked.append((likelihood(scope), scope)) }
    for condition in rules[id.index].conditions
    where isClosed(condition) && condition != scope && self[condition] != .constant(.yes) {
      ranked.append((likelihood(condition), condition))
    }
    if ranked.count > 1 { ranked.sort { $0 < $1 } }
    var plan = RulePlan()
    plan.closed = ranked.map(\.condition)
    // Most rules have no variable to be bound.
    if rules[id.index].relations.isEmpty { return plan }
    let rule = self[id]
    let open = rule.conditions.filter { !isClosed($0) }
    plan.full = steps(rule, open, first: nil)
    guard let circle = circles.first(where: { $0.contains(.body(id)) }) else { return plan }
    for variable in rule.relations.indices where circle.contains(.rows(rule.relations[variable])) {
      plan.growing.append(
        GrowingPlan(relation: rule.relations[variable], steps: steps(rule, open, first: variable)))
    }
    return plan
  }

  /// Binds `first` first, then always a variable that an index can find, else the next as written.
  private func steps(_ rule: RuleNode, _ open: [ConditionID], first: Int?) -> [JoinStep] {
    var waiting = Array(rule.relations.indices)
    var conditions = open
    var bound: UInt64 = 0
    var steps: [JoinStep] = []
    if let first {
      waiting.removeAll { $0 == first }
      waiting.insert(first, at: 0)
    }
    while !waiting.isEmpty {
      let mayChoose = !(steps.isEmpty && first != nil)
      let chosen = mayChoose ? waiting.first { hasProbe($0, rule, bound, conditions) } ?? waiting[0] : waiting[0]
      waiting.removeAll { $0 == chosen }
      let variable = UInt8(chosen)
      let (step, rest) = step(variable, rule.relations[chosen], bound: bound, open: conditions)
      steps.append(step)
      conditions = rest
      bound |= Self.bit(variable)
    }
    return steps
  }

  private func hasProbe(_ variable: Int, _ rule: RuleNode, _ bound: UInt64, _ conditions: [ConditionID]) -> Bool {
    conditions.contains { probe($0, UInt8(variable), bound) != nil }
  }

  /// One variable: the conditions that are decided once it is bound, and those that wait.
  private func step(
    _ variable: UInt8, _ relation: RelationID, bound: UInt64, open: [ConditionID]
  ) -> (step: JoinStep, rest: [ConditionID]) {
    let after = bound | Self.bit(variable)
    let checks = open.filter { conditionVariables[$0.index] & ~after == 0 }
    let rest = open.filter { conditionVariables[$0.index] & ~after != 0 }
    var found: Probe?
    for condition in checks where found == nil { found = probe(condition, variable, bound) }
    return (JoinStep(variable: variable, relation: relation, probe: found, checks: checks), rest)
  }

  private func probe(_ condition: ConditionID, _ variable: UInt8, _ bound: UInt64) -> Probe? {
    switch self[condition] {
    case .compare(let first, .equal, let second):
      return probe(condition, first, second, variable, bound, nil)
        ?? probe(condition, second, first, variable, bound, nil)
    case .related(let first, let second, let classes):
      return probe(condition, first, second, variable, bound, classes)
        ?? probe(condition, second, first, variable, bound, classes)
    default: return nil
    }
  }

  private func probe(
    _ condition: ConditionID, _ field: ValueID, _ key: ValueID, _ variable: UInt8, _ bound: UInt64,
    _ classes: ClassesID?
  ) -> Probe? {
    guard case .field(variable, let column) = self[field], valueVariables[key.index] & ~bound == 0 else { return nil }
    return Probe(condition: condition, column: column, key: key, classes: classes)
  }
}
