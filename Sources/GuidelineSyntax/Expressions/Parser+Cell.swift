internal import SourceText

// Cells of tables: `grammar.md` §6.

extension Parser {
  /// Alternatives joined by `|`.
  mutating func cell() throws(Fault) -> CellSyntax {
    let start = mark()
    var alternatives = [try alternative()]
    while takes(.bar) { alternatives.append(try alternative()) }
    return CellSyntax(alternatives: alternatives, span: span(from: start))
  }

  private mutating func alternative() throws(Fault) -> CellSyntax.Alternative {
    if takes(.any) { return .any }
    if takes(.unknown) { return .unknown }
    if let order = current.order {
      _ = take()
      return .compare(order, try value())
    }
    let start = mark()
    guard let low = try literal() else { return .operand(try operand(anyAllowed: false)) }
    guard takes(.dots) else { return .operand(OperandSyntax(.literal(low), span(from: start))) }
    guard let high = try literal() else { throw unexpected("the upper end of the range") }
    return .range(low, high)
  }

  /// `<low> .. <high>` of a fact: numbers in the unit of the fact.
  mutating func range() throws(Fault) -> RangeSyntax {
    guard current.kind == .number else { throw unexpected("a number", example: "a range is written as `0 .. 125`") }
    let low = located(take())
    if current.kind == .unit { throw unitInRange() }
    try expect(.dots, "between the two ends")
    guard current.kind == .number else {
      throw unexpected("the upper end", example: "a range is written as `0 .. 125`")
    }
    let high = located(take())
    if current.kind == .unit { throw unitInRange() }
    return RangeSyntax(low: low, high: high)
  }

  private func unitInRange() -> Fault {
    fault(
      "the range of a fact is in the unit of the fact", help: "leave `\(text(current))` out", at: current.range)
  }

  /// `<column> in <table> where <column> is <value> and …`.
  mutating func lookUp() throws(Fault) -> DefinitionSyntax.Form {
    guard current.isName else { throw unexpected("the name of a column") }
    let column = located(take())
    try expect(.in, "and the name of a table")
    guard current.kind == .word, current.isName || NameForm.kebab.fits(line.bytes[current.range]) else {
      throw unexpected("the name of a table")
    }
    let table = located(take())
    guard takes(.where) else { throw unexpected("`where` with what picks the row", words: ["where"]) }
    return .lookUp(column: column, table: table, conditions: try joinedConditions())
  }
}
