import ClinicalValues

/// A network of few rules in masks: for each thing that is asked, as it is answered, the rules that it refutes.
///
/// Each junction has a bit, its *lane*, in masks over all lanes, and needs all that it reads: `any` is a lane for its
/// opposite, that all are false. What a *source*, a probe or an atom besides, answers is a *row*: the lanes that it makes
/// false, and those that it leaves open. The rows of all sources joined say of every lane what the facts say of it, in as
/// many steps as there are sources: nothing is told or asked by itself (the bit vectors of packet classification;
/// Lakshman and Stiliadis 1998). What lanes read of lanes is then compared in the same way, level by level.
final class NetworkMasks: Sendable {
  /// In how many words all lanes have a bit.
  let words: Int
  /// The rule of each lane, and the component that computes it; `TruthNetwork.none`: it is a condition.
  let lanes: ContiguousArray<Lane>
  /// For each word its lanes that are rules.
  let rules: ContiguousArray<UInt64>
  /// What lanes read of lanes: for each word what its lanes read of earlier words, then what they read of their own.
  let terms: ContiguousArray<Term>
  /// For each word where these two begin, and one more for the end.
  let firstTerms: ContiguousArray<(ofEarlier: Int, ofOwn: Int)>
  /// For each atom the lanes that read it.
  private let readers: ContiguousArray<TruthEdge>
  private let firstReaders: ContiguousArray<UInt32>
  /// Probes come first, then the atoms that no probe asks.
  private let probeCount: Int
  /// No source has answered, and no rule holds.
  let start: MaskState

  struct Lane: Sendable {
    var rule: UInt32
    var component: UInt32
  }

  /// What a lane reads, in one way, of the lanes of one word.
  struct Term: Sendable {
    /// The bit of the lane.
    var lane: UInt64
    /// The word that is read, and the lanes of it.
    var word: Int
    var read: UInt64
    /// What the lane sees of them.
    var sees: MaskRows.View
    /// Whether it is the first of those whose lanes stand equally high in their word.
    var beginsLevel = false

    /// Adds to what is said of the lane what it sees.
    @inline(__always)
    func join(_ said: MaskRows.Word, to joined: inout MaskRows.Word) {
      let seen = sees.view(said)
      joined.refuted |= seen.refuted & read != 0 ? lane : 0
      joined.open |= seen.open & read != 0 ? lane : 0
    }
  }

  /// So many words are joined in a run at most: where there are more rules, or more is asked, it is better to tell only
  /// what has turned.
  static let limit = 512

  /// The words in which so many lanes have a bit.
  static func words(_ lanes: Int) -> Int { lanes / 64 + 1 }

  /// Of a network that counts nothing: of each junction all conditions must hold, or one of them.
  init(_ network: TruthNetwork) {
    let probed = network.tests.count
    let atoms = network.atoms.count
    let junctions = network.junctions
    let words = Self.words(junctions.count)
    var builder = LaneBuilder(atoms: atoms, lanes: junctions.count)
    for (lane, junction) in junctions.enumerated() {
      builder.connect(lane, isOpposite: junction.counts, network.inputs[Int(junction.first)..<Int(junction.end)])
    }
    self.words = words
    probeCount = network.probes.count
    lanes = ContiguousArray(zip(junctions, network.componentOfJunction).map { Lane(rule: $0.rule, component: $1) })
    rules = junctions.indices.reduce(into: ContiguousArray(repeating: 0, count: words)) { rules, lane in
      if junctions[lane].rule != TruthNetwork.none { rules[lane >> 6] |= 1 << UInt64(lane & 63) }
    }
    readers = ContiguousArray(builder.readersOfAtom.joined())
    firstReaders = builder.readersOfAtom.reduce(into: [0]) { starts, edges in
      starts.append(starts[starts.count - 1] + UInt32(truncatingIfNeeded: edges.count))
    }
    var rows = MaskRows(words: words)
    for atom in probed..<atoms { rows.addEachTruth(builder.readersOfAtom[atom]) }
    (terms, firstTerms) = builder.terms(words: words)
    start = MaskState(
      rows, sources: probeCount + atoms - probed, askers: network.askerCount, lanes: junctions.count, words: words)
  }

  func readers(ofAtom atom: Int) -> ContiguousArray<TruthEdge>.SubSequence {
    readers[Int(firstReaders[atom])..<Int(firstReaders[atom + 1])]
  }

  /// The source that an atom is which no probe asks, and where its row begins.
  @inline(__always)
  func source(_ atom: Int, _ truth: Truth, probed: Int) -> (number: Int, row: Int) {
    (probeCount + atom - probed, (3 * (atom - probed) + Int(truth.rawValue)) * words)
  }
}

/// Rows one behind the other, each with a `Word` for every 64 lanes.
struct MaskRows: Sendable {
  /// Of 64 lanes those that are refuted, and those that are not certain.
  struct Word: Equatable, Sendable {
    var refuted: UInt64 = 0
    var open: UInt64 = 0

    @inline(__always)
    mutating func join(_ other: Self) {
      refuted |= other.refuted
      open |= other.open
    }

    /// Lanes of which two say different things.
    @inline(__always)
    func differences(from other: Self) -> UInt64 { (refuted ^ other.refuted) | (open ^ other.open) }

