/// A set of terms of one group, each named by its place in the group.
///
/// Groups of up to 64 terms, which is nearly all, live in one word, and so does any single term; further words are an
/// array that otherwise stays empty and costs no memory.
public struct TermSet: Hashable, Sendable {
  /// The place of `first` among the words of the group.
  private var base = 0
  private var first: UInt64 = 0
  // INVARIANT: `first` and the last word are not 0, and of the empty set `base` is 0: equal sets have equal fields.
  private var further: [UInt64] = []

  public init() {}

  /// The set of one term.
  public init(_ index: Int) {
    insert(index)
  }

  /// The set of all terms of a group with that many.
  public init(allOf count: Int) {
    precondition(count >= 0, "a group has no negative number of terms")
    guard count > 64 else {
      first = Self.low(count)
      return
    }
    first = .max
    further = Array(repeating: .max, count: count / 64 - 1)
    if count % 64 != 0 { further.append(Self.low(count % 64)) }
  }

  public init(_ indices: some Sequence<Int>) {
    for index in indices { insert(index) }
  }

  /// The set of these bits, the first 64 terms first; the last of several words is not 0.
  init(bits words: [UInt64]) {
    guard let start = words.firstIndex(where: { $0 != 0 }) else { return }
    base = start
    first = words[start]
    further = Array(words[(start + 1)...])
  }

  /// Its bits, the first 64 terms first.
  var bits: [UInt64] { Array(repeating: 0, count: base) + [first] + further }

  /// The set as bits, if every term is one of the first 64.
  public var word: UInt64? { further.isEmpty && base == 0 ? first : nil }

  public var isEmpty: Bool { first == 0 }

  public var count: Int {
    further.reduce(first.nonzeroBitCount) { $0 + $1.nonzeroBitCount }
  }

  public func contains(_ index: Int) -> Bool {
    guard index >= 0 else { return false }
    return word(index / 64) & Self.bit(index) != 0
  }

  public mutating func insert(_ index: Int) {
    precondition(index >= 0, "a term's place in its group is not negative")
    add(Self.bit(index), at: index / 64)
  }

  /// Adds the terms of a word that has some.
  private mutating func add(_ bits: UInt64, at place: Int) {
    if isEmpty { base = place }
    guard place >= base else {
      further = Array(repeating: 0, count: base - place - 1) + [first] + further
      (base, first) = (place, bits)
      return
    }
    guard place > base else {
      first |= bits
      return
    }
    while further.count < place - base { further.append(0) }
    further[place - base - 1] |= bits
  }

  public func union(_ other: TermSet) -> TermSet {
    if isEmpty { return other }
    var result = self
    for place in other.places where other.word(place) != 0 { result.add(other.word(place), at: place) }
    return result
  }

  /// Whether the two have a term in common.
  public func intersects(_ other: TermSet) -> Bool {
    places.contains { word($0) & other.word($0) != 0 }
  }

  public func isSubset(of other: TermSet) -> Bool {
    places.allSatisfy { word($0) & ~other.word($0) == 0 }
  }

  /// The term, if it is the only one.
  public var single: Int? { further.isEmpty && first.nonzeroBitCount == 1 ? lowest : nil }

  /// The first term in the order of the group.
  public var lowest: Int? { isEmpty ? nil : base * 64 + first.trailingZeroBitCount }

  /// The last term in the order of the group.
  public var highest: Int? {
    isEmpty ? nil : (base + further.count) * 64 + 63 - (further.last ?? first).leadingZeroBitCount
  }

  /// The terms in the order of the group.
  public var indices: Indices { Indices(self) }

  /// The terms of a set, one after the other.
  public struct Indices: Sequence, IteratorProtocol, Sendable {
    private let set: TermSet
    private var place: Int
    /// What is left of the word at that place.
    private var bits: UInt64

    fileprivate init(_ set: TermSet) {
      self.set = set
      place = set.base
      bits = set.first
    }

    public mutating func next() -> Int? {
      while bits == 0 {
        place += 1
        guard place < set.places.upperBound else { return nil }
        bits = set.word(place)
      }
      defer { bits &= bits &- 1 }
      return place * 64 + bits.trailingZeroBitCount
    }
  }

  private var places: Range<Int> { base..<(base + 1 + further.count) }

  private func word(_ place: Int) -> UInt64 {
    if place == base { return first }
    return places.contains(place) ? further[place - base - 1] : 0
  }

  private static func bit(_ index: Int) -> UInt64 { 1 << UInt64(index % 64) }

  /// The lowest bits set, 0 to 64 of them.
  private static func low(_ count: Int) -> UInt64 { count == 64 ? .max : (1 << UInt64(count)) - 1 }
}
