import ClinicalValues

/// Where the nodes of a `TruthNetwork` stand.
struct NetworkState: Sendable {
  var lacks: ContiguousArray<TruthNetwork.Lack>
  var truths: ContiguousArray<Truth>

  init(_ network: TruthNetwork) {
    lacks = network.lacks
    truths = network.truths
  }
}

extension Session {
  /// Asks every atom, and has every rule computed that holds without one.
  mutating func startNetwork() {
    for atom in tables.network.atoms.indices { askAtom(atom) }
    for component in tables.network.startingComponents { agenda.insert(component) }
  }

  /// Asks the atoms that read a slot.
  mutating func askAtoms(ofSlot slot: Int) {
    for place in tables.network.atomsOfSlot.range(slot) { askAtom(tables.network.atomsOfSlot[place]) }
  }

  private mutating func askAtom(_ atom: Int) {
    let truth = answer(tables.network.quick[atom]) ?? truth(tables.network.atoms[atom], .cautious)
    turn(atom, to: truth)
  }

  /// Tells the junctions that read a node what it is now: conditions turn at once, rules when it is their turn.
  private mutating func turn(_ node: Int, to truth: Truth) {
    let before = network.truths[node]
    guard truth != before else { return }
    network.truths[node] = truth
    let row = TruthEdge.place(before, truth)
    for place in tables.network.edges.range(node) {
      let edge = tables.network.edges[place]
      let junction = edge >> TruthEdge.viewBits
      let lacked = network.lacks[junction]
      let lacks = lacked &- tables.network.changes[row | (edge & (1 << TruthEdge.viewBits - 1))]
      network.lacks[junction] = lacks
      guard TruthNetwork.truth(lacks) != TruthNetwork.truth(lacked) else { continue }
      let component = tables.network.componentOfJunction[junction]
      if component != TruthNetwork.noComponent {
        agenda.insert(Int(component))
      } else {
        turn(tables.network.node(ofJunction: junction), to: TruthNetwork.truth(lacks))
      }
    }
  }

  /// Computes a rule of the network: it is what its junction says.
  mutating func settle(_ rule: RuleNodeID, _ component: Int) {
    let junction = Int(tables.network.junctionOfComponent[component])
    let truth = TruthNetwork.truth(network.lacks[junction])
    guard truth != states.0.applies[rule.index] else { return }
    states.0.applies[rule.index] = truth
    states.1.applies[rule.index] = truth
    for place in tables.wake.placesOfRule.range(rule.index) {
      concludedPlaces.set(tables.wake.placesOfRule[place], isMember: truth != .no)
    }
    turn(tables.network.node(ofJunction: junction), to: truth)
    for place in tables.wake.dependents.range(component) { agenda.insert(tables.wake.dependents[place]) }
  }
}
