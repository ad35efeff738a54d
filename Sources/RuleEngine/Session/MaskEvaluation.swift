import ClinicalValues

/// A network in masks.
extension Session {
  /// Asks every source, and has every rule noted that holds.
  mutating func startMasks() {
    let (asked, masks) = (tables.networks.few, tables.networks.masks)
    for probe in asked.probes.indices { look(probe, asked, masks) }
    for atom in asked.tests.count..<asked.atoms.count { ask(atom: atom, asked, masks) }
    settle(masks)
  }

  /// Asks the sources that read what has changed, and notes the rules that have turned.
  mutating func wakeMasks() {
    let (asked, masks) = (tables.networks.few, tables.networks.masks)
    guard !asked.junctions.isEmpty else { return }
    self.masks.look(at: changed, scalars, asked)
    var cursor = 0
    while let number = self.masks.askers.popFirst(&cursor) {
      switch asked.asker(number) {
      case .probe(let probe): look(probe, asked, masks)
      case .block(let block): ask(block: block, asked, masks)
      case .atom(let atom): ask(atom: atom, asked, masks)
      }
    }
    settle(masks)
  }

  private mutating func settle(_ masks: NetworkMasks) {
    self.masks.settle(masks)
    note(self.masks.turnedRules, count: self.masks.turnedRuleCount)
  }

  private mutating func look(_ probe: Int, _ asked: TruthNetwork, _ masks: NetworkMasks) {
    if let seen = see(asked.probes[probe].source), self.masks.look(probe, at: seen, pool.packed, asked, masks) {
      return
    }
    var truths: ContiguousArray<Truth> = []
    for atom in asked.probes[probe].all { truths.append(truth(asked.atoms[atom], .cautious)) }
    self.masks.set(probe, to: truths, asked, masks)
  }

  private mutating func ask(block: Int, _ asked: TruthNetwork, _ masks: NetworkMasks) {
    guard rowAnswers[block].isUndecided else {
      return self.masks.set(rowAnswers[block].turned, ofBlock: block, to: rowAnswers[block].some, asked, masks)
    }
    for atom in asked.rowAtoms(ofBlock: block) { ask(atom: atom, asked, masks) }
  }

  private mutating func ask(atom: Int, _ asked: TruthNetwork, _ masks: NetworkMasks) {
    self.masks.set(atom, to: truth(asked.atoms[atom], .cautious), asked, masks)
  }
}
