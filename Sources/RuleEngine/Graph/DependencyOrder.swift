import ClinicalValues

/// The strongly connected components of what depends on what, in an order in which each reads only earlier ones.
struct DependencyOrder {
  private(set) var components: [Component] = []
  private(set) var conditionComponent: ContiguousArray<Int32> = []
  private(set) var valueComponent: ContiguousArray<Int32> = []

  private let numbering: Numbering
  private var edges: [[Edge]] = []
  private var slots: [SlotSet] = []
  private var componentOf: [Int] = []

  private struct Edge {
    var target: Int
    var isClosed: Bool
  }

  init(_ graph: RuleGraph) {
    numbering = Numbering(graph)
    for index in 0..<numbering.count {
      let (reads, slots) = Self.reads(of: numbering.node(index), in: graph)
      edges.append(reads.map { Edge(target: numbering.index($0.node), isClosed: $0.isClosed) })
      self.slots.append(slots)
    }
    findComponents()
    placeNodes(graph)
  }

  /// What a dependency node reads; what is read by the parts of a rule follows `semantics.md` §5.
  private static func reads(of node: DependencyNode, in graph: RuleGraph) -> ([Read], SlotSet) {
    var walk = ReadWalk(graph: graph)
    var direct: [Read] = []
    switch node {
    case .definition(let id):
      switch graph[id].form {
      case .means(let condition): walk.read(condition, closed: false)
      case .value(let value): walk.read(value)
      case .first(let clauses):
        for clause in clauses {
          if let condition = clause.condition { walk.read(condition, closed: true) }
          walk.read(clause.value)
        }
      case .agree(let values): for value in values { walk.read(value) }
      }
    case .body(let id):
      let rule = graph[id]
      walk.read(rule.scope, closed: false)
      for relation in rule.relations { walk.read(relation, closed: false) }
      for condition in rule.conditions { walk.read(condition, closed: false) }
    case .effective(let id):
      direct.append(Read(node: .body(id), isClosed: false))
      walk.readGivenRows(of: graph[id])
      if let unless = graph[id].unless { walk.read(unless, closed: true) }
      for overrider in graph.overridersOfRule[id.index] {
        direct.append(Read(node: .effective(overrider), isClosed: true))
      }
    case .conclusion(let id):
      let place = graph[id]
      direct.append(Read(node: .effective(place.rule), isClosed: false))
      walk.readGivenRows(of: graph[place.rule])
      for field in place.fields { walk.read(field.value) }
      for override in graph.overridersOfPlace[id.index] {
        direct.append(Read(node: .effective(override.rule), isClosed: true))
        for value in graph[override.pattern].tests.flatMap(\.values) { walk.read(value) }
      }
    case .rows(let relation):
      switch graph[relation].origin {
      case .conclusions(let kind):
        for place in graph.placesOfKind[Int(kind)] { direct.append(Read(node: .conclusion(place), isClosed: false)) }
      default:
        for index in graph.rules.indices {
          for derivation in graph.rules[index].derivations where derivation.relation == relation {
            direct.append(Read(node: .effective(RuleNodeID(index)), isClosed: false))
            walk.readGivenRows(of: graph.rules[index])
            for case let value? in derivation.columns { walk.read(value) }
          }
        }
      }
    }
    return (direct + walk.reads, walk.slots)
  }

  // MARK: Components

  /// Tarjan's algorithm without recursion, for chains of rules may be long.
  private mutating func findComponents() {
    let count = numbering.count
    var number = [Int](repeating: -1, count: count)
    var low = [Int](repeating: 0, count: count)
    var onStack = [Bool](repeating: false, count: count)
    var stack: [Int] = []
    var calls: [(node: Int, next: Int)] = []
    var counter = 0
    componentOf = [Int](repeating: -1, count: count)
    for root in 0..<count where number[root] < 0 {
      calls.append((root, 0))
      while let call = calls.last {
        let node = call.node
        if call.next == 0 {
          number[node] = counter
          low[node] = counter
          counter += 1
          stack.append(node)
          onStack[node] = true
        }
        if call.next < edges[node].count {
          calls[calls.count - 1].next += 1
          let target = edges[node][call.next].target
          if number[target] < 0 {
            calls.append((target, 0))
          } else if onStack[target] {
            low[node] = min(low[node], number[target])
          }
          continue
        }
        calls.removeLast()
        if let parent = calls.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == number[node] { closeComponent(node, &stack, &onStack) }
      }
    }
    for index in components.indices { noteInputs(index) }
  }

