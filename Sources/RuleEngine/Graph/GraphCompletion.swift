import ClinicalValues

/// Why a graph cannot be run.
package enum GraphRefusal: Error, Sendable {
  /// A circle through a closed edge: each node reads the next, the last reads the first. `closed` is where it is read
  /// under a negation, as a value or by an override.
  case cycle([CycleStep])
  /// A column of a row that is derived inside a circle does arithmetic.
  case computedInRecursion(RuleNodeID, RelationID, column: Int)
}

/// One step of a circle: the node, and whether the next is read through a closed edge.
package struct CycleStep: Sendable {
  package var node: DependencyNode
  package var isClosed: Bool
}

extension RuleGraphBuilder {
  /// Orders the graph in components, plans the joins, and hands it over.
  package consuming func finish() throws(GraphRefusal) -> RuleGraph { try finished().graph() }

  /// The graph with all of its nodes.
  package consuming func finished() -> UnorderedGraph { UnorderedGraph(graph, estimateIDs) }
}

/// A graph that has all of its nodes, and lacks what a run needs besides them.
///
/// What is missing is worked out in parts, so that workers can share them: the order and the questions, from the nodes
/// alone; then, from the order, the network and who wakes whom.
package struct UnorderedGraph: Sendable {
  package let nodes: RuleGraph
  private let estimateIDs: [Estimate: EstimateID]

  init(_ graph: RuleGraph, _ estimateIDs: [Estimate: EstimateID]) {
    nodes = graph
    self.estimateIDs = estimateIDs
  }

  /// The order in which components are computed, and how variables are bound.
  package func ordered() -> Result<OrderedGraph, GraphRefusal> {
    var graph = nodes
    graph.noteVariables()
    graph.matchPatterns()
    graph.collectOverriders()
    do throws(GraphRefusal) {
      let order = DependencyOrder(graph)
      try order.check(graph)
      graph.adopt(order)
    } catch {
      return .failure(error)
    }
    graph.planJoins()
    return .success(OrderedGraph(graph, estimateIDs))
  }

  /// What is asked of single values and of the cells of rows.
  package func questions() -> GraphQuestions { GraphQuestions(nodes) }

  /// All parts, one after the other.
  func graph() throws(GraphRefusal) -> RuleGraph {
    let ordered = try ordered().get()
    let questions = questions()
    return ordered.graph(questions, ordered.network(questions), ordered.wakes())
  }
}

/// A graph whose components are in order.
package struct OrderedGraph: Sendable {
  private let graph: RuleGraph
  private let estimateIDs: [Estimate: EstimateID]
  private let plain: PlainRules

  fileprivate init(_ graph: RuleGraph, _ estimateIDs: [Estimate: EstimateID]) {
    self.graph = graph
    self.estimateIDs = estimateIDs
    plain = PlainRules(graph)
  }

  package func network(_ questions: GraphQuestions) -> GraphNetwork {
    GraphNetwork(networks: RuleNetworks(graph, plain, questions.quick, questions.rowQuestions))
  }

  package func wakes() -> GraphWakes { GraphWakes(index: WakeIndex(graph, plain)) }

  /// The whole graph.
  package func graph(_ questions: GraphQuestions, _ network: GraphNetwork, _ wakes: GraphWakes) -> RuleGraph {
    var graph = graph
    var wake = wakes.index
    wake.connect(graph, network.networks)
    graph.tables = RunTables(graph, estimateIDs, questions, plain, network.networks, wake)
    return graph
  }
}

/// Part of a graph in the making: what is asked of single values and of the cells of rows.
package struct GraphQuestions: Sendable {
  let quick: ContiguousArray<QuickCondition>
  let rowQuestions: RowQuestions

  init(_ graph: RuleGraph) {
    quick = ContiguousArray(graph.conditions.map { QuickCondition($0, graph) })
    rowQuestions = RowQuestions(graph, quick)
  }
}

/// Part of a graph in the making: its plain rules and their conditions.
package struct GraphNetwork: Sendable {
  let networks: RuleNetworks
}

