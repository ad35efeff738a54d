internal import SourceText

/// A scalar whose type only the vocabulary knows: what it says as a value, and what it says as a text.
struct Readings {
  /// What the way it is written speaks for: unquoted a value, quoted a text.
  var value: ValueSyntax
  /// The other reading, if there is one.
  var other: ValueSyntax?
  var ifKnown = false
  var raw: LocatedText?
  var isQuoted = false
}

extension Reader {
  /// `wantsOther`: somebody may ask for the other reading.
  mutating func reading(_ node: Node, wantsOther: Bool = true) -> Readings {
    guard let raw = text(node, what: "a value") else { return Readings(value: ValueSyntax(.broken, node.span)) }
    var readings = Readings(value: ValueSyntax(.broken, node.span))
    readings.raw = raw
    readings.isQuoted = node.isQuoted
    let line = node.line
    guard let (value, ifKnown) = quietly(line, { (parser) throws(Fault) in (try parser.value(), try parser.ifKnown()) })
    else {
      readings.value = unread(node, line)
      return readings
    }
    readings.ifKnown = ifKnown
    if node.isQuoted {
      readings.value = quotedText(node)
      readings.other = value
    } else {
      readings.value = value
      if wantsOther { readings.other = textReading(line) }
    }
    return readings
  }

  /// What cannot be read as a value is a text if it is quoted, or if it is words and nothing but words.
  private mutating func unread(_ node: Node, _ line: ExpressionText) -> ValueSyntax {
    if node.isQuoted { return quotedText(node) }
    if isProse(line), let text = textReading(line) { return text }
    // Read again, aloud.
    let value = read(line, .value) { (parser) throws(Fault) in (try parser.value(), try parser.ifKnown()) }
    return value?.0 ?? ValueSyntax(.broken, node.span)
  }

  private mutating func quotedText(_ node: Node) -> ValueSyntax {
    ValueSyntax(.template(template(node, what: "a text")), node.span)
  }

  private func textReading(_ line: ExpressionText) -> ValueSyntax? {
    guard let parts = try? readTemplate(line) else { return nil }
    return ValueSyntax(.template(parts), line.whole)
  }

  /// Words with blanks between them, without the signs and the dotted names that only a value has.
  private func isProse(_ line: ExpressionText) -> Bool {
    let tokens = Lexer.tokens(of: line.bytes)
    let isValue = tokens.contains { token in
      (token.kind == .sign && !token.is(.comma))
        || (token.isName && line.bytes[token.range].contains(UInt8(ascii: ".")))
    }
    return tokens.count > 2 && !isValue
  }
}

extension Parser {
  /// `… if known` behind a value.
  mutating func ifKnown() throws(Fault) -> Bool {
    guard takes(.if) else { return false }
    try expect(.known, "behind `if`")
    return true
  }
}
