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
  }

  private mutating func run() {
    while true {
      skipBlanks()
      guard position < bytes.count else { break }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        quoted()
      } else if Self.isBracket(byte) {
        append(.sign, position..<position + 1)
      } else {
        word()
      }
    }
    append(.end, bytes.count..<bytes.count)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  private mutating func append(_ kind: Token.Kind, _ range: Range<Int>) {
    tokens.append(Token(kind: kind, text: text(range), range: range))
    position = range.upperBound
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func quoted() {
    let start = position
    guard let close = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "\"")) else {
      let range = start..<bytes.count
      append(
        .broken(
          Fault(
            .conditionNotUnderstood, "this quoted text is never closed",
            help: "write the closing `\"` at the end of the text", at: range)), range)
      return
    }
    tokens.append(Token(kind: .quoted, text: text(start + 1..<close), range: start..<close + 1))
    position = close + 1
  }

  private mutating func word() {
    let range = run(from: position)
    let word = text(range)
    if Words.signs.contains(word) {
      append(.sign, range)
    } else if let instead = Words.foreignOperators[word] {
      append(.broken(.foreign(word, instead, range)), range)
    } else if Words.foreignJoins.contains(word) {
      append(.broken(.join(word, range)), range)
    } else if Self.startsNumber(bytes[range]) {
      number(range, word)
    } else {
      append(.word, range)
    }
  }

  /// The bytes up to the next blank, bracket, comma or quote.
  private func run(from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, !Self.isBlank(bytes[end]), !Self.isBracket(bytes[end]), bytes[end] != UInt8(ascii: "\"") {
      end += 1
    }
    return start..<max(end, start + 1)
  }

  private mutating func number(_ range: Range<Int>, _ word: String) {
    if isDate(word) {
      append(.date, range)
    } else if isNumber(word) {
      append(.number, range)
      unit()
    } else {
      append(.broken(.number(word, range)), range)
    }
  }

  /// The word behind a number is its unit, unless the grammar keeps it.
  private mutating func unit() {
    skipBlanks()
    guard position < bytes.count, Self.mayStartUnit(bytes, position) else { return }
    let range = unitRun(from: position)
    let word = text(range)
    guard !range.isEmpty, !Words.reserved.contains(word), !Words.signs.contains(word),
      Words.foreignOperators[word] == nil, !Words.foreignJoins.contains(word)
    else { return }
    append(.unit, range)
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
func isNumber(_ text: String) -> Bool {
  var digits = Array(text.utf8)[...]
  if digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
  let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return (parts.count == 1 || parts.count == 2) && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
}

/// Whether the text has the form of a date, `2026-06-01`.
func isDate(_ text: String) -> Bool {
  let parts = Array(text.utf8).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2 else { return false }
  return parts.allSatisfy { $0.allSatisfy(isDigit) }
}
