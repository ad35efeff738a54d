import ClinicalValues

/// Where the nodes of a `TruthNetwork` stand.
struct NetworkState: Sendable {
  private(set) var counts: ContiguousArray<JunctionCount>
  private var truths: ContiguousArray<Truth>
  /// What each probe saw last.
  var seen: ContiguousArray<PackedEstimate>

  init(_ network: TruthNetwork) {
    counts = network.counts
    truths = network.truths
    seen = ContiguousArray(repeating: .other, count: network.probes.count)
  }

  /// Tells the junctions that read a node what it is now; those that turn by it are added to `turned`.
  mutating func set(_ node: Int, to truth: Truth, _ tables: RunTables, _ turned: inout ContiguousArray<Int>) {
    let before = truths[node]
    guard truth != before else { return }
    truths[node] = truth
    let row = TruthEdge.place(before, truth)
    var counts = self.counts.mutableSpan
    for place in tables.network.edges.range(node) {
      let edge = tables.network.edges[place]
      let junction = edge >> TruthEdge.viewBits
      let before = counts[junction]
      var count = before
      count.add(tables.network.changes[row | (edge & (1 << TruthEdge.viewBits - 1))])
      counts[junction] = count
      if count.differs(from: before) { turned.append(junction) }
    }
  }
}

extension Session {
  /// Asks every atom, and has every rule computed that holds without one.
  mutating func startNetwork() {
    for probe in tables.network.probes.indices { look(probe) }
    for atom in tables.network.tests.count..<tables.network.atoms.count { ask(atom: atom) }
    for component in tables.network.startingComponents { agenda.insert(component) }
    spreadTurns()
  }

  /// Asks the atoms that read a slot; `spreadTurns` goes on from there.
  mutating func askAtoms(ofSlot slot: Int) {
    for place in tables.network.probesOfSlot.range(slot) { look(tables.network.probesOfSlot[place]) }
    for place in tables.network.atomsOfSlot.range(slot) { ask(atom: tables.network.atomsOfSlot[place]) }
  }

  private mutating func ask(atom: Int) {
    let truth = truth(tables.network.atoms[atom], .cautious)
    network.set(atom, to: truth, tables, &turned)
  }

  /// Conditions that have turned tell it at once; rules are computed when it is their turn.
  mutating func spreadTurns() {
    while let junction = turned.popLast() {
      let component = tables.network.componentOfJunction[junction]
      if component != TruthNetwork.noComponent {
        agenda.insert(Int(component))
      } else {
        let truth = network.counts[junction].truth
        network.set(tables.network.node(ofJunction: junction), to: truth, tables, &turned)
      }
    }
  }

  /// Computes a rule of the network: it is what its junction says.
  mutating func settle(_ rule: RuleNodeID, _ component: Int) {
    let junction = Int(tables.network.junctionOfComponent[component])
    let truth = network.counts[junction].truth
    guard truth != states.0.applies[rule.index] else { return }
    hasNewAnswers = true
    states.0.applies[rule.index] = truth
    states.1.applies[rule.index] = truth
    for place in tables.wake.placesOfRule.range(rule.index) {
      concludedPlaces.set(tables.wake.placesOfRule[place], isMember: truth != .no)
    }
    network.set(tables.network.node(ofJunction: junction), to: truth, tables, &turned)
    spreadTurns()
    for place in tables.wake.dependents.range(component) { agenda.insert(tables.wake.dependents[place]) }
  }

  // MARK: Probes

  /// Looks at what a probe looks at, and asks the atoms that may have turned.
  private mutating func look(_ number: Int) {
    let before = network.seen[number]
    let now = see(tables.network.probes[number].source)
    guard now != before || now.kind == .other else { return }
    network.seen[number] = now
    if before.kind == .number, now.kind == .number {
      let isRise = PackedEstimate.precedes(before, now)
      ask(tables.network.probes[number].compares, now, from: isRise ? before : now, to: isRise ? now : before)
      ask(tables.network.probes[number].equals, now, from: before, to: before)
      ask(tables.network.probes[number].equals, now, from: now, to: now)
    } else {
      for atom in tables.network.probes[number].all { ask(atom, now) }
    }
  }

  private mutating func ask(_ atom: Int, _ seen: PackedEstimate) {
    guard let truth = tables.network.tests[atom].answer(seen) else { return ask(atom: atom) }
    network.set(atom, to: truth, tables, &turned)
  }

  /// Asks the atoms that compare with a number between two.
  private mutating func ask(
    _ atoms: Range<Int>, _ seen: PackedEstimate, from low: PackedEstimate, to high: PackedEstimate
  ) {
    var start = atoms.lowerBound
    var count = atoms.count
    while count > 0 {
      let half = count / 2
      if tables.network.tests[start + half].compares(withLessThan: low) {
        start += half + 1
        count -= half + 1
      } else {
        count = half
      }
    }
    while start < atoms.upperBound, !tables.network.tests[start].compares(withMoreThan: high) {
      ask(start, seen)
      start += 1
    }
  }

  /// What there is to see; `other`: it takes more than words.
  private mutating func see(_ source: TruthProbe.Source) -> PackedEstimate {
    switch source {
    case .scalar(let slot): return pool.packed[scalars[Int(slot)].index]
    case .extreme(let slot, let days, let isHighest): return extreme(Int(slot), days, isHighest)
    case .count(let slot, let days):
      return countPoints(Int(slot), days).map { PackedEstimate($0, over: 1) } ?? .other
    }
  }

  private mutating func extreme(_ slot: Int, _ days: Int64, _ isHighest: Bool) -> PackedEstimate {
    guard series[slot].isGiven else { return .anyNumber }
    var result: PackedEstimate?
    for index in series[slot].points.indices {
      let point = series[slot].points[index]
      guard let isMember = isWithin(days, point) else { return .other }
      guard isMember else { continue }
      let value = pool.packed[point.value.index]
      guard value.kind == .number else { return .other }
      if let best = result, PackedEstimate.precedes(best, value) != isHighest { continue }
      result = value
    }
    return result ?? .nothing
  }
}
