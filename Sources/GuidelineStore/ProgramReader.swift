internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel

/// Reads stored values from bytes, and believes none of them.
///
/// Each number is checked against the bytes that are left, each index against the table that it points into.
struct ProgramReader: Sendable {
  private let bytes: [UInt8]
  private var position: Int
  let end: Int
  /// How many entries each table has, by `StoredTable`.
  var limits = [Int](repeating: 0, count: StoredTable.count)
  /// What others refer to by number.
  var strings: [String] = []
  var units: [Unit] = []
  var citations: [[ResolvedCitation]] = []
  /// Conditions, values and traces that others are made of; each is made of those before it.
  var conditions = Parts<Condition>()
  var values = Parts<Value>()
  var traces = Parts<ConditionTrace>()
  /// How large what is being read has become.
  var size = PartSize()

  init(_ bytes: [UInt8], from start: Int, to end: Int) {
    self.bytes = bytes
    position = start
    self.end = end
  }

  /// The same tables, in another part of the file.
  func at(_ range: Range<Int>) -> ProgramReader {
    var other = ProgramReader(bytes, from: range.lowerBound, to: range.upperBound)
    other.limits = limits
    other.strings = strings
    other.units = units
    return other
  }

  var offset: Int { position }
  var isAtEnd: Bool { position == end }

  func damage(_ what: String) -> Damage { Damage(offset: position, what: what) }

  /// The next byte.
  @inline(__always)
  mutating func byte() throws(Damage) -> UInt8 {
    guard position < end else { throw damage("it ends too early") }
    let byte = bytes[position]
    position += 1
    return byte
  }

  /// Seven bits a byte, the lowest first; the highest bit says that more follow.
  @inline(__always)
  mutating func word() throws(Damage) -> UInt64 {
    let first = try byte()
    if first < 0x80 { return UInt64(first) }
    return try longWord(first)
  }

  private mutating func longWord(_ first: UInt8) throws(Damage) -> UInt64 {
    var word = UInt64(first & 0x7F)
    var shift: UInt64 = 7
    while true {
      let next = try byte()
      guard shift < 63 || next <= 1 else { throw damage("a number is too large") }
      word |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return word }
      shift += 7
    }
  }

  /// A number from 0 to one below the limit.
  @inline(__always)
  mutating func number(below limit: Int) throws(Damage) -> Int {
    let word = try word()
    guard word < UInt64(truncatingIfNeeded: max(limit, 0)) else { throw damage("a number is out of its range") }
    return Int(truncatingIfNeeded: word)
  }

  mutating func number() throws(Damage) -> Int { try number(below: 1 << 31) }

  /// How many follow, each of which takes at least a byte.
  @inline(__always)
  mutating func count() throws(Damage) -> Int {
    let word = try word()
    guard word <= UInt64(truncatingIfNeeded: end - position) else {
      throw damage("more is said to follow than there is")
    }
    return Int(truncatingIfNeeded: word)
  }

  mutating func text(ofLength count: Int) throws(Damage) -> String {
    guard count <= end - position else { throw damage("it ends too early") }
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }

  mutating func string() throws(Damage) -> String { strings[try number(below: strings.count)] }
}

/// The tables that ids point into.
enum StoredTable: Int, CaseIterable {
  case groups, facts, records, kinds, documents, definitions, tables, rules
  case conditionNodes, valueNodes, estimates, masks, classes, translations, windows, rows, patterns, definitionNodes
  case ruleNodes, places, relations, scalarSlots, setSlots, seriesSlots, collectionSlots, components, members, texts
  case quotations

  static let count = allCases.count
}