/// Part of a graph in the making: who wakes whom outside of the network.
package struct GraphWakes: Sendable {
  let index: WakeIndex
}

extension RuleGraph {
  /// Works out from the nodes all that a run needs besides them.
  mutating func complete(_ estimateIDs: [Estimate: EstimateID]) throws(GraphRefusal) {
    self = try UnorderedGraph(self, estimateIDs).graph()
  }

  /// The bit that stands for the point of a series that is being asked.
  static let pointBit: UInt64 = 1 << 63

  static func bit(_ variable: UInt8) -> UInt64 { 1 << UInt64(variable & 63) }

  mutating func noteVariables() {
    var walk = VariableWalk(graph: self)
    walk.settleAll()
    conditionVariables = walk.ofCondition
    valueVariables = walk.ofValue
  }

  /// For each pattern the places whose constants do not rule it out.
  mutating func matchPatterns() {
    var subjects: [UInt32: SubjectIndex] = [:]
    for kind in Set(patterns.map(\.kind)) where placesOfKind.indices.contains(Int(kind)) {
      subjects[kind] = SubjectIndex(placesOfKind[Int(kind)], self)
    }
    placesMatching = patterns.map { pattern in
      guard placesOfKind.indices.contains(Int(pattern.kind)) else { return [] }
      let named = pattern.tests.first { $0.column == 0 && !$0.isOpen }.map { $0.values.map { constant($0) } }
      var found = named.flatMap { subjects[pattern.kind]?.places($0) } ?? placesOfKind[Int(pattern.kind)]
      if !found.allSatisfy({ mayMatch(pattern, $0) }) { found.removeAll { !mayMatch(pattern, $0) } }
      return found
    }
  }

  private func mayMatch(_ pattern: PatternNode, _ place: PlaceID) -> Bool {
    pattern.tests.allSatisfy { test in
      guard let field = places[place.index].fields.first(where: { $0.column == test.column }) else { return false }
      guard !test.isOpen, let stated = constant(field.value) else { return true }
      return test.values.contains { constant($0).map { $0 == stated } ?? true }
    }
  }

  /// The estimate of a node that is a constant.
  func constant(_ id: ValueID) -> EstimateID? {
    guard case .constant(let estimate) = self[id] else { return nil }
    return estimate
  }

  mutating func collectOverriders() {
    overridersOfRule = Array(repeating: [], count: rules.count)
    overridersOfPlace = Array(repeating: [], count: places.count)
    for index in rules.indices {
      let overrider = RuleNodeID(index)
      let family = rules[index].family
      for target in rules[index].overriddenRules where rules[target.index].family != family {
        if !overridersOfRule[target.index].contains(overrider) { overridersOfRule[target.index].append(overrider) }
      }
      for pattern in rules[index].overriddenPatterns {
        for place in placesMatching[pattern.index] where rules[places[place.index].rule.index].family != family {
          let item = PlaceOverride(rule: overrider, pattern: pattern)
          if !overridersOfPlace[place.index].contains(item) { overridersOfPlace[place.index].append(item) }
        }
      }
    }
  }

  fileprivate mutating func adopt(_ order: DependencyOrder) {
    components = order.components
    componentInputs = order.inputs
    componentSlots = order.slots
    conditionComponent = order.conditionComponent
    valueComponent = order.valueComponent
  }
}

/// The places of a kind by the constant that is their subject: a library has thousands of both places and patterns.
private struct SubjectIndex {
  /// By estimate the last of its places, and for each place the one before it: positions counted from 1; 0: none.
  private var last: ContiguousArray<UInt32>
  private var before: ContiguousArray<UInt32> = []
  private let all: [PlaceID]
  private var others: [PlaceID] = []

  init(_ places: [PlaceID], _ graph: RuleGraph) {
    all = places
    last = ContiguousArray(repeating: 0, count: graph.estimates.count)
    before.reserveCapacity(places.count)
    for (position, place) in places.enumerated() {
      let fields = graph.places[place.index].fields
      guard let subject = fields.first(where: { $0.column == 0 }).flatMap({ graph.constant($0.value) }) else {
        others.append(place)
        before.append(0)
        continue
      }
      before.append(last[subject.index])
      last[subject.index] = UInt32(truncatingIfNeeded: position + 1)
    }
  }

