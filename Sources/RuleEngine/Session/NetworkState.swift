import ClinicalValues

/// Where the nodes of a `TruthNetwork` stand, and who listens to whom.
struct NetworkState: Sendable {
  /// The truth of each node.
  private var truths: ContiguousArray<Truth>
  /// For each junction how many inputs hold, if it counts them.
  private var counts: ContiguousArray<JunctionCount>
  /// What each probe saw last.
  private var seen: ContiguousArray<PackedEstimate>
  /// For each node the first junction that listens to it; for each junction the next that listens to the same node.
  private var heads: ContiguousArray<UInt32>
  private var next: ContiguousArray<UInt32>
  /// Junctions that listen to no one, for none of their inputs is false: `openCount` of them.
  private var open: ContiguousArray<UInt32>
  private var openCount: Int
  /// Junctions that have been told something.
  private var waiting: Agenda
  /// Who has to look or be asked: `TruthNetwork.Asker`s.
  var askers: Agenda
  /// Atoms that have turned and have not told it yet.
  private var turned = TurnedAtoms()
  /// Probes that have been looked at, and the atoms of which are to be asked one by one.
  var undecided: ContiguousArray<Int> = []
  /// Rules that have turned, `turnedRuleCount` of them.
  private(set) var turnedRules: ContiguousArray<TurnedRule>
  private(set) var turnedRuleCount = 0

  private static let nothing = UInt32.max

  private struct TurnedAtoms: Sendable {
    /// Those that are to tell someone, with what they were before.
    var heard: ContiguousArray<(atom: UInt32, before: Truth)> = []
    /// Whether there are any at all; of a network that has not run there may be.
    var isAny = true
  }

  /// So few atoms of a probe are asked one after the other.
  private static let fewAtoms = 8

  /// While no atom holds; `truths` and `counts` say where everything stands then.
  init(
    truths: ContiguousArray<Truth>, counts: ContiguousArray<JunctionCount>, probes: Int, askers: Int,
    listeners: some Sequence<Int>
  ) {
    self.truths = truths
    self.counts = counts
    seen = ContiguousArray(repeating: .other, count: probes)
    heads = ContiguousArray(repeating: Self.nothing, count: truths.count)
    next = ContiguousArray(repeating: Self.nothing, count: counts.count)
    // Each is asked in the first run, and finds whom to listen to.
    open = ContiguousArray(listeners.map { UInt32(truncatingIfNeeded: $0) })
    openCount = open.count
    waiting = Agenda(count: counts.count)
    self.askers = Agenda(count: askers)
    turnedRules = ContiguousArray(repeating: TurnedRule(rule: 0, component: 0, truth: .no), count: counts.count)
  }

  // MARK: Atoms

  /// An atom that takes more than a look has been asked; `settle` tells it on.
  mutating func set(_ atom: Int, to truth: Truth, _ network: TruthNetwork) {
    Self.set(atom, to: truth, network, &truths, heads, &turned)
  }

  private static func set(
    _ atom: Int, to truth: Truth, _ network: TruthNetwork, _ truths: inout ContiguousArray<Truth>,
    _ heads: ContiguousArray<UInt32>, _ turned: inout TurnedAtoms
  ) {
    var truths = truths.mutableSpan
    set(atom, to: truth, network, &truths, heads, &turned)
  }

  /// Facts do not change before it is told: each atom turns once at most.
  @inline(__always)
  private static func set(
    _ atom: Int, to truth: Truth, _ network: TruthNetwork, _ truths: inout MutableSpan<Truth>,
    _ heads: ContiguousArray<UInt32>, _ turned: inout TurnedAtoms
  ) {
    let before = truths[atom]
    guard truth != before else { return }
    truths[atom] = truth
    turned.isAny = true
    guard heads[atom] != nothing || network.isCounted[atom] else { return }
    turned.heard.append((UInt32(truncatingIfNeeded: atom), before))
  }

  /// Looks at those of the slots that are scalars; probes of which an atom takes more than a look become `undecided`, and
  /// what else reads the slots is left to be asked.
  mutating func look(
    at slots: NumberSet, _ scalars: ContiguousArray<EstimateID>, _ packed: ContiguousArray<PackedEstimate>,
    _ network: TruthNetwork
  ) {
    askers.insert(network.askersOfSlot, of: slots)
    Self.look(at: slots, scalars, packed, network, &truths, &seen, heads, &turned, &undecided)
  }