  private mutating func closeComponent(_ root: Int, _ stack: inout [Int], _ onStack: inout [Bool]) {
    var nodes: [Int] = []
    while let node = stack.popLast() {
      onStack[node] = false
      componentOf[node] = components.count
      nodes.append(node)
      if node == root { break }
    }
    nodes.sort()
    let isRecursive = nodes.count > 1 || edges[root].contains { $0.target == root }
    components.append(Component(nodes: nodes.map(numbering.node), isRecursive: isRecursive))
  }

  private mutating func noteInputs(_ index: Int) {
    var inputs: [Int] = []
    for node in components[index].nodes {
      let number = numbering.index(node)
      for edge in edges[number] where componentOf[edge.target] != index { inputs.append(componentOf[edge.target]) }
      // Most components are one node: what that reads is taken over as it is.
      if components[index].nodes.count == 1 {
        components[index].slots = self.slots[number]
      } else {
        components[index].slots.formUnion(self.slots[number])
      }
    }
    inputs.sort()
    var last = -1
    for input in inputs where input != last {
      components[index].inputs.append(ComponentID(input))
      last = input
    }
  }

  /// For every condition and value the last component it reads, so that its answer is kept only once that is settled.
  private mutating func placeNodes(_ graph: RuleGraph) {
    var walk = ComponentWalk(graph: graph, numbering: numbering, componentOf: componentOf)
    valueComponent = ContiguousArray(graph.values.indices.map { walk.component(ValueID($0)) })
    conditionComponent = ContiguousArray(graph.conditions.indices.map { walk.component(ConditionID($0)) })
  }

  // MARK: Refusals

  /// Refuses circles through closed edges, and arithmetic inside a circle of rows.
  func check(_ graph: RuleGraph) throws(GraphRefusal) {
    for (index, component) in components.enumerated() where component.isRecursive {
      for node in component.nodes {
        let number = numbering.index(node)
        for edge in edges[number] where edge.isClosed && componentOf[edge.target] == index {
          throw .cycle(circle(from: number, closedTo: edge.target, in: index))
        }
        try checkColumns(node, index, graph)
      }
    }
  }

  private func checkColumns(_ node: DependencyNode, _ component: Int, _ graph: RuleGraph) throws(GraphRefusal) {
    guard case .rows(let relation) = node else { return }
    for index in graph.rules.indices where componentOf[numbering.index(.effective(RuleNodeID(index)))] == component {
      for derivation in graph.rules[index].derivations where derivation.relation == relation {
        for case (let column, let value?) in derivation.columns.enumerated() {
          switch graph[value] {
          case .constant, .field, .fact: continue
          default: throw .computedInRecursion(RuleNodeID(index), relation, column: column)
          }
        }
      }
    }
  }

  /// The shortest way back from the target of a closed edge to its source.
  private func circle(from source: Int, closedTo target: Int, in component: Int) -> [CycleStep] {
    var previous: [Int: Int] = [target: target]
    var queue = [target]
    var next = 0
    while next < queue.count, previous[source] == nil {
      let node = queue[next]
      next += 1
      for edge in edges[node] where componentOf[edge.target] == component && previous[edge.target] == nil {
        previous[edge.target] = node
        queue.append(edge.target)
      }
    }
    var back: [Int] = []
    var node = source
    while node != target {
      guard let before = previous[node] else { break }
      node = before
      back.append(node)
    }
    let path = source == target ? [source] : [source] + back.reversed()
    return path.enumerated().map { place, number in
      let following = path[(place + 1) % path.count]
      let isClosed = edges[number].contains { $0.target == following && $0.isClosed }
      return CycleStep(node: numbering.node(number), isClosed: isClosed)
    }
  }
}

extension SlotSet {
  mutating func formUnion(_ other: SlotSet) {
    today = today || other.today
    scalars.formUnion(other.scalars)
    sets.formUnion(other.sets)
    series.formUnion(other.series)
    collections.formUnion(other.collections)
  }
}
