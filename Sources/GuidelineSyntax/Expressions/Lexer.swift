/// Splits a line into tokens: blanks separate them, a unit follows its number.
///
/// The lexer never fails: what is no token becomes a `broken` token, which is reported when the parser comes to it.
struct Lexer {
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [Token] = []

  /// The tokens of a line, the last of them `end`.
  static func tokens(of bytes: [UInt8]) -> [Token] {
    var lexer = Lexer(bytes: bytes)
    lexer.run()
    return lexer.tokens
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    // As many as most lines have.
    tokens.reserveCapacity(8)
  }

  private mutating func run() {
    while true {
      skipBlanks()
      guard position < bytes.count else { break }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        quoted()
      } else if Self.isBracket(byte) {
        append(.sign, position..<position + 1, WordTable.shared.keyword(CollectionOfOne(byte)))
      } else {
        word()
      }
    }
    append(.end, bytes.count..<bytes.count)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  private mutating func append(_ kind: Token.Kind, _ range: Range<Int>, _ keyword: Keyword? = nil) {
    tokens.append(Token(kind, range, keyword: keyword))
    position = range.upperBound
  }

  private mutating func quoted() {
    let start = position
    guard let close = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "\"")) else {
      return append(.broken, start..<bytes.count)
    }
    append(.quoted, start..<close + 1)
  }

  /// The bytes up to the next blank, bracket, comma or quote; each is looked at once.
  private mutating func word() {
    let start = position
    var end = start
    var packed = PackedWord()
    var form = NameForm.Scan()
    var all: UInt8 = 0
    while end < bytes.count {
      let byte = bytes[end]
      if end > start, Self.isBlank(byte) || Self.isBracket(byte) || byte == UInt8(ascii: "\"") { break }
      packed.add(byte)
      form.add(byte, to: .snake)
      all |= byte
      end += 1
    }
    let range = start..<end
    switch all < 0x80 ? WordTable.shared.find(packed) : Self.find(bytes[range]) {
    case .keyword(let keyword) where keyword.isSign: append(.sign, range, keyword)
    case .keyword(let keyword):
      append(.word, range, keyword)
      tokens[tokens.count - 1].isName = !keyword.isReserved
    case .foreign, .join: append(.broken, range)
    case .other:
      if !form.fits, Self.startsNumber(bytes[range]) { return number(range) }
      append(.word, range)
      tokens[tokens.count - 1].isName = form.fits
    }
  }

  /// Letters beyond ASCII may be written in several ways: these words are compared as texts.
  private static func find(_ word: ArraySlice<UInt8>) -> Keyword.Class {
    guard word.contains(where: { $0 >= 0x80 }) else { return WordTable.shared.find(word) }
    let text = String(decoding: word, as: UTF8.self)
    if Words.foreignOperators[text] != nil { return .foreign }
    return Words.foreignJoins.contains(text) ? .join : .other
  }

  private mutating func number(_ range: Range<Int>) {
    if isDate(bytes[range]) {
      append(.date, range)
    } else if isNumber(bytes[range]) {
      append(.number, range)
      unit()
    } else {
      append(.broken, range)
    }
  }

  /// The word behind a number is its unit, unless the grammar keeps it.
  private mutating func unit() {
    skipBlanks()
    guard position < bytes.count, Self.mayStartUnit(bytes, position) else { return }
    let range = unitRun(from: position)
    guard !range.isEmpty else { return }
    switch Self.find(bytes[range]) {
    case .foreign, .join: return
    case .keyword(let keyword) where keyword.isReserved || keyword.isSign: return
    case .keyword, .other: append(.unit, range)
    }
  }

  /// Units hold brackets of their own, as in `mm[Hg]`; a bracket that closes what the unit did not open ends it.
  private func unitRun(from start: Int) -> Range<Int> {
    var end = start
    var open = 0
    scan: while end < bytes.count, !Self.isBlank(bytes[end]) {
      switch bytes[end] {
      case UInt8(ascii: "("), UInt8(ascii: "["):
        open += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        guard open > 0 else { break scan }
        open -= 1
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "|"):
        break scan
      default:
        break
      }
      end += 1
    }
    return start..<end
  }

  private static func mayStartUnit(_ bytes: [UInt8], _ position: Int) -> Bool {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "%"),
      UInt8(ascii: "["), UInt8(ascii: "{"), 0x80...:
      return true
    case UInt8(ascii: "1"):
      return bytes[position...].starts(with: "10*".utf8) || bytes[position...].starts(with: "10^".utf8)
    default:
      return false
    }
  }

  private static func startsNumber(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first else { return false }
    if isDigit(first) { return true }
    guard first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ".") else { return false }
    return word.dropFirst().first.map { isDigit($0) || $0 == UInt8(ascii: ".") } ?? false
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (byte >= 0x09 && byte <= 0x0D)
  }

  private static func isBracket(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","): true
    default: false
    }
  }
}

/// Whether the byte is one of `0` … `9`.
func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

/// Whether the text is a number as the grammar writes it: `12`, `-0.5`.
func isNumber(_ text: String) -> Bool { isNumber(Array(text.utf8)[...]) }

func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
  let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
  let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.endIndex
  guard point > digits.startIndex, digits[..<point].allSatisfy(isDigit) else { return false }
  guard point < digits.endIndex else { return true }
  return point + 1 < digits.endIndex && digits[(point + 1)...].allSatisfy(isDigit)
}

/// Whether the text has the form of a date, `2026-06-01`.
func isDate(_ text: String) -> Bool { isDate(Array(text.utf8)[...]) }

func isDate(_ text: ArraySlice<UInt8>) -> Bool {
  guard text.count == 10 else { return false }
  return zip(0..., text).allSatisfy { place, byte in
    place == 4 || place == 7 ? byte == UInt8(ascii: "-") : isDigit(byte)
  }
}
