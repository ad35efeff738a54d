import ClinicalValues

/// What the sources of `NetworkMasks` answer, and what its lanes say.
struct MaskState: Sendable {
  /// Rows of single atoms, then those that probes have needed in this session.
  private var rows: MaskRows
  /// For each source where its row begins.
  private var rowOfSource: ContiguousArray<UInt32>
  /// For each probe the rows that it has needed.
  private var rowsOfProbe: ContiguousArray<ContiguousArray<Int>>
  /// Of each estimate by its number what each probe answers to it: where the row begins, `unasked` or `undecided`.
  private var answers: ContiguousArray<UInt32> = []
  /// Who has to look or be asked: `TruthNetwork.Asker`s.
  var askers: Agenda
  /// Whether some source has answered since lanes were last looked at.
  private var hasAnswers = true
  /// What the rows of the last run said of each word of lanes.
  private var said: ContiguousArray<MaskRows.Word>
  /// Rules that have turned, `turnedRuleCount` of them.
  private(set) var turnedRules: ContiguousArray<TurnedRule>
  private(set) var turnedRuleCount = 0

  private static let unasked = UInt32.max
  /// A session may meet any number of estimates: it remembers the answers to so many.
  private static let mostAnswers = 1 << 20
  /// The estimate does not fit in words: the atoms are asked in full.
  private static let undecided = UInt32.max - 1

  /// No rule holds.
  init(_ rows: MaskRows, sources: Int, askers: Int, lanes: Int, words: Int) {
    self.rows = rows
    rowOfSource = ContiguousArray(repeating: 0, count: sources)
    rowsOfProbe = ContiguousArray(repeating: [], count: sources)
    self.askers = Agenda(count: askers)
    said = ContiguousArray(repeating: MaskRows.Word(refuted: .max, open: .max), count: words)
    turnedRules = ContiguousArray(repeating: TurnedRule(rule: 0, component: 0, truth: .no), count: lanes)
  }

  // MARK: Sources

  /// An atom that no probe asks has been asked.
  mutating func set(_ atom: Int, to truth: Truth, _ network: TruthNetwork, _ masks: NetworkMasks) {
    let source = masks.source(atom, truth, probed: network.tests.count)
    rowOfSource[source.number] = UInt32(truncatingIfNeeded: source.row)
    hasAnswers = true
  }

  /// The same for those atoms that ask the rows of a block and have `turned`.
  mutating func set(
    _ turned: UInt64, ofBlock block: Int, to answer: CellAnswer, _ network: TruthNetwork, _ masks: NetworkMasks
  ) {
    Self.set(turned, block, answer, network, masks, &rowOfSource)
    hasAnswers = true
  }

  private static func set(
    _ turned: UInt64, _ block: Int, _ answer: CellAnswer, _ network: TruthNetwork, _ masks: NetworkMasks,
    _ rowOfSource: inout ContiguousArray<UInt32>
  ) {
    var rowOfSource = rowOfSource.mutableSpan
    var turned = turned & network.rowAtomBits[block]
    while turned != 0 {
      let bit = turned & (0 &- turned)
      turned ^= bit
      let atom = Int(network.rowAtoms[64 * block + bit.trailingZeroBitCount])
      let source = masks.source(atom, answer.truth(bit), probed: network.tests.count)
      rowOfSource[source.number] = UInt32(truncatingIfNeeded: source.row)
    }
  }

  /// Has the probes of those of the slots that are scalars answer; those that cannot are left to be asked, and so is what
  /// else reads the slots.
  mutating func look(
    at slots: NumberSet, _ scalars: ContiguousArray<EstimateID>, _ network: TruthNetwork
  ) {
    let hasLooked = Self.look(
      at: slots, scalars, network, answers, &rowOfSource, &askers.bits, askers.firstWord)
    hasAnswers = hasAnswers || hasLooked
  }

  private static func look(
    at slots: NumberSet, _ scalars: ContiguousArray<EstimateID>, _ network: TruthNetwork,
    _ answers: ContiguousArray<UInt32>, _ rowOfSource: inout ContiguousArray<UInt32>,
    _ askers: inout ContiguousArray<UInt64>, _ firstWord: Int
  ) -> Bool {
    var rowOfSource = rowOfSource.mutableSpan
    var askers = askers.mutableSpan
    let probes = network.probes.count
    var hasLooked = false
    for place in 0..<slots.count {
      let slot = slots[place]
      for place in network.askersOfSlot.range(slot) {
        Agenda.insert(network.askersOfSlot[place], &askers, firstWord)
      }
      let probe = Int(network.probeOfSlot[slot])
      guard probe < probes else { continue }
      let answer = scalars[slot - 1].index &* probes &+ probe
      if answer < answers.count, answers[answer] < undecided {
        rowOfSource[probe] = answers[answer]
        hasLooked = true
      } else {
        Agenda.insert(probe, &askers, firstWord)
      }
    }
    return hasLooked
  }

