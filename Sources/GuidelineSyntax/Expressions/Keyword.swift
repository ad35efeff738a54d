/// A word or sign that the grammar knows, found once when a line is taken apart.
enum Keyword: String, CaseIterable {
  case after, all, and, any, before, between, change, concluded, count, date, earlier, earliest, exists, from, highest
  case `if`, `in`, includes, `is`, known, later, latest, lowest, max, min, no, none, not, of, older, only, or, over
  case relative, round, rule, since, than, to, today, total, unknown, `where`, within
  // Not reserved: they mean something in one place only.
  case applies, be

  case plus = "+"
  case minus = "-"
  case times = "*"
  case slash = "/"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case bar = "|"
  case dots = ".."
  case open = "("
  case close = ")"
  case openList = "["
  case closeList = "]"
  case comma = ","

  /// What a word is to the lexer.
  enum Class {
    case keyword(Keyword)
    /// An operator of another notation.
    case foreign
    /// A sign that joins conditions elsewhere.
    case join
    case other
  }

  /// Never a fact, term, definition, variable or unit.
  var isReserved: Bool {
    switch self {
    case .applies, .be, .open, .close, .openList, .closeList, .comma: false
    default: !isSign
    }
  }

  /// Whether it is a sign that stands alone between blanks.
  var isSign: Bool {
    switch self {
    case .plus, .minus, .times, .slash, .less, .lessOrEqual, .greater, .greaterOrEqual, .bar, .dots: true
    default: false
    }
  }
}

/// A word of at most 15 bytes and its length in two words of the machine: equal ones are equal words.
struct PackedWord: Equatable {
  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0
  private(set) var count: UInt64 = 0

  init() {}

  init(_ bytes: some Collection<UInt8>) { for byte in bytes { add(byte) } }

  mutating func add(_ byte: UInt8) {
    high = high << 8 | low >> 56
    low = low << 8 | UInt64(byte)
    count &+= 1
  }

  /// It is no longer than what fits.
  var isWhole: Bool { count <= 15 }
}

/// The words of the grammar and of other notations: each word of each line is looked up here.
///
/// All of them are short enough to be packed.
struct WordTable {
  private struct Row {
    var word: PackedWord
    var found: Keyword.Class
    var isReserved: Bool
  }

  private var rows: ContiguousArray<Row> = []
  /// For each hash the row that is meant, counted from 1, or else the next; 0: none.
  private var slots = ContiguousArray<UInt8>(repeating: 0, count: 1024)

  static let shared = WordTable()

  private init() {
    for keyword in Keyword.allCases {
      add(keyword.rawValue, .keyword(keyword), isReserved: keyword.isReserved)
    }
    for word in Words.foreignOperators.keys { add(word, .foreign) }
    for word in Words.foreignJoins where Words.foreignOperators[word] == nil { add(word, .join) }
  }

  private mutating func add(_ word: String, _ found: Keyword.Class, isReserved: Bool = false) {
    let packed = PackedWord(word.utf8)
    rows.append(Row(word: packed, found: found, isReserved: isReserved))
    var slot = Self.slot(packed)
    while slots[slot] != 0 { slot = (slot + 1) & 1023 }
    slots[slot] = UInt8(truncatingIfNeeded: rows.count)
  }

  private static func slot(_ word: PackedWord) -> Int {
    Int(truncatingIfNeeded: ((word.low ^ word.high &* 31) &* 0x9E37_79B9_7F4A_7C15) >> 54)
  }

  private func row(_ word: PackedWord) -> Row? {
    guard word.isWhole else { return nil }
    var slot = Self.slot(word)
    while slots[slot] != 0 {
      let row = rows[Int(slots[slot]) - 1]
      if row.word == word { return row }
      slot = (slot + 1) & 1023
    }
    return nil
  }

  func find(_ word: PackedWord) -> Keyword.Class { row(word)?.found ?? .other }

  func find(_ word: some Collection<UInt8>) -> Keyword.Class { find(PackedWord(word)) }

  func keyword(_ word: some Collection<UInt8>) -> Keyword? {
    guard case .keyword(let keyword) = find(word) else { return nil }
    return keyword
  }

  /// Whether the grammar keeps the word for itself.
  func isReserved(_ word: some Collection<UInt8>) -> Bool { row(PackedWord(word))?.isReserved ?? false }

  /// Whether a field of a record or conclusion may be called so, though the grammar keeps the word.
  func mayBeField(_ word: some Collection<UInt8>) -> Bool {
    switch keyword(word) {
    case .to, .over, .before: true
    default: false
    }
  }
}
