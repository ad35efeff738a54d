import ClinicalValues

/// Numbers the dependency nodes: definitions, bodies, effects, conclusions, rows.
struct Numbering {
  private let definitions: Int
  private let rules: Int
  private let places: Int
  private let relations: Int

  init(_ graph: RuleGraph) {
    definitions = graph.definitions.count
    rules = graph.rules.count
    places = graph.places.count
    relations = graph.relations.count
  }

  var count: Int { definitions + 2 * rules + places + relations }

  func index(_ node: DependencyNode) -> Int {
    switch node {
    case .definition(let id): id.index
    case .body(let id): definitions + id.index
    case .effective(let id): definitions + rules + id.index
    case .conclusion(let id): definitions + 2 * rules + id.index
    case .rows(let id): definitions + 2 * rules + places + id.index
    }
  }

  func node(_ index: Int) -> DependencyNode {
    if index < definitions { return .definition(DefinitionNodeID(index)) }
    var rest = index - definitions
    if rest < rules { return .body(RuleNodeID(rest)) }
    rest -= rules
    if rest < rules { return .effective(RuleNodeID(rest)) }
    rest -= rules
    return rest < places ? .conclusion(PlaceID(rest)) : .rows(RelationID(rest - places))
  }
}

/// Works out the last component that a condition or value reads.
struct ComponentWalk {
  let graph: RuleGraph
  let numbering: Numbering
  let componentOf: [Int32]
  private(set) var ofCondition: ContiguousArray<Int32>
  private(set) var ofValue: ContiguousArray<Int32>

  /// Not looked at yet.
  private static let open = Int32.min

  init(graph: RuleGraph, numbering: Numbering, componentOf: [Int32]) {
    self.graph = graph
    self.numbering = numbering
    self.componentOf = componentOf
    ofCondition = ContiguousArray(repeating: Self.open, count: graph.conditions.count)
    ofValue = ContiguousArray(repeating: Self.open, count: graph.values.count)
  }

  mutating func settleAll() {
    for index in ofValue.indices { _ = component(ValueID(index)) }
    for index in ofCondition.indices { _ = component(ConditionID(index)) }
  }

  private func component(_ node: DependencyNode) -> Int32 { componentOf[numbering.index(node)] }

  mutating func component(_ id: ConditionID) -> Int32 {
    if ofCondition[id.index] != Self.open { return ofCondition[id.index] }
    let last: Int32 =
      switch graph[id] {
      case .constant, .includes, .settled(_, .set), .settled(_, .series), .settled(_, .collection): -1
      case .all(let list), .any(let list), .atLeast(_, let list):
        graph.members(list).reduce(-1) { max($0, component(ConditionID(Int($1)))) }
      case .not(let inner), .certainly(let inner): component(inner)
      case .member(let value, _), .settled(_, .value(let value)), .includesValue(_, let value, _): component(value)
      case .related(let first, let second, _), .compare(let first, _, let second):
        max(component(first), component(second))
      case .exists(let rows): component(rows)
      case .anyPoint(_, let window, let inner): max(component(window), component(inner))
      case .applies(let rules): graph.ruleIDs(rules).reduce(-1) { max($0, component(.effective($1))) }
      case .concluded(let pattern):
        max(
          graph[pattern].tests.reduce(-1) { $1.values.reduce($0) { max($0, component($1)) } },
          graph.placesMatching[pattern.index].reduce(-1) { max($0, component(.conclusion($1))) })
      }
    ofCondition[id.index] = last
    return last
  }

  mutating func component(_ id: ValueID) -> Int32 {
    if ofValue[id.index] != Self.open { return ofValue[id.index] }
    let last: Int32 =
      switch graph[id] {
      case .constant, .today, .field, .currentPoint, .fact(_, nil): -1
      case .fact(_, let definition?), .definition(let definition): component(.definition(definition))
      case .point(_, _, let window), .dateOf(_, _, let window), .countPoints(_, let window): component(window)
      case .change(_, _, let window): component(window)
      case .aggregate(_, let rows, _), .countRows(let rows): component(rows)
      case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
        .divide(let first, let second):
        max(component(first), component(second))
      case .least(let list), .greatest(let list), .text(_, let list):
        graph.members(list).reduce(-1) { max($0, component(ValueID(Int($1)))) }
      case .round(let value, _), .translated(let value, _): component(value)
      }
    ofValue[id.index] = last
    return last
  }

  private mutating func component(_ id: RowsID) -> Int32 {
    let node = graph[id]
    var last = graph.conditionIDs(node.conditions).reduce(Int32(-1)) { max($0, component($1)) }
    switch graph[node.relation].origin {
    case .derived, .conclusions: last = max(last, component(.rows(node.relation)))
    case .given, .knowledge: break
    }
    return last
  }

  private mutating func component(_ id: WindowID?) -> Int32 {
    guard let id, case .since(let value) = graph[id] else { return -1 }
    return component(value)
  }
}
