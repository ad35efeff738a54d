import ClinicalValues

/// Lists of numbers, one behind the other in one array.
struct FlatLists: Sendable {
  private(set) var starts: ContiguousArray<UInt32> = [0]
  private(set) var items: ContiguousArray<UInt32> = []

  init() {}

  init(_ lists: some Sequence<some Sequence<Int>>) {
    for list in lists { append(list) }
  }

  /// For each of so many numbers the lists that have it.
  init(listsOf numbers: Int, in lists: FlatLists, where isMeant: (Int) -> Bool) {
    var next = ContiguousArray<UInt32>(repeating: 0, count: numbers + 1)
    for list in 0..<lists.count where isMeant(list) {
      for place in lists.range(list) { next[lists[place] + 1] += 1 }
    }
    for number in 0..<numbers { next[number + 1] += next[number] }
    starts = next
    items = ContiguousArray(repeating: 0, count: Int(next[numbers]))
    for list in 0..<lists.count where isMeant(list) {
      for place in lists.range(list) {
        items[Int(next[lists[place]])] = UInt32(truncatingIfNeeded: list)
        next[lists[place]] += 1
      }
    }
  }

  mutating func append(_ list: some Sequence<Int>) {
    for item in list { items.append(UInt32(truncatingIfNeeded: item)) }
    starts.append(UInt32(truncatingIfNeeded: items.count))
  }

  /// The same numbers as a list of others.
  mutating func append(list: Int, of others: FlatLists) {
    items.append(contentsOf: others.items[others.range(list)])
    starts.append(UInt32(truncatingIfNeeded: items.count))
  }

  /// The numbers in order, each once.
  mutating func append(set numbers: inout [Int], without other: Int? = nil) {
    if numbers.count > 1 { numbers.sort() }
    var last: Int?
    for number in numbers where number != last && number != other {
      items.append(UInt32(truncatingIfNeeded: number))
      last = number
    }
    starts.append(UInt32(truncatingIfNeeded: items.count))
  }

  var count: Int { starts.count - 1 }

  @inline(__always)
  func range(_ list: Int) -> Range<Int> { Int(starts[list])..<Int(starts[list + 1]) }

  /// An item by its place in all lists together.
  @inline(__always)
  subscript(place: Int) -> Int { Int(items[place]) }
}

/// All slots in one row of numbers: today, scalars, sets, series, collections.
struct SlotNumbering: Sendable {
  private var sets = 0
  private var series = 0
  private var collections = 0
  private(set) var count = 0

  static let today = 0

  init() {}

  init(_ graph: RuleGraph) {
    sets = 1 + graph.scalarFulls.count
    series = sets + graph.setSlotCount
    collections = series + graph.seriesFulls.count
    count = collections + graph.collectionSlotCount
  }

  func number(_ slot: ScalarSlotID) -> Int { 1 + slot.index }
  func number(_ slot: SetSlotID) -> Int { sets + slot.index }
  func number(_ slot: SeriesSlotID) -> Int { series + slot.index }
  func number(_ slot: CollectionSlotID) -> Int { collections + slot.index }

  func numbers(_ slots: SlotSet) -> [Int] {
    var numbers: [Int] = []
    add(slots, to: &numbers)
    return numbers
  }

  func add(_ slots: SlotSet, to numbers: inout [Int]) {
    if slots.today { numbers.append(Self.today) }
    for slot in slots.scalars { numbers.append(number(slot)) }
    for slot in slots.sets { numbers.append(number(slot)) }
    for slot in slots.series { numbers.append(number(slot)) }
    for slot in slots.collections { numbers.append(number(slot)) }
  }
}

