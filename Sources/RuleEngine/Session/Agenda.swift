/// Numbers that wait for their turn, taken out in ascending order.
///
/// A bit each, and above them a bit for each word that is not empty: finding the next costs what waits, not what there is.
struct Agenda: Sendable {
  /// First the bits for words, then the words.
  var bits: ContiguousArray<UInt64>
  let firstWord: Int

  init(count: Int) {
    let words = count / 64 + 1
    firstWord = words / 64 + 1
    bits = ContiguousArray(repeating: 0, count: firstWord + words)
  }

  mutating func insert(_ number: Int) {
    let firstWord = firstWord
    var bits = bits.mutableSpan
    Self.insert(number, &bits, firstWord)
  }

  /// Adds what stands in the lists of some numbers.
  mutating func insert(_ lists: FlatLists, of numbers: NumberSet) {
    let firstWord = firstWord
    var bits = bits.mutableSpan
    for place in 0..<numbers.count {
      for item in lists.range(numbers[place]) { Self.insert(lists[item], &bits, firstWord) }
    }
  }

  /// Takes out the least number.
  ///
  /// `cursor`: a group of words before which nothing waits any more; the caller begins with 0.
  mutating func popFirst(_ cursor: inout Int) -> Int? {
    let firstWord = firstWord
    var bits = bits.mutableSpan
    return Self.popFirst(&cursor, &bits, firstWord)
  }

  @inline(__always)
  static func insert(_ number: Int, _ bits: inout MutableSpan<UInt64>, _ firstWord: Int) {
    bits[firstWord &+ number >> 6] |= 1 << UInt64(number & 63)
    bits[number >> 12] |= 1 << UInt64((number >> 6) & 63)
  }

  @inline(__always)
  static func popFirst(_ cursor: inout Int, _ bits: inout MutableSpan<UInt64>, _ firstWord: Int) -> Int? {
    while cursor < firstWord {
      let group = bits[cursor]
      guard group != 0 else {
        cursor += 1
        continue
      }
      let word = cursor << 6 | group.trailingZeroBitCount
      let waiting = bits[firstWord + word]
      let rest = waiting & (waiting &- 1)
      bits[firstWord + word] = rest
      if rest == 0 { bits[cursor] = group & (group &- 1) }
      return word << 6 | waiting.trailingZeroBitCount
    }
    return nil
  }
}

/// A set of numbers below a limit: everything but making it takes the same time however large the limit is.
struct NumberSet: Sendable {
  var count = 0
  let limit: Int
  /// First the members, `count` of them and in no order; from `limit` on for each number its place among them.
  var storage: ContiguousArray<UInt32>

  private static let absent = UInt32.max

  init(below limit: Int) {
    self.limit = limit
    storage = ContiguousArray(repeating: Self.absent, count: 2 * limit)
  }

  var isEmpty: Bool { count == 0 }

  /// A member by its place, below `count`.
  @inline(__always)
  subscript(place: Int) -> Int { Int(storage[place]) }

  var members: ContiguousArray<UInt32> { ContiguousArray(storage[..<count]) }

  @inline(__always)
  func contains(_ number: Int) -> Bool { storage[limit + number] != Self.absent }

  mutating func insert(_ number: Int) { Self.insert(number, limit, &storage, &count) }

  mutating func set(_ number: Int, isMember: Bool) {
    if isMember { insert(number) } else { Self.remove(number, limit, &storage, &count) }
  }

  mutating func removeAll() { Self.removeAll(limit, &storage, &count) }

  private static func insert(
    _ number: Int, _ limit: Int, _ storage: inout ContiguousArray<UInt32>, _ count: inout Int
  ) {
    var members = storage.mutableSpan
    insert(number, limit, &members, &count)
  }

  private static func remove(
    _ number: Int, _ limit: Int, _ storage: inout ContiguousArray<UInt32>, _ count: inout Int
  ) {
    var members = storage.mutableSpan
    remove(number, limit, &members, &count)
  }

  private static func removeAll(_ limit: Int, _ storage: inout ContiguousArray<UInt32>, _ count: inout Int) {
    var members = storage.mutableSpan
    for place in 0..<count { members[limit + Int(members[place])] = absent }
    count = 0
  }

  @inline(__always)
  static func insert(_ number: Int, _ limit: Int, _ members: inout MutableSpan<UInt32>, _ count: inout Int) {
    guard members[limit + number] == absent else { return }
    members[limit + number] = UInt32(truncatingIfNeeded: count)
    members[count] = UInt32(truncatingIfNeeded: number)
    count += 1
  }

  @inline(__always)
  static func remove(_ number: Int, _ limit: Int, _ members: inout MutableSpan<UInt32>, _ count: inout Int) {
    let place = members[limit + number]
    guard place != absent else { return }
    count -= 1
    let last = members[count]
    members[Int(place)] = last
    members[limit + Int(last)] = place
    members[limit + number] = absent
  }
}