  /// A probe sees an estimate; false: its atoms have to be asked in full.
  mutating func look(
    _ probe: Int, at estimate: EstimateID, _ packed: ContiguousArray<PackedEstimate>, _ network: TruthNetwork,
    _ masks: NetworkMasks
  ) -> Bool {
    let place = estimate.index * network.probes.count + probe
    let size = min(packed.count * network.probes.count, Self.mostAnswers)
    if answers.count < size { answers.append(contentsOf: repeatElement(Self.unasked, count: size - answers.count)) }
    var row = place < size ? answers[place] : Self.unasked
    if row == Self.unasked {
      row = answer(probe, packed[estimate.index], network, masks) ?? Self.undecided
      if place < size { answers[place] = row }
    }
    guard row != Self.undecided else { return false }
    rowOfSource[probe] = row
    hasAnswers = true
    return true
  }

  /// The row of what a probe answers; nil: one of its atoms takes more than a look.
  private mutating func answer(
    _ probe: Int, _ seen: PackedEstimate, _ network: TruthNetwork, _ masks: NetworkMasks
  ) -> UInt32? {
    var truths: ContiguousArray<Truth> = []
    for atom in network.probes[probe].all {
      guard let truth = network.tests[atom].answer(seen) else { return nil }
      truths.append(truth)
    }
    return row(probe, truths, network, masks)
  }

  /// The atoms of a probe have been asked in full.
  mutating func set(
    _ probe: Int, to truths: ContiguousArray<Truth>, _ network: TruthNetwork, _ masks: NetworkMasks
  ) {
    rowOfSource[probe] = row(probe, truths, network, masks)
    hasAnswers = true
  }

  private mutating func row(
    _ probe: Int, _ truths: ContiguousArray<Truth>, _ network: TruthNetwork, _ masks: NetworkMasks
  ) -> UInt32 {
    rows.begin()
    for (atom, truth) in zip(network.probes[probe].all, truths) { rows.add(masks.readers(ofAtom: atom), truth) }
    let row = rows.settle(among: rowsOfProbe[probe])
    if !rowsOfProbe[probe].contains(row) { rowsOfProbe[probe].append(row) }
    return UInt32(truncatingIfNeeded: row)
  }

  // MARK: Lanes

  /// Joins what all sources answer, and what the lanes say that are read; `turnedRules` are then those that came out
  /// differently.
  mutating func settle(_ masks: NetworkMasks) {
    turnedRuleCount = 0
    guard hasAnswers else { return }
    hasAnswers = false
    Self.settle(masks, rows.words, rowOfSource, &said, &turnedRules, &turnedRuleCount)
  }

  private static func settle(
    _ masks: NetworkMasks, _ rows: ContiguousArray<MaskRows.Word>, _ rowOfSource: ContiguousArray<UInt32>,
    _ said: inout ContiguousArray<MaskRows.Word>, _ turned: inout ContiguousArray<TurnedRule>,
    _ turnedCount: inout Int
  ) {
    var said = said.mutableSpan
    var turned = turned.mutableSpan
    for word in 0..<masks.words {
      var joined = MaskRows.Word()
      for row in rowOfSource { joined.join(rows[Int(row) &+ word]) }
      for place in masks.firstTerms[word].ofEarlier..<masks.firstTerms[word].ofOwn {
        let term = masks.terms[place]
        term.join(said[term.word], to: &joined)
      }
      var lower = joined
      for place in masks.firstTerms[word].ofOwn..<masks.firstTerms[word + 1].ofEarlier {
        let term = masks.terms[place]
        if term.beginsLevel { lower = joined }
        term.join(lower, to: &joined)
      }
      let before = said[word]
      said[word] = joined
      var different = joined.differences(from: before) & masks.rules[word]
      while different != 0 {
        let bit = different & (0 &- different)
        different ^= bit
        let lane = masks.lanes[word << 6 | bit.trailingZeroBitCount]
        turned[turnedCount] = TurnedRule(rule: lane.rule, component: lane.component, truth: joined.truth(bit))
        turnedCount += 1
      }
    }
  }
}
