import ClinicalValues

/// A node in two words: equal keys are equal nodes.
struct NodeKey: Equatable, Sendable {
  var first: UInt64
  var second: UInt64

  init(_ tag: UInt8, _ low: UInt32 = 0, _ second: UInt64 = 0) {
    first = UInt64(tag) << 56 | UInt64(low)
    self.second = second
  }

  init(_ tag: UInt8, _ low: UInt32, _ left: UInt32, _ right: UInt32) {
    self.init(tag, low, UInt64(left) << 32 | UInt64(right))
  }

  init(_ tag: UInt8, _ list: Members, _ low: UInt32 = 0) { self.init(tag, low, list.start, list.count) }

  var hash: UInt64 { mixed(first ^ mixed(second)) }
}

private func mixed(_ word: UInt64) -> UInt64 {
  let product = (word ^ (word >> 32)) &* 0x9E37_79B9_7F4A_7C15
  return product ^ (product >> 29)
}

/// Which keys were met, numbered in the order of meeting.
///
/// The builder asks for several nodes of each rule: a dictionary of enumerations took a fifth of its time for hashing.
struct KeyIndex: Sendable {
  private var keys: ContiguousArray<NodeKey> = []
  private var slots = SlotTable()

  mutating func reserve(_ count: Int) {
    keys.reserveCapacity(count)
    slots.reserve(count)
  }

  /// The number of a key; one that was not met before gets the next, and then `isNew` is true.
  mutating func number(_ key: NodeKey) -> (number: Int, isNew: Bool) {
    let hash = key.hash
    let found = slots.find(hash) { keys[$0] == key }
    if let found { return (found, false) }
    keys.append(key)
    slots.insert(keys.count - 1, hash) { keys[$0].hash }
    return (keys.count - 1, true)
  }
}

/// Which lists of numbers were met; the numbers themselves stand in one row, one list behind the other.
struct ListIndex: Sendable {
  private var lists: ContiguousArray<Members> = []
  private var hashes: ContiguousArray<UInt64> = []
  private var slots = SlotTable()

  /// The list with these numbers, which are added to `row` if they were not met before.
  mutating func list<Tag>(_ numbers: [ID<Tag>], in row: inout ContiguousArray<UInt32>) -> Members {
    var hash = UInt64(numbers.count)
    for number in numbers { hash = mixed(hash &+ UInt64(number.raw) &+ 1) }
    let found = slots.find(hash) { place in
      guard hashes[place] == hash, lists[place].count == numbers.count else { return false }
      let start = lists[place].range.lowerBound
      for index in numbers.indices where numbers[index].raw != row[start + index] { return false }
      return true
    }
    if let found { return lists[found] }
    lists.append(
      Members(start: UInt32(truncatingIfNeeded: row.count), count: UInt32(truncatingIfNeeded: numbers.count)))
    hashes.append(hash)
    for number in numbers { row.append(number.raw) }
    slots.insert(lists.count - 1, hash) { hashes[$0] }
    return lists[lists.count - 1]
  }
}

/// Places by hash, with open addresses: half of the slots at least are free.
private struct SlotTable: Sendable {
  /// The number in a slot, counted from 1, and before it the upper half of its hash; 0: it is free.
  ///
  /// Nearly all that is not meant is told apart by the hash alone.
  private var slots: ContiguousArray<UInt64> = []
  private var count = 0

  /// Makes room before anything is there.
  mutating func reserve(_ expected: Int) {
    guard count == 0 else { return }
    var size = 64
    while size < expected * 2 { size *= 2 }
    slots = ContiguousArray(repeating: 0, count: size)
  }