  private static func look(
    at slots: NumberSet, _ scalars: ContiguousArray<EstimateID>, _ packed: ContiguousArray<PackedEstimate>,
    _ network: TruthNetwork, _ truths: inout ContiguousArray<Truth>, _ seen: inout ContiguousArray<PackedEstimate>,
    _ heads: ContiguousArray<UInt32>, _ turned: inout TurnedAtoms, _ undecided: inout ContiguousArray<Int>
  ) {
    var truths = truths.mutableSpan
    var seen = seen.mutableSpan
    for place in 0..<slots.count {
      let slot = slots[place]
      let probe = Int(network.probeOfSlot[slot])
      guard probe < seen.count else { continue }
      let now = packed[scalars[slot - 1].index]
      if !look(probe, at: now, network, &truths, &seen, heads, &turned) {
        undecided.append(probe)
      }
    }
  }

  /// Answers the atoms that ask the rows of a block, of which each is decided.
  mutating func set(_ turnedRows: UInt64, ofBlock block: Int, to answer: CellAnswer, _ network: TruthNetwork) {
    Self.set(turnedRows, block, answer, network, &truths, heads, &turned)
  }

  private static func set(
    _ turnedRows: UInt64, _ block: Int, _ answer: CellAnswer, _ network: TruthNetwork,
    _ truths: inout ContiguousArray<Truth>,
    _ heads: ContiguousArray<UInt32>, _ turned: inout TurnedAtoms
  ) {
    var truths = truths.mutableSpan
    var turnedRows = turnedRows & network.rowAtomBits[block]
    while turnedRows != 0 {
      let bit = turnedRows & (0 &- turnedRows)
      turnedRows ^= bit
      let atom = network.rowAtoms[64 * block + bit.trailingZeroBitCount]
      set(Int(atom), to: answer.truth(bit), network, &truths, heads, &turned)
    }
  }

  /// The rule of a junction as it stands.
  func turnedRule(_ junction: Int, _ network: TruthNetwork) -> TurnedRule {
    TurnedRule(
      rule: network.junctions[junction].rule, component: network.componentOfJunction[junction],
      truth: truths[network.atoms.count + junction])
  }

  /// Looks at what a probe saw.
  mutating func look(_ probe: Int, at now: PackedEstimate, _ network: TruthNetwork) {
    if !Self.look(probe, at: now, network, &truths, &seen, heads, &turned) {
      undecided.append(probe)
    }
  }

  private static func look(
    _ probe: Int, at now: PackedEstimate, _ network: TruthNetwork, _ truths: inout ContiguousArray<Truth>,
    _ seen: inout ContiguousArray<PackedEstimate>, _ heads: ContiguousArray<UInt32>,
    _ turned: inout TurnedAtoms
  ) -> Bool {
    var truths = truths.mutableSpan
    var seen = seen.mutableSpan
    return look(probe, at: now, network, &truths, &seen, heads, &turned)
  }

  /// Answers the atoms of a probe; false: one of them takes more than a look.
  @inline(__always)
  private static func look(
    _ number: Int, at now: PackedEstimate, _ network: TruthNetwork, _ truths: inout MutableSpan<Truth>,
    _ seen: inout MutableSpan<PackedEstimate>, _ heads: ContiguousArray<UInt32>, _ turned: inout TurnedAtoms
  ) -> Bool {
    let before = seen[number]
    guard now != before else { return !now.isOther }
    seen[number] = now
    let probe = network.probes[number]
    guard probe.all.count > fewAtoms, before.isNumber, now.isNumber else {
      return answer(probe.all, now, network, &truths, heads, &turned)
    }
    let isRise = PackedEstimate.precedes(before, now)
    let between = network.atoms(probe.compares, from: isRise ? before : now, to: isRise ? now : before)
    // Numbers decide comparisons with numbers: nothing takes more than a look.
    return answer(between, now, network, &truths, heads, &turned)
      && answer(
        network.atoms(probe.equals, from: before, to: before), now, network, &truths, heads, &turned)
      && answer(
        network.atoms(probe.equals, from: now, to: now), now, network, &truths, heads, &turned)
  }

