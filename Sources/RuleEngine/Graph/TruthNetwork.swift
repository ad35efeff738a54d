import ClinicalValues

/// Closed conditions and plain rules as a network in which only what turns is looked at again.
///
/// Its *atoms* are conditions that read facts alone. Every other node, a *junction*, holds when enough of what it reads
/// holds: `all` of three is three of three, `any` is one of three, and a plain rule is all of its conditions.
///
/// A junction that needs all *listens* to one input that is false, and is asked again when that one turns; one that has no
/// such input is asked in every run. So an atom that turns is told to few rules however many read it (the watched literals
/// of SAT solvers; Moskewicz and others 2001). Any other junction *counts* how many hold (Dowling and Gallier 1984, in
/// three values).
///
/// Everything in it reads neither a circle nor an exception: both readings see it alike.
final class TruthNetwork: Sendable {
  /// Atoms are the first nodes; those of one probe stand together.
  let atoms: ContiguousArray<ConditionID>
  /// For each atom of a probe what it asks.
  let tests: ContiguousArray<QuickTest>
  let probes: ContiguousArray<TruthProbe>
  /// For each slot that is a scalar the probe that looks at it, or `none`.
  let probeOfSlot: ContiguousArray<UInt32>
  /// For each question of each block of `RowQuestions` the atom that it is, if it asks for cells alone, or `none`.
  let rowAtoms: ContiguousArray<UInt32>
  /// For each block the questions that are atoms.
  let rowAtomBits: ContiguousArray<UInt64>
  /// For each slot what else reads it: `Asker`s by their numbers.
  let askersOfSlot: FlatLists
  let askerCount: Int
  let junctions: ContiguousArray<Junction>
  /// What junctions read, one behind the other; of those that need all the most rarely true first.
  let inputs: ContiguousArray<TruthEdge>
  /// For each node the counting junctions that read it.
  let counters: ContiguousArray<TruthEdge>
  /// For each node its first counter, and one more for the end.
  let firstCounters: ContiguousArray<UInt32>
  /// Whether some junction counts a node.
  let isCounted: ContiguousArray<Bool>
  /// For each junction the component that computes its rule.
  let componentOfJunction: ContiguousArray<UInt32>
  /// Junctions of rules that hold, or may hold, while no atom does.
  let startingRules: ContiguousArray<UInt32>
  /// Where everything stands while no atom holds.
  let start: NetworkState

  static let none = UInt32.max

  struct Junction: Sendable {
    /// Its inputs.
    var first: UInt32
    var end: UInt32
    /// The rule that it is, or `none`: a condition.
    var rule: UInt32
    /// Whether it counts; others listen.
    var counts: Bool
  }

