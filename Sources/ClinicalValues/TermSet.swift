/// A set of terms of one group, each named by its place in the group.
///
/// Groups of up to 64 terms, which is nearly all, live in one word; further words are an array that otherwise stays
/// empty and costs no memory.
public struct TermSet: Hashable, Sendable {
  private var first: UInt64 = 0
  // INVARIANT: the last word is not 0, so that equal sets have equal fields.
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

  init(first: UInt64, further: [UInt64]) {
    self.first = first
    self.further = further
  }

  var low64: UInt64 { first }
  var furtherWords: [UInt64] { further }

  /// The set as bits, if every term is one of the first 64.
  public var word: UInt64? { further.isEmpty ? first : nil }

  public var isEmpty: Bool { first == 0 && further.isEmpty }

  public var count: Int {
    further.reduce(first.nonzeroBitCount) { $0 + $1.nonzeroBitCount }
  }

  public func contains(_ index: Int) -> Bool {
    guard index >= 0 else { return false }
    return word(index / 64) & Self.bit(index) != 0
  }

  public mutating func insert(_ index: Int) {
    precondition(index >= 0, "a term's place in its group is not negative")
    guard index >= 64 else {
      first |= Self.bit(index)
      return
    }
    while further.count < index / 64 { further.append(0) }
    further[index / 64 - 1] |= Self.bit(index)
  }

  public func union(_ other: TermSet) -> TermSet {
    var result = self
    result.first |= other.first
    for (place, bits) in other.further.enumerated() {
      if place < result.further.count { result.further[place] |= bits } else { result.further.append(bits) }
    }
    return result
  }

  /// Whether the two have a term in common.
  public func intersects(_ other: TermSet) -> Bool {
    if first & other.first != 0 { return true }
    return zip(further, other.further).contains { $0 & $1 != 0 }
  }

  public func isSubset(of other: TermSet) -> Bool {
    guard first & ~other.first == 0, further.count <= other.further.count else { return false }
    return zip(further, other.further).allSatisfy { $0 & ~$1 == 0 }
  }

  /// The term, if it is the only one.
  public var single: Int? { count == 1 ? lowest : nil }

  /// The first term in the order of the group.
  public var lowest: Int? {
    for place in 0...further.count where word(place) != 0 {
      return place * 64 + word(place).trailingZeroBitCount
    }
    return nil
  }

  /// The last term in the order of the group.
  public var highest: Int? {
    guard let last = further.last else { return first == 0 ? nil : 63 - first.leadingZeroBitCount }
    return further.count * 64 + 63 - last.leadingZeroBitCount
  }

  /// The terms in the order of the group.
  public var indices: Indices { Indices(words: [first] + further) }

  /// The terms of a set, one after the other.
  public struct Indices: Sequence, IteratorProtocol, Sendable {
    fileprivate var words: [UInt64]
    private var place = 0

    fileprivate init(words: [UInt64]) {
      self.words = words
    }

    public mutating func next() -> Int? {
      while place < words.count {
        let bits = words[place]
        if bits != 0 {
          words[place] = bits & (bits &- 1)
          return place * 64 + bits.trailingZeroBitCount
        }
        place += 1
      }
      return nil
    }
  }

  private func word(_ place: Int) -> UInt64 {
    if place == 0 { return first }
    return place <= further.count ? further[place - 1] : 0
  }

  private static func bit(_ index: Int) -> UInt64 { 1 << UInt64(index % 64) }

  /// The lowest bits set, 0 to 64 of them.
  private static func low(_ count: Int) -> UInt64 { count == 64 ? .max : (1 << UInt64(count)) - 1 }
}