/// Who has to be computed again when something changes.
///
/// A rule that is not recursive has a *gate*: of the conditions that read no variable the one that holds least often. While
/// it is false the rule is shut, and only what its gate reads wakes it: a patient costs what the patient's facts open,
/// however many rules there are.
struct WakeIndex: Sendable {
  private(set) var slots = SlotNumbering()
  /// The node of each component that has only one, and whether it reads itself.
  private(set) var nodes: ContiguousArray<DependencyNode> = []
  private(set) var isRecursive: ContiguousArray<Bool> = []
  private(set) var inputs = FlatLists()
  private(set) var dependents = FlatLists()
  /// For each slot the components that it always wakes.
  private(set) var readers = FlatLists()
  /// Gates that read facts only; equal ones are one.
  private(set) var gates: ContiguousArray<ConditionID> = []
  private(set) var gatesOfSlot = FlatLists()
  private(set) var bodiesOfGate = FlatLists()
  /// For each slot whether it has readers or gates.
  private var isRead: ContiguousArray<Bool> = []
  /// Whether all is in the networks.
  private(set) var wakesNothing = false
  /// For each rule its gate; nil: it is never shut.
  private(set) var gateOfRule: ContiguousArray<ConditionID?> = []
  /// For each rule with a gate the components of its body, effect and conclusions.
  private(set) var componentsOfRule = FlatLists()
  private(set) var slotsOfComponent = FlatLists()
  /// Whether a component is computed together with the body of a plain rule, or is woken by a network alone.
  private(set) var isFollower: ContiguousArray<Bool> = []
  /// For each rule its conditions that read no variable, the gate first.
  private(set) var conditionsOfRule = FlatLists()
  private(set) var placesOfRule = FlatLists()
  /// For each component the one that it is computed with, until all are connected.
  private var leaders: [Int] = []

  init() {}

  /// What does not depend on the network; `connect` adds the rest.
  init(_ graph: RuleGraph, _ plain: PlainRules) {
    slots = SlotNumbering(graph)
    let count = graph.components.count
    nodes.reserveCapacity(count)
    isRecursive.reserveCapacity(count)
    for index in graph.components.indices {
      nodes.append(graph.components[index].nodes.first ?? .definition(DefinitionNodeID(0)))
      isRecursive.append(graph.components[index].isRecursive)
    }
    leaders = findLeaders(graph, plain)
    var found: [Int] = []
    for index in graph.components.indices {
      found.removeAll(keepingCapacity: true)
      for place in graph.componentInputs.range(index) { found.append(leaders[graph.componentInputs[place]]) }
      inputs.append(set: &found, without: leaders[index])
    }
    for index in graph.rules.indices {
      conditionsOfRule.append(graph.rulePlans[index].closed.lazy.map(\.index))
      placesOfRule.append(graph.rules[index].places.lazy.map(\.index))
    }
    slotsOfComponent = graph.componentSlots
  }

  mutating func connect(_ graph: RuleGraph, _ networks: RuleNetworks) {
    isFollower = ContiguousArray(leaders.indices.map { leaders[$0] != $0 || networks.includes($0) })
    leaders = []
    dependents = FlatLists(listsOf: graph.components.count, in: inputs) { !networks.includes($0) }
    indexReaders(graph)
  }

  private func slots(of component: Int) -> some Sequence<Int> {
    slotsOfComponent.range(component).lazy.map { slotsOfComponent[$0] }
  }

  /// For each component the one that it is computed with.
  private func findLeaders(_ graph: RuleGraph, _ plain: PlainRules) -> [Int] {
    var bodies: [Int] = Array(repeating: 0, count: graph.rules.count)
    for (index, node) in nodes.enumerated() { if case .body(let id) = node { bodies[id.index] = index } }
    return nodes.indices.map { index in
      guard !isRecursive[index], let rule = graph.rule(of: nodes[index]), plain.isPlain[rule.index] else {
        return index
      }
      return bodies[rule.index]
    }
  }

