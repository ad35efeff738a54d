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

/// The words of the grammar and of other notations by their first byte: each word of each line is looked up here.
struct WordTable {
  private struct Row {
    var bytes: [UInt8]
    var found: Keyword.Class
    var isReserved: Bool
  }

  private var rows: [Row] = []
  /// Where the rows of a first byte begin; there is one entry more than bytes.
  private var starts: [Int] = []

  static let shared = WordTable()

  private init() {
    var all: [Row] = Keyword.allCases.map { keyword in
      Row(bytes: Array(keyword.rawValue.utf8), found: .keyword(keyword), isReserved: keyword.isReserved)
    }
    all += Words.foreignOperators.keys.map { Row(bytes: Array($0.utf8), found: .foreign, isReserved: false) }
    for word in Words.foreignJoins where Words.foreignOperators[word] == nil {
      all.append(Row(bytes: Array(word.utf8), found: .join, isReserved: false))
    }
    for byte in UInt8.min...UInt8.max {
      starts.append(rows.count)
      rows += all.filter { $0.bytes.first == byte }
    }
    starts.append(rows.count)
  }

  private func row(_ word: some Collection<UInt8>) -> Int? {
    guard let first = word.first else { return nil }
    let count = word.count
    for index in starts[Int(first)]..<starts[Int(first) + 1]
    where rows[index].bytes.count == count && rows[index].bytes.elementsEqual(word) {
      return index
    }
    return nil
  }

  func find(_ word: some Collection<UInt8>) -> Keyword.Class { row(word).map { rows[$0].found } ?? .other }

  func keyword(_ word: some Collection<UInt8>) -> Keyword? {
    guard case .keyword(let keyword) = find(word) else { return nil }
    return keyword
  }

  /// Whether the grammar keeps the word for itself.
  func isReserved(_ word: some Collection<UInt8>) -> Bool { row(word).map { rows[$0].isReserved } ?? false }

  /// Whether a field of a record or conclusion may be called so, though the grammar keeps the word.
  func mayBeField(_ word: some Collection<UInt8>) -> Bool {
    switch keyword(word) {
    case .to, .over, .before: true
    default: false
    }
  }
}
