/// Numbers that wait for their turn, taken out in ascending order.
///
/// A bit each, and above them a bit for each word that is not empty: finding the next costs what waits, not what there is.
struct Agenda: Sendable {
  private var words: ContiguousArray<UInt64>
  private var summary: ContiguousArray<UInt64>

  init(count: Int) {
    words = ContiguousArray(repeating: 0, count: count / 64 + 1)
    summary = ContiguousArray(repeating: 0, count: words.count / 64 + 1)
  }

  mutating func insert(_ number: Int) {
    words[number >> 6] |= 1 << UInt64(number & 63)
    summary[number >> 12] |= 1 << UInt64((number >> 6) & 63)
  }

  /// Takes out the least number.
  ///
  /// `cursor`: a place in the summary before which nothing waits any more; the caller begins with 0.
  mutating func popFirst(_ cursor: inout Int) -> Int? {
    while cursor < summary.count {
      let group = summary[cursor]
      guard group != 0 else {
        cursor += 1
        continue
      }
      let word = cursor << 6 | group.trailingZeroBitCount
      let bits = words[word]
      let rest = bits & (bits &- 1)
      words[word] = rest
      if rest == 0 { summary[cursor] = group & (group &- 1) }
      return word << 6 | bits.trailingZeroBitCount
    }
    return nil
  }
}

/// A set of numbers below a limit: everything but making it takes the same time however large the limit is.
struct NumberSet: Sendable {
  private(set) var members: ContiguousArray<UInt32> = []
  private var positions: ContiguousArray<UInt32>

  private static let absent = UInt32.max

  init(below limit: Int) { positions = ContiguousArray(repeating: Self.absent, count: limit) }

  var isEmpty: Bool { members.isEmpty }

  func contains(_ number: Int) -> Bool { positions[number] != Self.absent }

  mutating func insert(_ number: Int) {
    guard positions[number] == Self.absent else { return }
    positions[number] = UInt32(truncatingIfNeeded: members.count)
    members.append(UInt32(truncatingIfNeeded: number))
  }

  mutating func remove(_ number: Int) {
    let position = positions[number]
    guard position != Self.absent, let last = members.last else { return }
    members[Int(position)] = last
    positions[Int(last)] = position
    members.removeLast()
    positions[number] = Self.absent
  }

  mutating func set(_ number: Int, isMember: Bool) {
    if isMember { insert(number) } else { remove(number) }
  }

  mutating func removeAll() {
    for member in members { positions[Int(member)] = Self.absent }
    members.removeAll(keepingCapacity: true)
  }
}
