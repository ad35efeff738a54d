import ClinicalValues

/// Looks whether nodes that come from outside can be asked: each rests on finitely many others, and lists and rows fit.
///
/// That each id is one of its table was seen when it was read.
struct GraphCheck {
  private let graph: RuleGraph
  /// How many nodes an answer may ask, those that are asked again counted again; 0: not looked at, -1: being looked at.
  private var conditionWeights: ContiguousArray<Int>
  private var valueWeights: ContiguousArray<Int>
  private var depth = 0

  private static let deepest = 400
  private static let heaviest = 1 << 24

  init(_ graph: RuleGraph) {
    self.graph = graph
    conditionWeights = ContiguousArray(repeating: 0, count: graph.conditions.count)
    valueWeights = ContiguousArray(repeating: 0, count: graph.values.count)
  }

  mutating func run() throws(GraphFault) {
    for index in graph.values.indices { _ = try weigh(ValueID(index)) }
    for index in graph.conditions.indices { _ = try weigh(ConditionID(index)) }
    for relation in graph.relations { try check(relation) }
    for rule in graph.rules {
      for derivation in rule.derivations {
        let relation = graph[derivation.relation]
        guard case .derived = relation.origin, derivation.columns.count == relation.width else {
          throw GraphFault(what: "a row is derived that has other columns")
        }
      }
    }
  }

  private func check(_ relation: RelationNode) throws(GraphFault) {
    guard case .knowledge(let cells) = relation.origin else { return }
    guard cells.isEmpty || (relation.width > 0 && cells.count.isMultiple(of: relation.width)) else {
      throw GraphFault(what: "the last row of a table is not whole")
    }
  }

  // MARK: Weights

  private mutating func weigh(_ id: ConditionID) throws(GraphFault) -> Int {
    let known = conditionWeights[id.index]
    if known > 0 { return known }
    try enter(known)
    conditionWeights[id.index] = -1
    let weight = try limited(1 + parts(of: graph[id]))
    conditionWeights[id.index] = weight
    depth -= 1
    return weight
  }

  private mutating func weigh(_ id: ValueID) throws(GraphFault) -> Int {
    let known = valueWeights[id.index]
    if known > 0 { return known }
    try enter(known)
    valueWeights[id.index] = -1
    let weight = try limited(1 + parts(of: graph[id]))
    valueWeights[id.index] = weight
    depth -= 1
    return weight
  }

  private mutating func enter(_ known: Int) throws(GraphFault) {
    guard known == 0 else { throw GraphFault(what: "a condition rests on itself") }
    guard depth < Self.deepest else { throw GraphFault(what: "conditions are nested too deep") }
    depth += 1
  }

  private func limited(_ weight: Int) throws(GraphFault) -> Int {
    guard weight < Self.heaviest else { throw GraphFault(what: "a condition asks too many others") }
    return weight
  }

  private mutating func parts(of node: ConditionNode) throws(GraphFault) -> Int {
    switch node {
    case .constant, .includes: return 0
    case .all(let list), .any(let list), .atLeast(_, let list): return try conditions(list)
    case .not(let inner), .certainly(let inner): return try weigh(inner)
    case .member(let value, _), .includesValue(_, let value, _): return try weigh(value)
    case .related(let first, let second, _), .compare(let first, _, let second):
      return try weigh(first) + weigh(second)
    case .settled(_, let subject):
      if case .value(let value) = subject { return try weigh(value) }
      return 0
    case .exists(let rows): return try weigh(rows)
    case .anyPoint(_, let window, let inner): return try weigh(window) + weigh(inner)
    case .applies(let list):
      for rule in graph.members(list) where Int(rule) >= graph.rules.count {
        throw GraphFault(what: "a rule is asked for that is not there")
      }
      return Int(list.count)
    case .concluded(let pattern):
      var weight = 0
      for test in graph[pattern].tests { for value in test.values { weight = try limited(weight + weigh(value)) } }
      return weight
    }
  }

  private mutating func parts(of node: ValueNode) throws(GraphFault) -> Int {
    switch node {
    case .constant, .today, .fact, .definition, .currentPoint: return 0
    case .field:
      guard !graph.relations.isEmpty else { throw GraphFault(what: "a row is asked for where there are none") }
      return 0
    case .point(_, _, let window), .dateOf(_, _, let window), .countPoints(_, let window): return try weigh(window)
    case .change(_, _, let window): return try weigh(.some(window))
    case .aggregate(_, let rows, let column):
      guard Int(column) < graph[graph[rows].relation].width else {
        throw GraphFault(what: "a column is asked for that is not there")
      }
      return try weigh(rows)
    case .countRows(let rows): return try weigh(rows)
    case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
      .divide(let first, let second):
      return try weigh(first) + weigh(second)
    case .least(let list), .greatest(let list), .text(_, let list):
      var weight = 0
      for value in graph.members(list) {
        guard Int(value) < graph.values.count else { throw GraphFault(what: "a value is listed that is not there") }
        weight = try limited(weight + weigh(ValueID(Int(value))))
      }
      return weight
    case .round(let value, _), .translated(let value, _): return try weigh(value)
    }
  }

  private mutating func conditions(_ list: Members) throws(GraphFault) -> Int {
    var weight = 0
    for condition in graph.members(list) {
      guard Int(condition) < graph.conditions.count else {
        throw GraphFault(what: "a condition is listed that is not there")
      }
      weight = try limited(weight + weigh(ConditionID(Int(condition))))
    }
    return weight
  }

  private mutating func weigh(_ id: RowsID) throws(GraphFault) -> Int { try conditions(graph[id].conditions) }

  private mutating func weigh(_ id: WindowID?) throws(GraphFault) -> Int {
    guard let id, case .since(let value) = graph[id] else { return 0 }
    return try weigh(value)
  }
}
