internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

/// The value that is asked for: of a fact, of a point of a series, or of a field of a row.
struct AskedValue {
  var name: String
  var type: ValueType
  /// `none`, known not to exist, can be said of dates and of fields of records.
  var mayBeNone: Bool
}

extension FactReader {
  /// A single value as it is written, without a date.
  mutating func value(_ data: DataSyntax, _ asked: AskedValue, unit: DataSyntax? = nil) -> GivenValue? {
    switch data.form {
    case .broken: return nil
    case .mapping(let entries):
      // `value: {unknown: not_recorded}` of a point.
      guard let parts = parts(entries, of: asked, allowed: ["unknown"]), let cause = parts["unknown"] else {
        return nil
      }
      return unknownCause(cause, of: asked.name).map { .unknown(cause: $0) }
    case .list(let items):
      let help = items.count == 1 ? "leave the brackets out" : "a fact given twice is a conflict: give one value"
      diagnostics.report(
        .shapeMismatch, "`\(asked.name)` has one value, but a list is given", at: data.span, help: help)
      return nil
    case .scalar(let text, let quoted): return scalar(LocatedText(text, data.span), quoted, asked, unit)
    }
  }

  private mutating func scalar(
    _ text: LocatedText, _ isQuoted: Bool, _ asked: AskedValue, _ unit: DataSyntax?
  ) -> GivenValue? {
    if !isQuoted, ["null", "~", ""].contains(text.value) {
      diagnostics.report(
        .missingField, "`\(asked.name)` is given as nothing", at: text.span,
        help: "write `{unknown: not_recorded}` with the cause, or leave the fact out")
      return nil
    }
    if text.value == "unknown", asked.type != .text {
      diagnostics.report(
        .missingField, "`\(asked.name)` is unknown for a reason, which is missing", at: text.span,
        help: "write `{unknown: not_tested}`")
      return nil
    }
    if text.value == "none", asked.type != .text { return none(text, asked) }
    if let unit, asked.type.unit == nil {
      diagnostics.report(
        .unitMismatch, "`\(asked.name)` is \(vocabulary.words(for: asked.type)) and has no unit", at: unit.span,
        help: "leave `unit` out")
      return nil
    }
    switch asked.type {
    case .text: return .text(text.value)
    case .date: return readDay(text, into: &diagnostics).map { .day($0) }
    case .term(let group): return term(text, isQuoted, group, asked)
    case .number: return wholeNumber(text, asked, unit)
    case .quantity, .duration: return measured(text, asked, unit)
    }
  }

  private mutating func none(_ text: LocatedText, _ asked: AskedValue) -> GivenValue? {
    if asked.mayBeNone { return GivenValue.none }
    diagnostics.report(
      .typeMismatch, "`\(asked.name)` cannot be `none`: that is said of dates and of fields of records", at: text.span,
      help: "write `{unknown: not_tested}` if it is not known")
    return nil
  }

  // MARK: Terms

  mutating func term(_ text: LocatedText, _ isQuoted: Bool, _ group: GroupID, _ asked: AskedValue) -> GivenValue? {
    if group == .yesNo, ["true", "false"].contains(text.value) { return .term(text.value == "true" ? 0 : 1) }
    if let index = vocabulary[group].termNamed[text.value] { return .term(index) }
    let terms = vocabulary[group].terms
    let meant = terms.first {
      $0.label == text.value || $0.name == text.value.lowercased() || $0.codes.contains { $0.code.value == text.value }
    }
    let help = meant.map { "write its name `\($0.name)`" } ?? didYouMean(text.value, terms.map(\.name))
    diagnostics.report(
      .unknownTerm,
      group == .yesNo
        ? "`\(asked.name)` is yes or no, not `\(text.value)`"
        : "`\(text.value)` is no term of `\(vocabulary[group].name)`, of which `\(asked.name)` is one", at: text.span,
      help: help ?? Self.help(with: terms))
    return nil
  }

