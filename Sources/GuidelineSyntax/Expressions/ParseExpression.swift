package import SourceText

// One line of the grammar at a time, for those who keep the text of a scalar until they know its type.

/// Reads a condition line.
package func parseCondition(_ text: LocatedText, into diagnostics: inout Diagnostics) -> ConditionSyntax {
  parse(text, .condition, into: &diagnostics) { (parser) throws(Fault) in try parser.condition() }
    ?? ConditionSyntax(.broken, text.span)
}

/// Reads a value.
package func parseValue(_ text: LocatedText, into diagnostics: inout Diagnostics) -> ValueSyntax {
  parse(text, .value, into: &diagnostics) { (parser) throws(Fault) in try parser.value() }
    ?? ValueSyntax(.broken, text.span)
}

/// Reads the field of a conclusion: a value, and whether it ends in `if known`.
package func parseFieldValue(
  _ text: LocatedText, into diagnostics: inout Diagnostics
) -> (value: ValueSyntax, ifKnown: Bool) {
  parse(text, .value, into: &diagnostics) { (parser) throws(Fault) in (try parser.value(), try parser.ifKnown()) }
    ?? (ValueSyntax(.broken, text.span), false)
}

/// Reads a number with its unit, a date, or a text in quotes.
package func parseLiteral(_ text: LocatedText, into diagnostics: inout Diagnostics) -> LiteralSyntax? {
  parse(text, .value, into: &diagnostics) { (parser) throws(Fault) in
    guard let literal = try parser.literal() else {
      throw parser.unexpected("a number with its unit, a date, or a text in quotes")
    }
    return literal
  }
}

/// Reads a number with its unit, such as `14 d`.
package func parseQuantity(_ text: LocatedText, into diagnostics: inout Diagnostics) -> LiteralSyntax? {
  parse(text, .value, into: &diagnostics) { (parser) throws(Fault) in
    guard parser.current.kind == .number, let literal = try parser.literal() else {
      throw parser.unexpected("a number with its unit")
    }
    return literal
  }
}

/// Reads the cell of a table: alternatives joined by `|`.
package func parseCell(_ text: LocatedText, into diagnostics: inout Diagnostics) -> CellSyntax {
  parse(text, .cell, into: &diagnostics) { (parser) throws(Fault) in try parser.cell() }
    ?? CellSyntax(alternatives: [.broken], span: text.span)
}

/// Reads a type.
package func parseType(_ text: LocatedText, into diagnostics: inout Diagnostics) -> TypeSyntax {
  whole(text, into: &diagnostics) { (line) throws(Fault) in try readType(line) } ?? TypeSyntax(.broken, text.span)
}

/// Reads a text with `{variable.field}` in it; nil when a brace is wrong.
package func parseTemplate(_ text: LocatedText, into diagnostics: inout Diagnostics) -> [TemplatePart]? {
  whole(text, into: &diagnostics) { (line) throws(Fault) in try readTemplate(line) }
}

/// Reads `[document/]source[#statement …]`.
package func parseCitation(_ text: LocatedText, into diagnostics: inout Diagnostics) -> CitationSyntax? {
  whole(text, into: &diagnostics) { (line) throws(Fault) in try readCitation(line) }
}

private func parse<Result>(
  _ text: LocatedText, _ topic: Parser.Topic, into diagnostics: inout Diagnostics,
  _ read: (inout Parser) throws(Fault) -> Result
) -> Result? {
  whole(text, into: &diagnostics) { (line) throws(Fault) in
    var parser = Parser(line, topic)
    let result = try read(&parser)
    try parser.end()
    return result
  }
}

private func whole<Result>(
  _ text: LocatedText, into diagnostics: inout Diagnostics, _ read: (ExpressionText) throws(Fault) -> Result
) -> Result? {
  let line = ExpressionText(text)
  do {
    return try read(line)
  } catch {
    diagnostics.report(error.code, error.message, help: error.help, at: line.span(error.range))
    return nil
  }
}
