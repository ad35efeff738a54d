import ClinicalValues

/// The strongly connected components of what depends on what, in an order in which each reads only earlier ones.
struct DependencyOrder {
  private(set) var components: [Component] = []
  private(set) var conditionComponent: ContiguousArray<Int32> = []
  private(set) var valueComponent: ContiguousArray<Int32> = []

  /// For each component those whose answers it reads.
  private(set) var inputs = FlatLists()
  /// For each component the slots that it reads.
  private(set) var slots = FlatLists()

  private let numbering: Numbering
  private var edges = EdgeLists()
  private var slotsOfNode = FlatLists()
  private var componentOf: [Int32] = []

  init(_ graph: RuleGraph) {
    numbering = Numbering(graph)
    let slotNumbers = SlotNumbering(graph)
    var walk = ReadWalk()
    var found: [Int] = []
    for index in 0..<numbering.count {
      walk.clear()
      Self.read(numbering.node(index), in: graph, &walk)
      edges.append(walk.reads, numbering)
      found.removeAll(keepingCapacity: true)
      slotNumbers.add(walk.slots, to: &found)
      slotsOfNode.append(found)
    }
    findComponents()
    placeNodes(graph)
  }

  /// What a dependency node reads; what is read by the parts of a rule follows `semantics.md` §5.
  private static func read(_ node: DependencyNode, in graph: RuleGraph, _ walk: inout ReadWalk) {
    switch node {
    case .definition(let id):
      switch graph.definitions[id.index].form {
      case .means(let condition): walk.read(condition, closed: false, in: graph)
      case .value(let value): walk.read(value, in: graph)
      case .first(let clauses):
        for clause in clauses {
          if let condition = clause.condition { walk.read(condition, closed: true, in: graph) }
          walk.read(clause.value, in: graph)
        }
      case .agree(let values): for value in values { walk.read(value, in: graph) }
      }
    case .body(let id):
      walk.read(graph.rules[id.index].scope, closed: false, in: graph)
      for relation in graph.rules[id.index].relations { walk.read(relation, closed: false, in: graph) }
      for condition in graph.rules[id.index].conditions { walk.read(condition, closed: false, in: graph) }
    case .effective(let id):
      walk.note(.body(id), closed: false)
      for overrider in graph.overridersOfRule[id.index] { walk.note(.effective(overrider), closed: true) }
      walk.readGivenRows(of: graph.rules[id.index], in: graph)
      if let unless = graph.rules[id.index].unless { walk.read(unless, closed: true, in: graph) }
    case .conclusion(let id): readConclusion(id, in: graph, &walk)
    case .rows(let relation):
      switch graph.relations[relation.index].origin {
      case .conclusions(let kind):
        for place in graph.placesOfKind[Int(kind)] { walk.note(.conclusion(place), closed: false) }
      default: readDerivations(of: relation, in: graph, &walk)
      }
    }
  }

  private static func readConclusion(_ id: PlaceID, in graph: RuleGraph, _ walk: inout ReadWalk) {
    let rule = graph.places[id.index].rule
    walk.note(.effective(rule), closed: false)
    for override in graph.overridersOfPlace[id.index] { walk.note(.effective(override.rule), closed: true) }
    walk.readGivenRows(of: graph.rules[rule.index], in: graph)
    for field in graph.places[id.index].fields { walk.read(field.value, in: graph) }
    for override in graph.overridersOfPlace[id.index] {
      for test in graph[override.pattern].tests {
        for value in test.values { walk.read(value, in: graph) }
      }
    }
  }

  private static func readDerivations(of relation: RelationID, in graph: RuleGraph, _ walk: inout ReadWalk) {
    for index in graph.rules.indices {
      for derivation in graph.rules[index].derivations where derivation.relation == relation {
        walk.note(.effective(RuleNodeID(index)), closed: false)
      }
    }
    for index in graph.rules.indices {
      for derivation in graph.rules[index].derivations where derivation.relation == relation {
        walk.readGivenRows(of: graph.rules[index], in: graph)
        for case let value? in derivation.columns { walk.read(value, in: graph) }
      }
    }
  }