  init(
    _ graph: RuleGraph, _ parts: NetworkParts, _ quick: ContiguousArray<QuickCondition>, _ rows: RowQuestions,
    _ slots: SlotNumbering
  ) {
    let order = AtomOrder(parts)
    atoms = order.atoms
    tests = order.tests
    probes = order.probes
    var readers: [[Int]] = Array(repeating: [], count: slots.count)
    var rowAtoms = ContiguousArray(repeating: Self.none, count: 64 * rows.blocks.count)
    var rowAtomBits: ContiguousArray<UInt64> = ContiguousArray(repeating: 0, count: rows.blocks.count)
    for (atom, id) in order.atoms.enumerated() where atom >= order.tests.count {
      if case .exists(let question) = quick[id.index], let asked = rows.byCells(question),
        rowAtomBits[asked.block] & asked.bit == 0
      {
        rowAtoms[64 * asked.block + asked.bit.trailingZeroBitCount] = UInt32(truncatingIfNeeded: atom)
        rowAtomBits[asked.block] |= asked.bit
        continue
      }
      let number = order.probes.count + rows.blocks.count + atom - order.tests.count
      for slot in slots.numbers(ReadWalk.slots(of: id, in: graph)) { readers[slot].append(number) }
    }
    var probeOfSlot = ContiguousArray(repeating: Self.none, count: slots.count)
    for (number, probe) in order.probes.enumerated() {
      if case .scalar(let slot) = probe.source {
        probeOfSlot[slots.number(ScalarSlotID(Int(slot)))] = UInt32(truncatingIfNeeded: number)
        continue
      }
      for slot in slots.numbers(ReadWalk.slots(of: order.atoms[probe.all.lowerBound], in: graph)) {
        readers[slot].append(number)
      }
    }
    for (block, bits) in rowAtomBits.enumerated() where bits != 0 {
      guard case .given(let slot) = graph[rows.blocks[block].relation].origin else { continue }
      readers[slots.number(slot)].append(order.probes.count + block)
    }
    askersOfSlot = FlatLists(readers)
    askerCount = order.probes.count + rows.blocks.count + order.atoms.count - order.tests.count
    self.rowAtoms = rowAtoms
    self.rowAtomBits = rowAtomBits
    self.probeOfSlot = probeOfSlot

    var wires = NetworkWires(nodes: order.atoms.count + parts.junctions.count)
    let likelihoods = order.atoms.map { graph.likelihood($0) }
    for junction in parts.junctions {
      wires.add(junction, atomCount: order.atoms.count, places: order.places, likelihoods: likelihoods)
    }
    wires.finish()
    inputs = wires.inputs
    junctions = wires.junctions
    counters = wires.counters
    firstCounters = wires.firstCounters
    isCounted = ContiguousArray(zip(wires.firstCounters, wires.firstCounters.dropFirst()).map { $0 != $1 })
    start = NetworkState(
      truths: wires.truths, counts: wires.counts, probes: order.probes.count, askers: askerCount,
      listeners: wires.junctions.indices.lazy.filter { !wires.junctions[$0].counts })
    startingRules = ContiguousArray(
      parts.junctions.indices.lazy
        .filter { parts.junctions[$0].rule != Self.none && wires.truths[order.atoms.count + $0] != .no }
        .map { UInt32(truncatingIfNeeded: $0) })
    componentOfJunction = ContiguousArray(parts.junctions.map(\.component))
  }

  /// Who has to look when a slot changes that is not a scalar, or is one that is asked more than a number or terms.
  enum Asker {
    case probe(Int)
    case block(Int)
    case atom(Int)
  }

  @inline(__always)
  func asker(_ number: Int) -> Asker {
    let blocks = rowAtomBits.count
    if number < probes.count { return .probe(number) }
    if number < probes.count + blocks { return .block(number - probes.count) }
    return .atom(number - probes.count - blocks + tests.count)
  }

  /// The atoms among the questions of a block.
  func rowAtoms(ofBlock block: Int) -> some Sequence<Int> {
    rowAtoms[64 * block..<64 * (block + 1)].lazy.filter { $0 != Self.none }.map { Int($0) }
  }

  /// Of atoms in the order of their numbers those that compare with one between two.
  func atoms(_ atoms: Range<Int>, from low: PackedEstimate, to high: PackedEstimate) -> Range<Int> {
    var start = atoms.lowerBound
    var count = atoms.count
    while count > 0 {
      let half = count / 2
      if tests[start + half].compares(withLessThan: low) {
        start += half + 1
        count -= half + 1
      } else {
        count = half
      }
    }
    var end = start
    while end < atoms.upperBound, !tests[end].compares(withMoreThan: high) { end += 1 }
    return start..<end
  }
}

/// The atoms in the order in which probes ask them.
private struct AtomOrder {
  private(set) var atoms: ContiguousArray<ConditionID> = []
  private(set) var tests: ContiguousArray<QuickTest> = []
  private(set) var probes: ContiguousArray<TruthProbe> = []
  /// For each atom, as it was found, its place.
  private(set) var places: [Int]

