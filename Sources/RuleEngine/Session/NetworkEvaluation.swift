import ClinicalValues

extension Session {
  /// Asks every atom, and has every rule noted that holds without one.
  mutating func startNetwork() {
    let asked = tables.network
    for probe in asked.probes.indices { look(probe, asked) }
    askUndecided(asked)
    for atom in asked.tests.count..<asked.atoms.count { ask(atom: atom, asked) }
    settleNetwork()
    note(asked.startingRules, count: asked.startingRules.count)
  }

  /// Asks the atoms that read what has changed, and tells the rules.
  mutating func wakeNetwork() {
    let asked = tables.network
    network.look(at: changed, scalars, pool.packed, asked)
    for place in 0..<changed.count where asked.isAskedBesides[changed[place]] {
      let slot = changed[place]
      for place in asked.probesOfSlot.range(slot) { look(asked.probesOfSlot[place], asked) }
      for place in asked.blocksOfSlot.range(slot) { ask(block: asked.blocksOfSlot[place], asked) }
      for place in asked.atomsOfSlot.range(slot) { ask(atom: asked.atomsOfSlot[place], asked) }
    }
    askUndecided(asked)
    settleNetwork()
  }

  private mutating func ask(block: Int, _ asked: TruthNetwork) {
    guard rowAnswers[block].isUndecided else { return network.ask(rowAnswers[block], ofBlock: block, asked) }
    for place in Int(asked.firstRowAtoms[block])..<Int(asked.firstRowAtoms[block + 1]) {
      ask(atom: Int(asked.rowAtoms[place].atom), asked)
    }
  }

  private mutating func ask(atom: Int, _ asked: TruthNetwork) {
    network.set(atom, to: truth(asked.atoms[atom], .cautious), asked)
  }

  /// Brings the network up to date with its atoms, and notes the rules that have turned: they are what their junctions say.
  mutating func settleNetwork() {
    network.settle(tables.network)
    if network.turnedRuleCount > 0 { note(network.turnedRules, count: network.turnedRuleCount) }
  }

  private mutating func note(_ junctions: ContiguousArray<UInt32>, count: Int) {
    let hasTurned = Self.note(
      junctions, count, network.truths, tables, &states.0.applies, &states.1.applies, concludedPlaces.limit,
      &concludedPlaces.storage, &concludedPlaces.count)
    guard hasTurned else { return }
    hasNewAnswers = true
    for place in 0..<count {
      let component = Int(tables.network.componentOfJunction[Int(junctions[place])])
      for place in tables.wake.dependents.range(component) { agenda.insert(tables.wake.dependents[place]) }
    }
  }

  /// Both readings say of a rule what its junction says.
  private static func note(
    _ junctions: ContiguousArray<UInt32>, _ count: Int, _ truths: ContiguousArray<Truth>, _ tables: RunTables,
    _ cautious: inout ContiguousArray<Truth>, _ presuming: inout ContiguousArray<Truth>, _ limit: Int,
    _ places: inout ContiguousArray<UInt32>, _ placeCount: inout Int
  ) -> Bool {
    let network = tables.network
    let atoms = network.atoms.count
    var cautious = cautious.mutableSpan
    var presuming = presuming.mutableSpan
    var places = places.mutableSpan
    var hasTurned = false
    for index in 0..<count {
      let junction = Int(junctions[index])
      let rule = Int(network.junctions[junction].rule)
      let truth = truths[atoms + junction]
      guard truth != cautious[rule] else { continue }
      hasTurned = true
      cautious[rule] = truth
      presuming[rule] = truth
      for place in tables.wake.placesOfRule.range(rule) {
        if truth == .no {
          NumberSet.remove(tables.wake.placesOfRule[place], limit, &places, &placeCount)
        } else {
          NumberSet.insert(tables.wake.placesOfRule[place], limit, &places, &placeCount)
        }
      }
    }
    return hasTurned
  }

  // MARK: Probes

  private mutating func look(_ probe: Int, _ asked: TruthNetwork) {
    network.look(probe, at: see(asked.probes[probe].source), asked)
  }

  /// Asks the atoms of which a look at their probes was not enough.
  private mutating func askUndecided(_ asked: TruthNetwork) {
    while let probe = network.undecided.popLast() {
      for atom in asked.probes[probe].all { ask(atom: atom, asked) }
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
    let first = firstDay(days)
    var result: PackedEstimate?
    for index in series[slot].points.indices {
      let point = series[slot].points[index]
      guard let day = pool.packed[point.day.index].whole else { return .other }
      guard first <= day, day <= Int64(today.number) else { continue }
      let value = pool.packed[point.value.index]
      guard value.isNumber else { return .other }
      if let best = result, PackedEstimate.precedes(best, value) != isHighest { continue }
      result = value
    }
    return result ?? .nothing
  }
}