  private static func help(with terms: [Term]) -> String {
    let shown = 8
    guard terms.count > shown else { return "write one of \(list(terms.map { "`\($0.name)`" }))" }
    let names = terms.prefix(shown).map { "`\($0.name)`" }.joined(separator: ", ")
    return "write one of its \(terms.count) terms: \(names), …; `guideline facts` lists them all"
  }

  // MARK: Numbers

  private mutating func wholeNumber(_ text: LocatedText, _ asked: AskedValue, _ unit: DataSyntax?) -> GivenValue? {
    if let unit {
      diagnostics.report(
        .unitMismatch, "`\(asked.name)` is a number and has no unit", at: unit.span, help: "leave `unit` out")
      return nil
    }
    guard let number = Rational(decimal: text.value) else {
      diagnostics.report(
        .typeMismatch, "`\(asked.name)` is a whole number, not `\(text.value)`", at: text.span, help: "write it as `3`")
      return nil
    }
    guard number.isWhole else {
      diagnostics.report(
        .fractionOfWhole, "`\(asked.name)` is a whole number, but `\(text.value)` is a fraction", at: text.span,
        help: "give a number without a decimal point")
      return nil
    }
    return .number(number)
  }

  /// A quantity in the unit of the patient's data, made one in the canonical unit.
  private mutating func measured(_ text: LocatedText, _ asked: AskedValue, _ unit: DataSyntax?) -> GivenValue? {
    guard let declared = asked.type.unit, let parts = split(text, asked, unit) else { return nil }
    guard let symbol = parts.unit else {
      diagnostics.report(
        .missingUnit, "`\(asked.name)` is given without a unit", at: text.span,
        help: "write `\(text.value) \(declared.symbol)` if that is meant")
      return nil
    }
    guard let given = self.unit(symbol, declared) else { return nil }
    guard given.isComparable(with: declared) else {
      diagnostics.report(
        .unitMismatch,
        "`\(asked.name)` is measured in `\(declared.symbol)` (\(declared.dimension.name)), but it is given in "
          + "`\(symbol.value)` (\(given.dimension.name))", at: symbol.span,
        help: "give it in `\(declared.symbol)`")
      return nil
    }
    guard let canonical = given.canonical(parts.number) else {
      diagnostics.report(
        .numberTooLarge, "`\(text.value)` is too large or too fine to compute with exactly", at: text.span,
        help: "check the number; give it in a unit in which it is shorter")
      return nil
    }
    return .number(canonical)
  }

  private mutating func unit(_ symbol: LocatedText, _ declared: Unit) -> Unit? {
    do throws(UnitError) {
      return try Unit.parseAsSentByLaboratories(symbol.value, declared: declared).unit
    } catch {
      let meant = error.suggestions.first.map { "did you mean `\($0)`?" }
      diagnostics.report(
        .unitNotUCUM, unitMessage(symbol.value, error), at: symbol.span,
        help: meant ?? "give it in `\(declared.symbol)`")
      return nil
    }
  }

  /// The number, and the unit behind it or beside it.
  private mutating func split(
    _ text: LocatedText, _ asked: AskedValue, _ unit: DataSyntax?
  ) -> (number: Rational, unit: LocatedText?)? {
    let pieces = text.value.split(separator: " ", maxSplits: 1).map(String.init)
    guard let first = pieces.first, let number = Rational(decimal: first) else {
      diagnostics.report(
        .typeMismatch, "`\(text.value)` is no quantity, which `\(asked.name)` is", at: text.span,
        help: "write it as `\(example(of: asked))`, with a blank before the unit")
      return nil
    }
    let behind = pieces.count > 1 ? LocatedText(pieces[1], text.span) : nil
    guard let unit else { return (number, behind) }
    guard case .scalar(let symbol, _) = unit.form, behind == nil else {
      diagnostics.report(.shapeMismatch, "the unit of `\(asked.name)` is given twice", at: unit.span, help: "keep one")
      return nil
    }
    return (number, LocatedText(symbol, unit.span))
  }

  private func example(of asked: AskedValue) -> String { vocabulary.example(of: asked.type) }
}