  /// Puts the atoms of each probe together.
  init(_ parts: NetworkParts) {
    var groups: [[(place: Int, question: ProbeQuestion)]] = Array(repeating: [], count: parts.sourceCount)
    var sources: [Int] = []
    var others: [Int] = []
    for (place, atom) in parts.atoms.enumerated() {
      guard let question = atom.question else {
        others.append(place)
        continue
      }
      if groups[atom.source].isEmpty { sources.append(atom.source) }
      groups[atom.source].append((place, question))
    }
    var order: [Int] = []
    for source in sources {
      let group = groups[source]
      let compares = Self.sorted(group.filter { $0.question.number != nil && !$0.question.comparesForEquality })
      let equals = Self.sorted(group.filter { $0.question.comparesForEquality })
      let rest = group.filter { $0.question.number == nil }
      let start = order.count
      for item in compares + equals + rest {
        order.append(item.place)
        tests.append(item.question.test)
      }
      let middle = start + compares.count
      probes.append(
        TruthProbe(
          source: group[0].question.source, compares: start..<middle, equals: middle..<middle + equals.count,
          others: middle + equals.count..<order.count))
    }
    order += others
    atoms = ContiguousArray(order.map { parts.atoms[$0].condition })
    places = Array(repeating: 0, count: order.count)
    for (place, old) in order.enumerated() { places[old] = place }
  }

  private static func sorted(
    _ group: [(place: Int, question: ProbeQuestion)]
  ) -> [(place: Int, question: ProbeQuestion)] {
    group.sorted { first, second in
      guard let left = first.question.number, let right = second.question.number else { return false }
      return PackedEstimate.precedes(left, right)
    }
  }
}

/// Junctions being connected: who reads whom, and where all stand while no atom holds.
private struct NetworkWires {
  private(set) var inputs: ContiguousArray<TruthEdge> = []
  private(set) var junctions: ContiguousArray<TruthNetwork.Junction> = []
  private(set) var counters: ContiguousArray<TruthEdge> = []
  private(set) var firstCounters: ContiguousArray<UInt32> = []
  private(set) var truths: ContiguousArray<Truth>
  private(set) var counts: ContiguousArray<JunctionCount> = []
  private var countersOfNode: [[TruthEdge]]
  private var likelihoodOfJunction: [Double] = []

  init(nodes: Int) {
    countersOfNode = Array(repeating: [], count: nodes)
    truths = ContiguousArray(repeating: .no, count: nodes)
  }

  /// Junctions come in an order in which each reads only earlier ones.
  mutating func add(
    _ junction: TruthNetworkBuilder.Junction, atomCount: Int, places: [Int], likelihoods: [Double]
  ) {
    let (number, first) = (junctions.count, inputs.count)
    var read: [(node: Int, view: TruthEdge.View, likelihood: Double)] = junction.inputs.map { input in
      let (node, likelihood): (Int, Double) =
        switch input.source {
        case .atom(let atom): (places[atom], likelihoods[places[atom]])
        case .junction(let other): (atomCount + other, likelihoodOfJunction[other])
        }
      let isTurned = input.view == .negated || input.view == .notCertain || input.view == .certainlyNot
      return (node, input.view, isTurned ? 1 - likelihood : likelihood)
    }
    let needsAll = junction.needsAll
    if needsAll { read.sort { $0.likelihood < $1.likelihood } }
    var count = JunctionCount(missing: junction.threshold)
    for (node, view, _) in read {
      let edge = TruthEdge(node, view)
      inputs.append(edge)
      count.turn(from: .no, to: edge.seen(truths[node]))
      if !needsAll { countersOfNode[node].append(TruthEdge(number, view)) }
    }
    junctions.append(
      TruthNetwork.Junction(
        first: UInt32(truncatingIfNeeded: first), end: UInt32(truncatingIfNeeded: inputs.count), rule: junction.rule,
        counts: !needsAll))
    counts.append(count)
    truths[atomCount + number] = count.truth
    likelihoodOfJunction.append(needsAll ? read.first?.likelihood ?? 1 : read.map(\.likelihood).max() ?? 0)
  }

  mutating func finish() {
    firstCounters.append(0)
    for list in countersOfNode {
      counters += list
      firstCounters.append(UInt32(truncatingIfNeeded: counters.count))
    }
  }
}