  private mutating func indexReaders(_ graph: RuleGraph) {
    var readers: [[Int]] = Array(repeating: [], count: slots.count)
    var parts: [[Int]] = Array(repeating: [], count: graph.rules.count)
    var bodies: [Int?] = Array(repeating: nil, count: graph.rules.count)
    gateOfRule = ContiguousArray(graph.rulePlans.indices.map { graph.rulePlans[$0].gate })
    for index in isRecursive.indices where isRecursive[index] {
      for node in graph.components[index].nodes { if let rule = graph.rule(of: node) { gateOfRule[rule.index] = nil } }
      for slot in slots(of: index) { readers[slot].append(index) }
    }
    for index in nodes.indices where !isRecursive[index] && !isFollower[index] {
      if let rule = graph.rule(of: nodes[index]), gateOfRule[rule.index] != nil {
        parts[rule.index].append(index)
        if case .body = nodes[index] { bodies[rule.index] = index }
      } else {
        for slot in slots(of: index) { readers[slot].append(index) }
      }
    }
    componentsOfRule = FlatLists(parts)
    indexGates(graph, bodies, &readers)
    self.readers = FlatLists(readers)
  }

  private mutating func indexGates(_ graph: RuleGraph, _ bodies: [Int?], _ readers: inout [[Int]]) {
    var numbers: [ConditionID: Int] = [:]
    var bodiesOfGate: [[Int]] = []
    var slotsOfCondition: [ConditionID: [Int]] = [:]
    for (gate, body) in zip(gateOfRule, bodies) {
      guard let gate, let body else { continue }
      let read = slotsOfCondition[gate] ?? slots.numbers(ReadWalk.slots(of: gate, in: graph))
      slotsOfCondition[gate] = read
      guard graph.conditionComponent[gate.index] < 0 else {
        // What rules conclude opens it, and they wake it themselves.
        for slot in read { readers[slot].append(body) }
        continue
      }
      if let number = numbers[gate] {
        bodiesOfGate[number].append(body)
      } else {
        numbers[gate] = gates.count
        gates.append(gate)
        bodiesOfGate.append([body])
      }
    }
    var gatesOfSlot: [[Int]] = Array(repeating: [], count: slots.count)
    for (number, gate) in gates.enumerated() {
      for slot in slotsOfCondition[gate] ?? [] { gatesOfSlot[slot].append(number) }
    }
    self.gatesOfSlot = FlatLists(gatesOfSlot)
    self.bodiesOfGate = FlatLists(bodiesOfGate)
    isRead = ContiguousArray(zip(readers, gatesOfSlot).map { !$0.isEmpty || !$1.isEmpty })
    wakesNothing = !isRead.contains(true)
  }

  /// Whether anything outside of the networks reads a slot.
  @inline(__always)
  func wakes(_ slot: Int) -> Bool { isRead[slot] }
}

extension RuleGraph {
  /// The rule whose body, effect or conclusion a node is.
  func rule(of node: DependencyNode) -> RuleNodeID? {
    switch node {
    case .body(let id), .effective(let id): id
    case .conclusion(let id): places[id.index].rule
    case .definition, .rows: nil
    }
  }

  /// A guess at how often a condition is not false; it orders the questions and changes no answer.
  func likelihood(_ id: ConditionID) -> Double {
    switch self[id] {
    case .constant(let truth): truth == .no ? 0 : 2
    case .settled(.known, _): 0.2
    case .compare(_, .equal, _): 0.1
    case .concluded, .applies: 0.15
    case .certainly: 0.2
    case .member(let value, let mask): share(of: self[mask], in: value)
    case .includes, .includesValue, .related: 0.3
    case .exists: 0.4
    case .compare, .anyPoint, .all, .any, .atLeast: 0.5
    case .settled: 0.6
    case .not: 0.8
    }
  }

  private func share(of mask: Mask, in value: ValueID) -> Double {
    guard case .fact(let slot, _) = self[value],
      case .terms(let all) = estimates[scalarFulls[slot.index].index].values
    else { return 0.5 }
    return Double(mask.yes.count + mask.maybe.count) / Double(max(all.count, 1))
  }
}