  // MARK: Components

  /// Tarjan's algorithm without recursion, for chains of rules may be long.
  private mutating func findComponents() {
    let count = numbering.count
    var number = [Int32](repeating: -1, count: count)
    var low = [Int32](repeating: 0, count: count)
    var onStack = [Bool](repeating: false, count: count)
    var stack: [Int] = []
    var calls: [(node: Int, next: Int)] = []
    var found: [Int] = []
    var counter: Int32 = 0
    components.reserveCapacity(count)
    componentOf = [Int32](repeating: -1, count: count)
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
        let reads = edges.range(node)
        if call.next < reads.count {
          calls[calls.count - 1].next += 1
          let target = edges.target(reads.lowerBound + call.next)
          if number[target] < 0 {
            calls.append((target, 0))
          } else if onStack[target] {
            low[node] = min(low[node], number[target])
          }
          continue
        }
        calls.removeLast()
        if let parent = calls.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == number[node] { closeComponent(node, &stack, &onStack, &found) }
      }
    }
  }

  /// What a component reads besides itself was closed before it.
  ///
  /// `found` is room to collect in.
  private mutating func closeComponent(
    _ root: Int, _ stack: inout [Int], _ onStack: inout [Bool], _ found: inout [Int]
  ) {
    found.removeAll(keepingCapacity: true)
    if stack.last == root {
      stack.removeLast()
      onStack[root] = false
      var isRecursive = false
      for place in edges.range(root) {
        let target = edges.target(place)
        if target == root { isRecursive = true } else { found.append(Int(componentOf[target])) }
      }
      componentOf[root] = Int32(truncatingIfNeeded: components.count)
      components.append(Component(nodes: ComponentNodes(numbering.node(root)), isRecursive: isRecursive))
      inputs.append(set: &found)
      slots.append(list: root, of: slotsOfNode)
      return
    }
    let component = Int32(truncatingIfNeeded: components.count)
    var nodes: [Int] = []
    while let node = stack.popLast() {
      onStack[node] = false
      componentOf[node] = component
      nodes.append(node)
      if node == root { break }
    }
    nodes.sort()
    for node in nodes {
      for place in edges.range(node) where componentOf[edges.target(place)] != component {
        found.append(Int(componentOf[edges.target(place)]))
      }
    }
    components.append(Component(nodes: ComponentNodes(nodes.map(numbering.node)), isRecursive: true))
    inputs.append(set: &found)
    found.removeAll(keepingCapacity: true)
    for node in nodes { for place in slotsOfNode.range(node) { found.append(slotsOfNode[place]) } }
    slots.append(set: &found)
  }

  /// For every condition and value the last component it reads, so that its answer is kept only once that is settled.
  private mutating func placeNodes(_ graph: RuleGraph) {
    var walk = ComponentWalk(graph: graph, numbering: numbering, componentOf: componentOf)
    walk.settleAll()
    valueComponent = walk.ofValue
    conditionComponent = walk.ofCondition
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

/// For each node what it reads, one list behind the other.
private struct EdgeLists {
  struct Edge {
    private var word: UInt32

    init(to target: Int, isClosed: Bool) { word = UInt32(truncatingIfNeeded: target) << 1 | (isClosed ? 1 : 0) }

    var target: Int { Int(word >> 1) }
    var isClosed: Bool { word & 1 != 0 }
  }

  private var starts: ContiguousArray<Int> = [0]
  private var edges: ContiguousArray<Edge> = []

  mutating func append(_ reads: [Read], _ numbering: Numbering) {
    for read in reads { edges.append(Edge(to: numbering.index(read.node), isClosed: read.isClosed)) }
    starts.append(edges.count)
  }

  subscript(node: Int) -> Slice<ContiguousArray<Edge>> { Slice(base: edges, bounds: starts[node]..<starts[node + 1]) }

  func range(_ node: Int) -> Range<Int> { starts[node]..<starts[node + 1] }

  /// What is read, by the place of the edge among all edges.
  func target(_ place: Int) -> Int { edges[place].target }
}