    /// What is said of a lane: what is refuted is not certain either.
    @inline(__always)
    func truth(_ lane: UInt64) -> Truth { refuted & lane != 0 ? .no : open & lane != 0 ? .unknown : .yes }
  }

  /// What is seen of lanes that are read: which truths make the reader false, and which leave it open.
  struct View: Equatable, Sendable {
    private let flip: UInt64
    private let refutesByOpen: Bool
    private let opensByOpen: Bool

    init(_ edge: TruthEdge) {
      let isOpposite = edge.seen(.no) != .no
      flip = isOpposite ? .max : 0
      // Not refuted is what may hold, not open what certainly holds.
      refutesByOpen = (edge.seen(.unknown) == .no) != isOpposite
      opensByOpen = (edge.seen(.unknown) != .yes) != isOpposite
    }

    @inline(__always)
    func view(_ said: Word) -> Word {
      Word(
        refuted: (refutesByOpen ? said.open : said.refuted) ^ flip,
        open: (opensByOpen ? said.open : said.refuted) ^ flip)
    }
  }

  private(set) var words: ContiguousArray<Word> = []
  /// The length of a row.
  let width: Int

  init(words: Int) { width = words }

  /// Adds a row that says nothing of any lane.
  mutating func begin() { words.append(contentsOf: repeatElement(Word(), count: width)) }

  /// Adds to the last row what a truth says to those that read it.
  mutating func add(_ readers: some Sequence<TruthEdge>, _ truth: Truth) {
    let row = words.count - width
    for edge in readers {
      let seen = edge.seen(truth)
      let bit: UInt64 = 1 << UInt64(edge.number & 63)
      if seen == .no { words[row + (edge.number >> 6)].refuted |= bit }
      if seen != .yes { words[row + (edge.number >> 6)].open |= bit }
    }
  }

  /// Adds a row for each truth.
  mutating func addEachTruth(_ readers: [TruthEdge]) {
    for truth in [Truth.no, .unknown, .yes] {
      begin()
      add(readers, truth)
    }
  }

  /// The place of the last row; if one of these rows is equal, there need be no other.
  mutating func settle(among known: ContiguousArray<Int>) -> Int {
    let row = words.count - width
    for other in known where (0..<width).allSatisfy({ words[other + $0] == words[row + $0] }) {
      words.removeLast(width)
      return other
    }
    return row
  }
}

/// Finds out who reads whom.
private struct LaneBuilder {
  private(set) var readersOfAtom: [[TruthEdge]]
  private var isOpposite: [Bool]
  /// For each lane how many lanes at most stand below it, one reading the next.
  private var levels: [Int]
  private var found: [(place: Place, term: NetworkMasks.Term)] = []

  /// When a term is compared: after all that stands below its lane.
  private struct Place: Comparable {
    var word: Int
    var isOfOwn: Bool
    var level: Int

    static func < (first: Self, second: Self) -> Bool {
      (first.word, first.isOfOwn ? 1 : 0, first.level) < (second.word, second.isOfOwn ? 1 : 0, second.level)
    }
  }

  init(atoms: Int, lanes: Int) {
    readersOfAtom = Array(repeating: [], count: atoms)
    isOpposite = Array(repeating: false, count: lanes)
    levels = Array(repeating: 0, count: lanes)
  }

  /// A lane comes after those that it reads.
  mutating func connect(_ lane: Int, isOpposite: Bool, _ inputs: ContiguousArray<TruthEdge>.SubSequence) {
    self.isOpposite[lane] = isOpposite
    let atoms = readersOfAtom.count
    var own: [NetworkMasks.Term] = []
    for input in inputs {
      var edge = input.reading(lane)
      if isOpposite { edge = edge.denied }
      guard input.number >= atoms else {
        readersOfAtom[input.number].append(edge)
        continue
      }
      let read = input.number - atoms
      levels[lane] = max(levels[lane], levels[read] + 1)
      let term = NetworkMasks.Term(
        lane: 1 << UInt64(lane & 63), word: read >> 6, read: 1 << UInt64(read & 63),
        sees: MaskRows.View(self.isOpposite[read] ? edge.ofOpposite : edge))
      if let same = own.firstIndex(where: { $0.word == term.word && $0.sees == term.sees }) {
        own[same].read |= term.read
      } else {
        own.append(term)
      }
    }
    for term in own {
      found.append((Place(word: lane >> 6, isOfOwn: term.word == lane >> 6, level: levels[lane]), term))
    }
  }

  /// What lanes read of lanes, and for each word where it begins.
  func terms(
    words: Int
  ) -> (terms: ContiguousArray<NetworkMasks.Term>, firsts: ContiguousArray<(ofEarlier: Int, ofOwn: Int)>) {
    let sorted = found.sorted { $0.place < $1.place }
    var terms = ContiguousArray(sorted.map(\.term))
    for index in terms.indices where sorted[index].place.isOfOwn {
      terms[index].beginsLevel = index == 0 || sorted[index].place != sorted[index - 1].place
    }
    let firsts = (0...words).map { word in
      (
        ofEarlier: sorted.count { $0.place.word < word },
        ofOwn: sorted.count { $0.place.word < word || ($0.place.word == word && !$0.place.isOfOwn) }
      )
    }
    return (terms, ContiguousArray(firsts))
  }
}
