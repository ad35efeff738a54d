internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Cells of knowledge tables.

extension Resolver {
  /// A cell of a column; nil when it is broken, which has been reported in the file it stands in.
  mutating func cell(_ text: LocatedText, of column: Field, in place: Environment) -> Cell? {
    if text.value.isEmpty { return column.isSet ? .set([]) : .one(.none) }
    if column.isSet { return set(text, of: column, in: place) }
    if column.type != .text {
      if text.value == "unknown" { return .unknown }
      if text.value == "any" { return .any }
      if text.value.utf8.contains(UInt8(ascii: "|")), text.value.contains(" | ") {
        diagnostics.report(
          .shapeMismatch, "`\(text.value)` names several values, but `\(column.name)` holds one", at: text.span,
          help: "make a row for each value, or declare the column as a set")
        return nil
      }
    }
    return constant(text, of: column, in: place).map { .one($0) }
  }

  private mutating func set(_ text: LocatedText, of column: Field, in place: Environment) -> Cell? {
    let parts = text.value.split(separator: "|").map { trimmed($0) }
    let read = parts.map { constant(LocatedText($0, text.span), of: column, in: place) }
    let known = read.compactMap { $0 }
    return known.count == read.count ? .set(known) : nil
  }

  private func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private mutating func constant(_ text: LocatedText, of column: Field, in place: Environment) -> Constant? {
    switch column.type {
    case .text: return .text(text.value)
    case .term(let group):
      if let index = term(text, of: group, in: place) { return .term(index) }
      reportUnknownTerm(text, of: group, in: place)
      return nil
    case .date: return readDay(text, into: &diagnostics).map { .day($0) }
    case .number: return number(text, of: column)
    case .quantity, .duration: return measured(text, of: column)
    }
  }

  private mutating func number(_ text: LocatedText, of column: Field) -> Constant? {
    guard let number = Rational(decimal: text.value), number.isWhole else {
      diagnostics.report(
        .fractionOfWhole, "`\(text.value)` is no whole number, which `\(column.name)` holds", at: text.span,
        help: "write a whole number, or declare the column as `quantity`")
      return nil
    }
    return .number(number)
  }

  /// A quantity; without a unit it has the unit of its column.
  private mutating func measured(_ text: LocatedText, of column: Field) -> Constant? {
    guard let unit = column.type.unit else { return nil }
    if column.type != .duration, let number = Rational(decimal: text.value) {
      if let canonical = unit.canonical(number) { return .number(canonical) }
      diagnostics.report(
        .numberTooLarge, "`\(text.value)` is too large or too fine to compute with exactly", at: text.span,
        help: "check the number; write it in a unit in which it is shorter")
      return nil
    }
    guard let parts = quantityParts(text), let value = quantity(parts.number, parts.unit, at: text.span),
      let fitting = fit(value, to: column.type, of: .named("the column", column.name)),
      case .constant(let constant) = fitting.form
    else { return nil }
    return constant
  }

  private mutating func quantityParts(_ text: LocatedText) -> (number: LocatedText, unit: LocatedText?)? {
    let parts = text.value.split(separator: " ", maxSplits: 1).map(String.init)
    guard let number = parts.first, Rational(decimal: number) != nil else {
      diagnostics.report(
        .typeMismatch, "`\(text.value)` is no quantity", at: text.span,
        help: "write it as `30`, or with its unit as `14 d`")
      return nil
    }
    let unit = parts.count > 1 ? LocatedText(parts[1], text.span) : nil
    return (LocatedText(number, text.span), unit)
  }
}
