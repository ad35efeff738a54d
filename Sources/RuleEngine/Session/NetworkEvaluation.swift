import ClinicalValues

/// A rule of a network that comes out differently.
struct TurnedRule: Sendable {
  var rule: UInt32
  /// The component that computes it.
  var component: UInt32
  var truth: Truth
}

extension Session {
  /// Asks every atom, and has every rule noted that holds without one.
  mutating func startNetwork() {
    let asked = tables.networks.many
    for probe in asked.probes.indices { look(probe, asked) }
    askUndecided(asked)
    for atom in asked.tests.count..<asked.atoms.count { ask(atom: atom, asked) }
    settleNetwork()
    let starting = ContiguousArray(asked.startingRules.map { network.turnedRule(Int($0), asked) })
    note(starting, count: starting.count)
  }

  /// Asks the atoms that read what has changed, and tells the rules.
  mutating func wakeNetwork() {
    let asked = tables.networks.many
    guard !asked.junctions.isEmpty else { return }
    network.look(at: changed, scalars, pool.packed, asked)
    var cursor = 0
    while let number = network.askers.popFirst(&cursor) {
      switch asked.asker(number) {
      case .probe(let probe): look(probe, asked)
      case .block(let block): ask(block: block, asked)
      case .atom(let atom): ask(atom: atom, asked)
      }
    }
    askUndecided(asked)
    settleNetwork()
  }

  private mutating func ask(block: Int, _ asked: TruthNetwork) {
    guard rowAnswers[block].isUndecided else {
      return network.set(rowAnswers[block].turned, ofBlock: block, to: rowAnswers[block].some, asked)
    }
    for atom in asked.rowAtoms(ofBlock: block) { ask(atom: atom, asked) }
  }

  private mutating func ask(atom: Int, _ asked: TruthNetwork) {
    network.set(atom, to: truth(asked.atoms[atom], .cautious), asked)
  }

  private mutating func settleNetwork() {
    network.settle(tables.networks.many)
    note(network.turnedRules, count: network.turnedRuleCount)
  }

  /// Both readings say of a rule what the network says.
  mutating func note(_ rules: ContiguousArray<TurnedRule>, count: Int) {
    guard count > 0 else { return }
    let hasTurned = Self.note(
      rules, count, tables, &states.0.applies, &states.1.applies, concludedPlaces.limit,
      &concludedPlaces.storage, &concludedPlaces.count)
    guard hasTurned else { return }
    hasNewAnswers = true
    guard !tables.wake.dependents.items.isEmpty else { return }
    for place in 0..<count {
      for place in tables.wake.dependents.range(Int(rules[place].component)) {
        agenda.insert(tables.wake.dependents[place])
      }
    }
  }

  private static func note(
    _ rules: ContiguousArray<TurnedRule>, _ count: Int, _ tables: RunTables,
    _ cautious: inout ContiguousArray<Truth>, _ presuming: inout ContiguousArray<Truth>, _ limit: Int,
    _ places: inout ContiguousArray<UInt32>, _ placeCount: inout Int
  ) -> Bool {
    var cautious = cautious.mutableSpan
    var presuming = presuming.mutableSpan
    var places = places.mutableSpan
    var hasTurned = false
    for index in 0..<count {
      let (rule, truth) = (Int(rules[index].rule), rules[index].truth)
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
    let seen = see(asked.probes[probe].source)
    network.look(probe, at: seen.map { pool.packed[$0.index] } ?? .other, asked)
  }

  /// Asks the atoms of which a look at their probes was not enough.
  private mutating func askUndecided(_ asked: TruthNetwork) {
    while let probe = network.undecided.popLast() {
      for atom in asked.probes[probe].all { ask(atom: atom, asked) }
    }
  }

  /// What there is to see; nil: it takes more than words.
  mutating func see(_ source: TruthProbe.Source) -> EstimateID? {
    switch source {
    case .scalar(let slot): scalars[Int(slot)]
    case .extreme(let slot, let days, let isHighest): extreme(Int(slot), days, isHighest)
    case .count(let slot, let days): countPoints(Int(slot), days).map { pool.number($0) }
    }
  }

  private mutating func extreme(_ slot: Int, _ days: Int64, _ isHighest: Bool) -> EstimateID? {
    guard series.isGiven(slot) else { return RuleGraphBuilder.anyNumber }
    let first = firstDay(days)
    var result: (id: EstimateID, packed: PackedEstimate)?
    for place in series.range(slot) {
      let point = series.points[place]
      guard let day = pool.packed[point.day.index].whole else { return nil }
      guard first <= day, day <= Int64(today.number) else { continue }
      let value = pool.packed[point.value.index]
      guard value.isNumber else { return nil }
      if let best = result?.packed, PackedEstimate.precedes(best, value) != isHighest { continue }
      result = (point.value, value)
    }
    return result?.id ?? RuleGraphBuilder.none
  }
}