  func find(_ hash: UInt64, _ isMeant: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash >> 32 {
        let number = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if isMeant(number) { return number }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// `hashOf`: of those that were put in earlier.
  mutating func insert(_ number: Int, _ hash: UInt64, _ hashOf: (Int) -> UInt64) {
    count += 1
    if count * 2 > slots.count {
      slots = ContiguousArray(repeating: 0, count: max(64, slots.count * 2))
      for earlier in 0..<number { place(earlier, hashOf(earlier)) }
    }
    place(number, hash)
  }

  private mutating func place(_ number: Int, _ hash: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number + 1)
  }
}

extension ConditionNode {
  var key: NodeKey {
    switch self {
    case .constant(let truth): NodeKey(0, truth.rank)
    case .all(let list): NodeKey(1, list)
    case .any(let list): NodeKey(2, list)
    case .not(let inner): NodeKey(3, inner.raw)
    case .atLeast(let count, let list): NodeKey(4, list, count)
    case .member(let value, let mask): NodeKey(5, value.raw, UInt64(mask.raw))
    case .related(let first, let second, let classes): NodeKey(6, first.raw, second.raw, classes.raw)
    case .compare(let first, let comparator, let second): NodeKey(7, first.raw, second.raw, comparator.rank)
    case .settled(let test, let subject):
      switch subject {
      case .value(let value): NodeKey(8, value.raw, test.rank, 0)
      case .set(let slot): NodeKey(8, slot.raw, test.rank, 1)
      case .series(let slot): NodeKey(8, slot.raw, test.rank, 2)
      case .collection(let slot): NodeKey(8, slot.raw, test.rank, 3)
      }
    case .certainly(let inner): NodeKey(9, inner.raw)
    case .includes(let slot, let mask): NodeKey(10, slot.raw, UInt64(mask.raw))
    case .includesValue(let slot, let value, let classes): NodeKey(11, slot.raw, value.raw, classes.raw)
    case .exists(let rows): NodeKey(12, rows.raw)
    case .anyPoint(let slot, let window, let inner): NodeKey(13, slot.raw, window.rawOrNone(), inner.raw)
    case .applies(let list): NodeKey(14, list)
    case .concluded(let pattern): NodeKey(15, pattern.raw)
    }
  }
}

extension ValueNode {
  var key: NodeKey {
    switch self {
    case .constant(let estimate): NodeKey(0, estimate.raw)
    case .today: NodeKey(1)
    case .fact(let slot, let definition): NodeKey(2, slot.raw, UInt64(definition.rawOrNone()))
    case .definition(let definition): NodeKey(3, definition.raw)
    case .field(let variable, let column): NodeKey(4, UInt32(variable), UInt64(column))
    case .currentPoint: NodeKey(5)
    case .point(let pick, let slot, let window): NodeKey(6, slot.raw, window.rawOrNone(), pick.rank)
    case .dateOf(let pick, let slot, let window): NodeKey(7, slot.raw, window.rawOrNone(), pick.rank)
    case .change(let relative, let slot, let window): NodeKey(8, slot.raw, window.raw, relative ? 1 : 0)
    case .aggregate(let aggregate, let rows, let column):
      NodeKey(9, rows.raw, UInt32(column), aggregate.rank)
    case .countRows(let rows): NodeKey(10, rows.raw)
    case .countPoints(let slot, let window): NodeKey(11, slot.raw, UInt64(window.rawOrNone()))
    case .add(let first, let second): NodeKey(12, first.raw, UInt64(second.raw))
    case .subtract(let first, let second): NodeKey(13, first.raw, UInt64(second.raw))
    case .multiply(let first, let second): NodeKey(14, first.raw, UInt64(second.raw))
    case .divide(let first, let second): NodeKey(15, first.raw, UInt64(second.raw))
    case .least(let list): NodeKey(16, list)
    case .greatest(let list): NodeKey(17, list)
    case .round(let value, let step): NodeKey(18, value.raw, UInt64(step.raw))
    case .text(let template, let parts): NodeKey(19, parts, template)
    case .translated(let value, let table): NodeKey(20, value.raw, UInt64(table.raw))
    }
  }
}

extension Optional {
  /// A number that no id has stands for none.
  fileprivate func rawOrNone<Tag>() -> UInt32 where Wrapped == ID<Tag> { map(\.raw) ?? .max }
}

extension Truth {
  fileprivate var rank: UInt32 {
    switch self {
    case .no: 0
    case .unknown: 1
    case .yes: 2
    }
  }
}

extension Comparator {
  fileprivate var rank: UInt32 {
    switch self {
    case .less: 0
    case .lessOrEqual: 1
    case .greater: 2
    case .greaterOrEqual: 3
    case .equal: 4
    case .notEqual: 5
    }
  }
}

extension SettledTest {
  fileprivate var rank: UInt32 {
    switch self {
    case .known: 0
    case .unknown: 1
    case .none: 2
    }
  }
}

extension PointPick {
  fileprivate var rank: UInt32 {
    switch self {
    case .latest: 0
    case .earliest: 1
    case .highest: 2
    case .lowest: 3
    }
  }
}

extension Aggregate {
  fileprivate var rank: UInt32 {
    switch self {
    case .only: 0
    case .lookUp: 1
    case .total: 2
    case .highest: 3
    case .lowest: 4
    }
  }
}