  @inline(__always)
  private static func answer(
    _ atoms: Range<Int>, _ now: PackedEstimate, _ network: TruthNetwork, _ truths: inout MutableSpan<Truth>,
    _ heads: ContiguousArray<UInt32>, _ turned: inout TurnedAtoms
  ) -> Bool {
    for atom in atoms {
      guard let truth = network.tests[atom].answer(now) else { return false }
      set(atom, to: truth, network, &truths, heads, &turned)
    }
    return true
  }

  // MARK: Junctions

  /// Tells what has turned until nothing turns any more; `turnedRules` are then those that came out differently.
  mutating func settle(_ network: TruthNetwork) {
    turnedRuleCount = 0
    guard turned.isAny else { return }
    Self.settle(
      network, turned, &truths, &counts, &heads, &next, &open, &openCount, &waiting, &turnedRules, &turnedRuleCount)
    turned.heard.removeAll(keepingCapacity: true)
    turned.isAny = false
  }

  /// Each junction is asked after all that it reads: their numbers are in that order.
  private static func settle(
    _ network: TruthNetwork, _ turned: TurnedAtoms, _ truths: inout ContiguousArray<Truth>,
    _ counts: inout ContiguousArray<JunctionCount>,
    _ heads: inout ContiguousArray<UInt32>, _ next: inout ContiguousArray<UInt32>,
    _ open: inout ContiguousArray<UInt32>, _ openCount: inout Int, _ waiting: inout Agenda,
    _ rules: inout ContiguousArray<TurnedRule>, _ ruleCount: inout Int
  ) {
    let firstWord = waiting.firstWord
    var truths = truths.mutableSpan
    var counts = counts.mutableSpan
    var heads = heads.mutableSpan
    var next = next.mutableSpan
    var open = open.mutableSpan
    var waiting = waiting.bits.mutableSpan
    var rules = rules.mutableSpan
    for place in 0..<openCount { Agenda.insert(Int(open[place]), &waiting, firstWord) }
    openCount = 0
    for (atom, before) in turned.heard {
      let node = Int(atom)
      tell(network, node, before, truths[node], &counts, &heads, next, &waiting, firstWord)
    }
    let atoms = network.atoms.count
    var cursor = 0
    while let junction = Agenda.popFirst(&cursor, &waiting, firstWord) {
      let asked = network.junctions[junction]
      var truth = Truth.yes
      if asked.counts {
        truth = counts[junction].truth
      } else {
        for input in asked.first..<asked.end {
          let edge = network.inputs[Int(input)]
          let seen = edge.seen(truths[edge.number])
          guard seen != .no else {
            next[junction] = heads[edge.number]
            heads[edge.number] = UInt32(truncatingIfNeeded: junction)
            truth = .no
            break
          }
          if seen == .unknown { truth = .unknown }
        }
        if truth != .no {
          open[openCount] = UInt32(truncatingIfNeeded: junction)
          openCount += 1
        }
      }
      let before = truths[atoms + junction]
      guard truth != before else { continue }
      truths[atoms + junction] = truth
      if asked.rule != TruthNetwork.none {
        rules[ruleCount] = TurnedRule(
          rule: asked.rule, component: network.componentOfJunction[junction], truth: truth)
        ruleCount += 1
      }
      tell(network, atoms + junction, before, truth, &counts, &heads, next, &waiting, firstWord)
    }
  }

  /// Those that read a node hear that it has turned: the ones that count, and the ones that listen to it, which listen to
  /// no one until they have been asked.
  @inline(__always)
  private static func tell(
    _ network: TruthNetwork, _ node: Int, _ before: Truth, _ after: Truth,
    _ counts: inout MutableSpan<JunctionCount>, _ heads: inout MutableSpan<UInt32>,
    _ next: borrowing MutableSpan<UInt32>, _ waiting: inout MutableSpan<UInt64>, _ firstWord: Int
  ) {
    if network.isCounted[node] {
      for place in Int(network.firstCounters[node])..<Int(network.firstCounters[node + 1]) {
        let edge = network.counters[place]
        let count = counts[edge.number]
        var changed = count
        changed.turn(from: edge.seen(before), to: edge.seen(after))
        counts[edge.number] = changed
        if changed.differs(from: count) { Agenda.insert(edge.number, &waiting, firstWord) }
      }
    }
    var junction = heads[node]
    heads[node] = nothing
    while junction != nothing {
      Agenda.insert(Int(junction), &waiting, firstWord)
      junction = next[Int(junction)]
    }
  }
}
