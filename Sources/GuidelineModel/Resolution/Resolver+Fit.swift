internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Whether a value may stand where a type is asked for.

extension Resolver {
  /// The value as one of a type: a term may be carried into another list; else it stays as it is.
  ///
  /// Nil when it does not fit, which has been reported; `owner` says in the message what asks for the type.
  mutating func fit(_ value: Value, to type: ValueType, of owner: Asker) -> Value? {
    switch (value.type, type) {
    case (.term(let source), .term(let target)):
      if source == target { return value }
      if let map = vocabulary.translation(from: source, to: target) {
        return translated(value, map, to: type)
      }
    case (.date, .date), (.text, .text): return value
    default:
      if let left = value.type.unit, let right = type.unit, left.isComparable(with: right) { return value }
    }
    reportMisfit(value, type, owner)
    return nil
  }

  private func translated(_ value: Value, _ map: [Int?], to type: ValueType) -> Value {
    if case .constant(.term(let index)) = value.form, map.indices.contains(index), let target = map[index] {
      return Value(.constant(.term(target)), type: type, value.span)
    }
    return Value(.translated(value, map), type: type, value.span)
  }

  private mutating func reportMisfit(_ value: Value, _ type: ValueType, _ asker: Asker) {
    let owner = words(asker)
    let written = text(at: value.span)
    if let unit = type.unit, value.type.unit != nil {
      reportUnits(value, unit, type, owner)
      return
    }
    diagnostics.report(
      .typeMismatch,
      "\(owner) is \(vocabulary.words(for: type)), but `\(written)` is \(vocabulary.words(for: value.type))",
      at: value.span, help: "write something like `\(vocabulary.example(of: type))`")
  }

  private mutating func reportUnits(_ value: Value, _ unit: Unit, _ type: ValueType, _ owner: String) {
    let written = text(at: value.span)
    guard let given = value.type.unit else { return }
    if given.isPercent != unit.isPercent, given.dimension == unit.dimension {
      let help = unit.isPercent ? percentHelp(value) : "write it as a number without `%`, or give both in %"
      diagnostics.report(
        .percentOrFraction,
        "\(owner) is \(vocabulary.words(for: type)), but `\(written)` is \(vocabulary.words(for: value.type))",
        at: value.span, help: help)
      return
    }
    if case .number = value.type, case .constant = value.form {
      diagnostics.report(
        .missingUnit, "\(owner) is \(vocabulary.words(for: type)), but `\(written)` has no unit", at: value.span,
        help: "write `\(written) \(unit.symbol)` if that is meant")
      return
    }
    diagnostics.report(
      .unitMismatch,
      "\(owner) is \(vocabulary.words(for: type)) (\(unit.dimension.name)), but `\(written)` is "
        + "\(vocabulary.words(for: value.type)) (\(given.dimension.name))", at: value.span,
      help: weightHelp(unit, given)
        ?? "write it in a unit like `\(unit.symbol)`, or compare it with something else")
  }

  /// `0.4` will have been meant as 40 %, and `40` as 40 % too.
  private func percentHelp(_ value: Value) -> String {
    guard case .constant(.number(let number)) = value.form, let hundredfold = number.multiplied(by: Rational(100))
    else {
      return "give both in %, as in `40 %`"
    }
    let percent = (number.abs ?? number) <= .one ? hundredfold : number
    return "write it as `\(percent.canonicalDecimal) %`"
  }

  /// A dose and a dose for each kilogram differ by the patient's weight.
  private func weightHelp(_ asked: Unit, _ given: Unit) -> String? {
    if given.isForEachKilogram, asked.dimension == given.multiplied(by: Self.kilogram)?.dimension {
      return "`\(given.symbol)` is for each kilogram: multiply it by the weight, or divide the dose by the weight"
    }
    if asked.isForEachKilogram, given.dimension == asked.multiplied(by: Self.kilogram)?.dimension {
      return "`\(asked.symbol)` is for each kilogram: divide the dose by the weight"
    }
    return nil
  }

  private static let kilogram = (try? Unit.parse("kg")) ?? .one

  func words(_ asker: Asker) -> String { asker.words { text(at: $0) } }

  /// What the author wrote at a place, on one line.
  func text(at span: Span) -> String {
    let text = syntax.files.text(span)
    guard text.count > 60 else { return text }
    return text.prefix(57) + "…"
  }
}

extension Unit {
  /// Whether it is written so: a count for each litre, beside a concentration, is not.
  fileprivate var isForEachKilogram: Bool {
    symbol.split(separator: "/").dropFirst().contains { $0 == "kg" || $0.hasPrefix("kg.") }
  }
}
