package import ClinicalValues

/// One patient's run of a program: facts in, `run()`, answers out.
///
/// A session has one owner and is reused: after facts are changed, `run()` computes again only what reads them, and the
/// answers are those of a fresh run.
package struct Session: ~Copyable {
  package let graph: RuleGraph
  let tables: RunTables
  var pool: EstimatePool
  var states: (ReadingState, ReadingState)
  var relations: ContiguousArray<RowStore>
  /// For each block of `RowQuestions` what the given rows answer.
  var rowAnswers: ContiguousArray<RowAnswers>

  package internal(set) var today: Day
  var scalars: ContiguousArray<EstimateID>
  var sets: [TermSet?]
  var series: SeriesTable
  var collections: ContiguousArray<InternedRows?>

  /// The rows to which variables are bound while a condition is asked.
  var bindings: ContiguousArray<Binding> = ContiguousArray(repeating: Binding(relation: 0, row: 0), count: 64)
  /// The point that `anyPoint` asks.
  var currentPoint = RuleGraphBuilder.none
  /// Answers of nodes that read this component or a later one are not kept: they may still change.
  var unsettledComponent = Int32.max
  /// Whether the component that is being computed had to presume that an exception does not hold.
  var hasPresumed = false
  /// While a circle is computed: of each relation the rows that were new or rose in the round before, and in this one.
  var grown: ContiguousArray<ContiguousArray<Int>> = []
  var growing: ContiguousArray<ContiguousArray<Int>> = []
  /// Rows that joins are looking at, those of the innermost last.
  var candidates: ContiguousArray<Int> = []
  /// The row that is being derived; kept for its memory.
  var derivedRow: ContiguousArray<EstimateID> = []
  var texts = CompositeTexts()

  /// The number of the run; answers are kept under it.
  private(set) var runs: UInt32 = 1
  /// Slots that have changed since the last run, by their numbers in `WakeIndex`.
  var changed: NumberSet
  var isFresh = true
  /// Scalars that are given.
  var givenScalars: NumberSet
  /// For each scalar the last patient that `enter` gave it with.
  var entries: ContiguousArray<UInt32>
  var entry: UInt32 = 0
  var agenda: Agenda
  /// Where the conditions and rules stand that are told what turns.
  var network: NetworkState
  /// Where those stand that are in masks.
  var masks: MaskState
  /// What each gate answered when it was last asked.
  private var gateTruths: ContiguousArray<Truth>
  /// Rules whose gates are not false.
  private var openRules: NumberSet
  /// Whether the last run changed what a rule, a definition or a row says.
  package internal(set) var hasNewAnswers = false
  /// The run in which a rule's instances last came out differently.
  var bodyChanges: ContiguousArray<UInt32>
  /// Places with a conclusion in some reading.
  var concludedPlaces: NumberSet
  /// Components whose default reading differs from the cautious one.
  private var presumes: ContiguousArray<Bool>

  /// A row to which a variable is bound.
  struct Binding: Sendable {
    var relation: UInt32
    var row: Int
  }

  package init(_ graph: RuleGraph, today: Day) {
    self.graph = graph
    let tables = graph.tables ?? RunTables(graph, [:])
    self.tables = tables
    self.today = today
    pool = EstimatePool(graph.estimates, tables.estimateIDs)
    let state = ReadingState(graph)
    states = (state, state)
    relations = ContiguousArray(graph.relations.map { RowStore(width: $0.width) })
    rowAnswers = ContiguousArray(repeating: RowAnswers(), count: tables.rowQuestions.blocks.count)
    scalars = ContiguousArray(graph.scalarFulls)
    sets = Array(repeating: nil, count: graph.setSlotCount)
    series = SeriesTable(count: tables.seriesFulls.count)
    collections = ContiguousArray(repeating: nil, count: graph.collectionSlotCount)
    presumes = ContiguousArray(repeating: false, count: graph.components.count)
    givenScalars = NumberSet(below: graph.scalarFulls.count)
    entries = ContiguousArray(repeating: 0, count: graph.scalarFulls.count)
    changed = NumberSet(below: tables.wake.slots.count)
    network = tables.networks.many.start
    masks = tables.networks.masks.start
    agenda = Agenda(count: graph.components.count)
    gateTruths = ContiguousArray(repeating: .no, count: tables.wake.gates.count)
    openRules = NumberSet(below: graph.rules.count)
    bodyChanges = ContiguousArray(repeating: 0, count: graph.rules.count)
    concludedPlaces = NumberSet(below: graph.places.count)
    fillKnowledge()
  }

  // MARK: Running

  /// Brings every answer up to date.
  package mutating func run() {
    guard isFresh || !changed.isEmpty else { return }
    beginRun()
    fillGiven()
    if isFresh { wakeAll() } else { wakeReaders() }
    var cursor = 0
    while let index = agenda.popFirst(&cursor) {
      // A component that comes out as it was spares those that read it; while all is new, everything waits anyway.
      guard compute(index), !isFresh else { continue }
      for place in tables.wake.dependents.range(index) { agenda.insert(tables.wake.dependents[place]) }
    }
    unsettledComponent = .max
    changed.removeAll()
    isFresh = false
  }

  private mutating func beginRun() {
    if runs == .max {
      states.0.forgetAnswers()
      states.1.forgetAnswers()
      for index in bodyChanges.indices { bodyChanges[index] = 0 }
      runs = 0
    }
    runs += 1
    unsettledComponent = .max
    hasNewAnswers = false
  }

  private mutating func wakeAll() {
    for index in tables.wake.isFollower.indices where !tables.wake.isFollower[index] { agenda.insert(index) }
    startMasks()
    startNetwork()
    for index in gateTruths.indices { gateTruths[index] = truth(tables.wake.gates[index], .cautious) }
  }

  /// Wakes what reads a slot that has changed: what is never shut, rules whose gates turn, and of the rules that are open
  /// the parts that read it.
  private mutating func wakeReaders() {
    wakeMasks()
    wakeNetwork()
    guard !tables.wake.wakesNothing else { return }
    for position in 0..<changed.count where tables.wake.wakes(changed[position]) {
      let slot = changed[position]
      for place in tables.wake.readers.range(slot) { agenda.insert(tables.wake.readers[place]) }
      for place in tables.wake.gatesOfSlot.range(slot) { turn(gate: tables.wake.gatesOfSlot[place]) }
    }
    for position in 0..<openRules.count {
      for place in tables.wake.componentsOfRule.range(openRules[position]) {
        let component = tables.wake.componentsOfRule[place]
        if readsChange(component) { agenda.insert(component) }
      }
    }
  }

  /// A gate reads facts only, so that both readings see it alike.
  private mutating func turn(gate: Int) {
    let truth = truth(tables.wake.gates[gate], .cautious)
    guard truth != gateTruths[gate] else { return }
    gateTruths[gate] = truth
    for place in tables.wake.bodiesOfGate.range(gate) { agenda.insert(tables.wake.bodiesOfGate[place]) }
  }

  private mutating func readsChange(_ component: Int) -> Bool {
    for place in tables.wake.slotsOfComponent.range(component)
    where changed.contains(tables.wake.slotsOfComponent[place]) { return true }
    return false
  }

  /// Computes a component in both readings; the answer says whether anything came out differently.
  private mutating func compute(_ index: Int) -> Bool {
    hasPresumed = false
    guard !tables.wake.isRecursive[index] else { return computeCircle(index) }
    let node = tables.wake.nodes[index]
    if case .body(let id) = node, tables.plain.isPlain[id.index] { return computePlain(id, index) }
    return computeNode(node, index)
  }

  /// A plain rule: its body is its effect and what stands of its conclusions.
  private mutating func computePlain(_ id: RuleNodeID, _ index: Int) -> Bool {
    unsettledComponent = .max
    let body = closedBody(id, .cautious)
    var presumed = body
    presumes[index] = readsPresumption(index)
    if presumes[index] { presumed = closedBody(id, .presuming) }
    noteOpening(id, body, presumed, presumes[index])
    guard body != states.0.applies[id.index] || presumed != states.1.applies[id.index] else { return false }
    hasNewAnswers = true
    states.0.applies[id.index] = body
    states.1.applies[id.index] = presumed
    for place in tables.wake.placesOfRule.range(id.index) {
      concludedPlaces.set(tables.wake.placesOfRule[place], isMember: body != .no || presumed != .no)
    }
    return true
  }

  /// A rule that holds is open; of any other the gate says it.
  private mutating func noteOpening(_ id: RuleNodeID, _ body: Truth, _ presumed: Truth, _ presumes: Bool) {
    guard let gate = tables.wake.gateOfRule[id.index] else { return }
    let isOpen =
      body != .no || presumed != .no || truth(gate, .cautious) != .no
      || (presumes && truth(gate, .presuming) != .no)
    openRules.set(id.index, isMember: isOpen)
  }

  private mutating func computeNode(_ node: DependencyNode, _ index: Int) -> Bool {
    unsettledComponent = .max
    var hasChanged = computeOnce(node, .cautious)
    let presumedBefore = presumes[index]
    presumes[index] = hasPresumed || readsPresumption(index)
    if presumes[index] {
      // What was adopted from the cautious reading is compared with what this reading says itself.
      hasChanged = computeOnce(node, .presuming) || hasChanged
    } else if hasChanged || presumedBefore {
      adoptCautious(node)
      hasChanged = true
      if presumedBefore { hasNewAnswers = true }
    }
    note(node, presumes[index])
    return hasChanged
  }

  private mutating func computeCircle(_ index: Int) -> Bool {
    let component = graph.components[index]
    let before = isFresh ? [] : component.nodes.map { snapshot($0) }
    unsettledComponent = Int32(index)
    iterate(component, at: index, .cautious)
    presumes[index] = hasPresumed || readsPresumption(index)
    if presumes[index] {
      iterate(component, at: index, .presuming)
    } else {
      for node in component.nodes { adoptCautious(node) }
    }
    for node in component.nodes { note(node, presumes[index]) }
    let hasChanged = isFresh || before != component.nodes.map { snapshot($0) }
    if hasChanged { hasNewAnswers = true }
    return hasChanged
  }

  private mutating func readsPresumption(_ index: Int) -> Bool {
    for place in tables.wake.inputs.range(index) where presumes[tables.wake.inputs[place]] { return true }
    return false
  }

  /// Remembers what the next run asks first: whether a rule is open, and which places say something.
  private mutating func note(_ node: DependencyNode, _ presumes: Bool) {
    switch node {
    case .body(let id):
      guard let gate = tables.wake.gateOfRule[id.index] else { return }
      let isOpen = truth(gate, .cautious) != .no || (presumes && truth(gate, .presuming) != .no)
      openRules.set(id.index, isMember: isOpen)
    case .conclusion(let id):
      let isEmpty = states.0.concluded[id.index].isEmpty && states.1.concluded[id.index].isEmpty
      concludedPlaces.set(id.index, isMember: !isEmpty)
    case .definition, .effective, .rows: return
    }
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
  private mutating func snapshot(_ node: DependencyNode) -> NodeSnapshot {
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
        relations[index].append(ContiguousArray(cells[start..<min(start + width, cells.count)]), truth: .yes)
      }
    }
  }

  private mutating func fillGiven() {
    for place in tables.given.indices {
      let (index, slot) = (tables.given[place].relation.index, tables.given[place].slot)
      guard isFresh || changed.contains(tables.wake.slots.number(slot)) else { continue }
      relations[index].isGhost = collections[slot.index] == nil
      let rows = collections[slot.index] ?? InternedRows(count: 1, cells: tables.given[place].fulls)
      let exists = relations[index].isGhost ? Truth.unknown : .yes
      for block in tables.given[place].blocks {
        rowAnswers[block].ask(tables.rowQuestions.blocks[block].columns, rows, exists: exists, pool.packed)
      }
      relations[index].refill(rows, truth: exists)
    }
  }
}
