// What is said about a word that is no token of the language.

extension Fault {
  /// Why a broken token of a line is none.
  static func of(_ token: Token, in line: [UInt8]) -> Fault {
    guard line[token.range].first != UInt8(ascii: "\"") else {
      return Fault(
        .conditionNotUnderstood, "this quoted text is never closed",
        help: "write the closing `\"` at the end of the text", at: token.range)
    }
    let word = token.text(in: line)
    if let instead = Words.foreignOperators[word] { return .foreign(word, instead, token.range) }
    return Words.foreignJoins.contains(word) ? .join(word, token.range) : .number(word, token.range)
  }

  /// An operator of another notation.
  static func foreign(_ word: String, _ instead: String, _ range: Range<Int>) -> Fault {
    Fault(.foreignOperator, "`\(word)` is not a word of this language", help: "write `\(instead)`", at: range)
  }

  /// A sign that joins conditions elsewhere.
  static func join(_ word: String, _ range: Range<Int>) -> Fault {
    let group = word == "||" || word == "OR" ? "under `any:`" : "as an item of the list"
    return Fault(
      .foreignOperator, "`\(word)` does not join conditions here", help: "write each condition \(group)", at: range)
  }

  /// A word that begins like a number.
  static func number(_ word: String, _ range: Range<Int>) -> Fault {
    if let spaced = spaced(word) {
      let what = spaced.isUnit ? "a blank is missing between the number and its unit" : "blanks are missing here"
      return Fault(.missingBlank, "\(what): `\(word)`", help: "write `\(spaced.text)`", at: range)
    }
    if let date = paddedDate(word) {
      return Fault(
        .numberForm, "`\(word)` is not a date of the form year-month-day", help: "write `\(date)`", at: range)
    }
    if let number = paddedNumber(word) {
      return Fault(
        .numberForm, "`\(word)` can be misread", help: "write `\(number)`, with a digit on both sides of the point",
        at: range)
    }
    return Fault(
      .numberForm, "`\(word)` is neither a number nor a date",
      help: "a number is written `2.5`, its unit follows after a blank, a date is written `2026-06-01`", at: range)
  }

  /// `18a`, `30%`, `5-6`, `1..2`: what the author will have meant.
  private static func spaced(_ word: String) -> (text: String, isUnit: Bool)? {
    let bytes = Array(word.utf8)
    var end = bytes.first == UInt8(ascii: "-") ? 1 : 0
    while end < bytes.count, isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") {
      if bytes[end...].starts(with: "..".utf8) { break }
      end += 1
    }
    let number = String(decoding: bytes[..<end], as: UTF8.self)
    let rest = String(decoding: bytes[end...], as: UTF8.self)
    guard isNumber(number), let first = rest.utf8.first else { return nil }
    for sign in ["<=", ">=", "..", "<", ">", "+", "-", "*", "/", "|"] where rest.hasPrefix(sign) {
      let right = String(rest.dropFirst(sign.count))
      guard isNumber(right) || NameForm.snake.fits(right), sign != "-" || paddedDate(word) == nil else { return nil }
      return ("\(number) \(sign) \(right)", false)
    }
    let isLetter = (first | 0x20) >= UInt8(ascii: "a") && (first | 0x20) <= UInt8(ascii: "z")
    guard isLetter || first == UInt8(ascii: "%") || first >= 0x80 else { return nil }
    return ("\(number) \(rest)", true)
  }

  private static func paddedDate(_ word: String) -> String? {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }), parts[0].count == 4 else { return nil }
    guard (1...2).contains(parts[1].count), (1...2).contains(parts[2].count) else { return nil }
    let padded = parts.map { $0.count == 1 ? "0\($0)" : String($0) }
    return padded.joined(separator: "-")
  }

  private static func paddedNumber(_ word: String) -> String? {
    var text = word.hasPrefix("+") ? String(word.dropFirst()) : word
    if text.hasPrefix(".") { text = "0" + text }
    if text.hasPrefix("-.") { text = "-0" + text.dropFirst() }
    if text.hasSuffix(".") { text.removeLast() }
    return text != word && isNumber(text) ? text : nil
  }

  /// A word that stands where a name must stand, but has not the form of one.
  static func name(_ word: String, _ code: SyntaxCode, _ range: Range<Int>) -> Fault {
    if let fault = unseparated(word, range) { return fault }
    if let name = NameForm.snake.corrected(word), name != word, !word.contains("/"), !word.contains("#") {
      return Fault(
        .nameForm, "`\(word)` is not a name: names are lower-case words joined by `_`, with dots between the parts",
        help: "write `\(name)`", at: range)
    }
    return Fault(code, "`\(word)` does not belong here", help: "expected a name, such as `patient.age`", at: range)
  }

  /// A word with an operator in it.
  static func unseparated(_ word: String, _ range: Range<Int>) -> Fault? {
    separated(word).map { spaced in
      Fault(.missingBlank, "blanks are missing here: `\(word)`", help: "write `\(spaced)`", at: range)
    }
  }

  /// `x>=3`, `a+b`: the same with blanks around the operator.
  private static func separated(_ word: String) -> String? {
    for sign in ["<=", ">=", "==", "!=", "<", ">", "=", "+", "*"] {
      guard let found = firstRange(of: sign, in: word) else { continue }
      let left = String(word[..<found.lowerBound])
      let right = String(word[found.upperBound...])
      return [left, Words.foreignOperators[sign] ?? sign, right].filter { !$0.isEmpty }.joined(separator: " ")
    }
    let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy(NameForm.snake.fits), word.contains(".") || word.contains("_") else {
      return nil
    }
    return parts.joined(separator: " / ")
  }

  private static func firstRange(of sign: String, in word: String) -> Range<String.Index>? {
    var start = word.startIndex
    while start < word.endIndex {
      if word[start...].hasPrefix(sign) {
        return start..<word.index(start, offsetBy: sign.count)
      }
      start = word.index(after: start)
    }
    return nil
  }
}
