package import ClinicalValues

/// One patient's run of a program: facts in, `run()`, answers out.
///
/// A session has one owner and is reused: after facts are changed, `run()` computes again only what reads them, and the
/// answers are those of a fresh run.
package struct Session: ~Copyable {
  package let graph: RuleGraph
  var pool: EstimatePool
  var states: (ReadingState, ReadingState)
  var relations: ContiguousArray<RowStore>

  private(set) package var today: Day
  var scalars: ContiguousArray<EstimateID>
  var sets: [TermSet?]
  var series: [[SeriesPoint]?]
  var collections: [[[EstimateID]]?]

  /// The rows to which variables are bound while a condition is asked.
  var bindings: ContiguousArray<Binding> = ContiguousArray(repeating: Binding(relation: 0, row: 0), count: 64)
  /// The point that `anyPoint` asks.
  var currentPoint = Estimate.none
  /// Answers of nodes that read this component or a later one are not kept: they may still change.
  var unsettledComponent = Int32.max
  /// Whether the component that is being computed had to presume that an exception does not hold.
  var hasPresumed = false
  /// Rows that are new or have risen in the round before, of each relation that grows.
  var grown: [RelationID: [Int]] = [:]
  var growing: [RelationID: [Int]] = [:]
  var texts = CompositeTexts()

  private var changed = SlotSet()
  private var isFresh = true
  /// Components whose default reading differs from the cautious one.
  private var presumes: ContiguousArray<Bool>

  /// A row to which a variable is bound.
  struct Binding: Sendable {
    var relation: UInt32
    var row: Int
  }

  package init(_ graph: RuleGraph, today: Day) {
    self.graph = graph
    self.today = today
    pool = EstimatePool(graph.estimates)
    let state = ReadingState(graph)
    states = (state, state)
    relations = ContiguousArray(graph.relations.map { RowStore(width: $0.width) })
    scalars = ContiguousArray(graph.scalarFulls)
    sets = Array(repeating: nil, count: graph.setSlotCount)
    series = Array(repeating: nil, count: graph.seriesFulls.count)
    collections = Array(repeating: nil, count: graph.collectionSlotCount)
    presumes = ContiguousArray(repeating: false, count: graph.components.count)
    fillKnowledge()
  }

  // MARK: Facts

  /// Nil takes the fact back.
  package mutating func assert(_ slot: ScalarSlotID, _ estimate: Estimate?) {
    let id = estimate.map { pool.intern($0) } ?? graph.scalarFulls[slot.index]
    guard scalars[slot.index] != id else { return }
    scalars[slot.index] = id
    changed.scalars.insert(slot)
  }

  package mutating func assert(_ slot: SetSlotID, _ members: TermSet?) {
    guard sets[slot.index] != members else { return }
    sets[slot.index] = members
    changed.sets.insert(slot)
  }

  package mutating func assert(_ slot: SeriesSlotID, _ points: [SeriesPoint]?) {
    guard series[slot.index] != points else { return }
    series[slot.index] = points
    changed.series.insert(slot)
  }

  /// Rows with an estimate for each column of the relation.
  package mutating func assert(_ slot: CollectionSlotID, _ rows: [[Estimate]]?) {
    var interned: [[EstimateID]]?
    if let rows {
      interned = []
      for row in rows { interned?.append(intern(row)) }
    }
    guard collections[slot.index] != interned else { return }
    collections[slot.index] = interned
    changed.collections.insert(slot)
  }

  private mutating func intern(_ row: [Estimate]) -> [EstimateID] {
    var ids: [EstimateID] = []
    for estimate in row { ids.append(pool.intern(estimate)) }
    return ids
  }

  package mutating func setToday(_ day: Day) {
    guard day != today else { return }
    today = day
    changed.today = true
  }

  // MARK: Running

  /// Brings every answer up to date.
  package mutating func run() {
    guard isFresh || changed != SlotSet() else { return }
    states.0.forgetAnswers()
    states.1.forgetAnswers()
    fillGiven()
    var dirty = ContiguousArray(repeating: isFresh, count: graph.components.count)
    for index in graph.components.indices {
      let component = graph.components[index]
      if !dirty[index] {
        dirty[index] = component.slots.meets(changed) || component.inputs.contains { dirty[$0.index] }
      }
      // A component that comes out as it was spares those that read it.
      if dirty[index] { dirty[index] = compute(index) }
    }
    unsettledComponent = .max
    changed = SlotSet()
    isFresh = false
  }

  /// Computes a component in both readings; the answer says whether anything came out differently.
  private mutating func compute(_ index: Int) -> Bool {
    let component = graph.components[index]
    let before = isFresh ? [] : component.nodes.map { snapshot($0) }
    unsettledComponent = component.isRecursive ? Int32(index) : .max
    hasPresumed = false
    compute(component, at: index, .cautious)
    presumes[index] = hasPresumed || component.inputs.contains { presumes[$0.index] }
    if presumes[index] {
      compute(component, at: index, .presuming)
    } else {
      for node in component.nodes { adoptCautious(node) }
    }
    return isFresh || component.nodes.contains(where: Self.sharesItsAnswer)
      || before != component.nodes.map { snapshot($0) }
  }

  /// Instances are found by a rule's body and settled by its effect in one place: what the effect was before is gone
  /// when it is computed, so whoever reads it looks again.
  private static func sharesItsAnswer(_ node: DependencyNode) -> Bool {
    if case .effective = node { return true }
    return false
  }

  /// Where nothing is presumed the two readings are one.
  private mutating func adoptCautious(_ node: DependencyNode) {
    switch node {
    case .definition(let id): states.1.definitions[id.index] = states.0.definitions[id.index]
    case .body(let id): states.1.instances[id.index] = states.0.instances[id.index]
    case .effective(let id):
      states.1.instances[id.index] = states.0.instances[id.index]
      states.1.applies[id.index] = states.0.applies[id.index]
    case .conclusion(let id): states.1.concluded[id.index] = states.0.concluded[id.index]
    case .rows(let id): relations[id.index].copyCautiousTruths()
    }
  }

  /// Everything that others can read of a node.
  private func snapshot(_ node: DependencyNode) -> NodeSnapshot {
    switch node {
    case .definition(let id):
      NodeSnapshot(estimates: [states.0.definitions[id.index], states.1.definitions[id.index]])
    case .body(let id), .effective(let id):
      NodeSnapshot(
        truths: [states.0.applies[id.index], states.1.applies[id.index]],
        instances: states.0.instances[id.index] + states.1.instances[id.index])
    case .conclusion(let id):
      NodeSnapshot(concluded: states.0.concluded[id.index] + states.1.concluded[id.index])
    case .rows(let id): NodeSnapshot(truths: Array(relations[id.index].truths.0 + relations[id.index].truths.1))
    }
  }

  private struct NodeSnapshot: Hashable {
    var estimates: [EstimateID] = []
    var truths: [Truth] = []
    var instances: [RuleInstance] = []
    var concluded: [ConcludedInstance] = []
  }

  // MARK: Rows that do not come from rules

  private mutating func fillKnowledge() {
    for index in graph.relations.indices {
      guard case .knowledge(let cells) = graph.relations[index].origin else { continue }
      let width = graph.relations[index].width
      for start in stride(from: 0, to: cells.count, by: max(width, 1)) {
        relations[index].append(Array(cells[start..<min(start + width, cells.count)]), truth: .yes)
      }
    }
  }

  private mutating func fillGiven() {
    for index in graph.relations.indices {
      guard case .given(let slot) = graph.relations[index].origin else { continue }
      guard isFresh || changed.collections.contains(slot) else { continue }
      var store = RowStore(width: graph.relations[index].width)
      if let rows = collections[slot.index] {
        for row in rows { store.append(row, truth: .yes) }
      } else {
        store.isGhost = true
        store.append(graph.relations[index].fulls, truth: .unknown)
      }
      relations[index] = store
    }
  }
}