  /// The places that may have one of these subjects, in order; nil: a subject is no constant.
  func places(_ subjects: [EstimateID?]) -> [PlaceID]? {
    var found = others
    for (index, subject) in subjects.enumerated() where !subjects[..<index].contains(subject) {
      guard let subject else { return nil }
      var position = Int(last[subject.index])
      while position > 0 {
        found.append(all[position - 1])
        position = Int(before[position - 1])
      }
    }
    if found.count > 1 { found.sort() }
    return found
  }
}

/// Works out which variables of the surroundings a node reads.
private struct VariableWalk {
  let graph: RuleGraph
  private(set) var ofCondition: ContiguousArray<UInt64>
  private(set) var ofValue: ContiguousArray<UInt64>

  /// Not looked at yet; nothing reads all variables that there could be.
  private static let open = UInt64.max

  init(graph: RuleGraph) {
    self.graph = graph
    ofCondition = ContiguousArray(repeating: Self.open, count: graph.conditions.count)
    ofValue = ContiguousArray(repeating: Self.open, count: graph.values.count)
  }

  /// Conditions and values refer to each other, children always built first, but in two tables: a walk with a memory for
  /// each table settles all of them once.
  mutating func settleAll() {
    for index in ofValue.indices { _ = variables(ValueID(index)) }
    for index in ofCondition.indices { _ = variables(ConditionID(index)) }
  }

  mutating func variables(_ id: ConditionID) -> UInt64 {
    if ofCondition[id.index] != Self.open { return ofCondition[id.index] }
    let bits: UInt64 =
      switch graph[id] {
      case .constant, .applies: 0
      case .all(let list), .any(let list), .atLeast(_, let list):
        graph.members(list).reduce(0) { $0 | variables(ConditionID(Int($1))) }
      case .not(let inner), .certainly(let inner): variables(inner)
      case .member(let value, _): variables(value)
      case .related(let first, let second, _), .compare(let first, _, let second):
        variables(first) | variables(second)
      case .settled(_, .value(let value)): variables(value)
      case .settled: 0
      case .includes: 0
      case .includesValue(_, let value, _): variables(value)
      case .exists(let rows): variables(rows)
      case .anyPoint(_, let window, let inner):
        variables(window) | (variables(inner) & ~RuleGraph.pointBit)
      case .concluded(let pattern):
        graph[pattern].tests.reduce(0) { $1.values.reduce($0) { $0 | variables($1) } }
      }
    ofCondition[id.index] = bits
    return bits
  }

  mutating func variables(_ id: ValueID) -> UInt64 {
    if ofValue[id.index] != Self.open { return ofValue[id.index] }
    let bits: UInt64 =
      switch graph[id] {
      case .constant, .today, .fact, .definition: 0
      case .field(let variable, _): RuleGraph.bit(variable)
      case .currentPoint: RuleGraph.pointBit
      case .point(_, _, let window), .dateOf(_, _, let window), .countPoints(_, let window): variables(window)
      case .change(_, _, let window): variables(window)
      case .aggregate(_, let rows, _), .countRows(let rows): variables(rows)
      case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
        .divide(let first, let second):
        variables(first) | variables(second)
      case .least(let list), .greatest(let list), .text(_, let list):
        graph.members(list).reduce(0) { $0 | variables(ValueID(Int($1))) }
      case .round(let value, _), .translated(let value, _): variables(value)
      }
    ofValue[id.index] = bits
    return bits
  }

  private mutating func variables(_ id: RowsID) -> UInt64 {
    let node = graph[id]
    let inner = graph.conditionIDs(node.conditions).reduce(UInt64(0)) { $0 | variables($1) }
    return inner & ~RuleGraph.bit(node.variable)
  }

  private mutating func variables(_ id: WindowID?) -> UInt64 {
    guard let id, case .since(let value) = graph[id] else { return 0 }
    return variables(value)
  }
}
