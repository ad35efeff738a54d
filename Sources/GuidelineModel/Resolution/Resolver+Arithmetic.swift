internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Arithmetic with its dimensions: `grammar.md` §8.

extension Resolver {
  mutating func arithmetic(
    _ sign: ArithmeticOperator, _ sides: (left: ValueSyntax, right: ValueSyntax), at span: Span,
    in place: Environment
  ) -> Value? {
    let first = value(sides.left, in: place)
    let second = value(sides.right, in: place)
    guard let first, let second else { return nil }
    switch sign {
    case .add, .subtract: return sum(sign, first, second, at: span)
    case .multiply, .divide: return product(sign, first, second, at: span)
    }
  }

  private mutating func sum(_ sign: ArithmeticOperator, _ left: Value, _ right: Value, at span: Span) -> Value? {
    let form = Value.Form.arithmetic(sign, left, right)
    switch (left.type, right.type) {
    case (.date, .date) where sign == .subtract: return Value(form, type: .duration, span)
    case (.date, .date):
      diagnostics.report(
        .typeMismatch, "two dates cannot be added", at: span, help: "subtract them to have the days between them")
      return nil
    case (.date, _): return isDays(right, left) ? Value(form, type: .date, span) : nil
    case (_, .date) where sign == .add: return isDays(left, right) ? Value(form, type: .date, span) : nil
    default: break
    }
    guard left.type.unit != nil else { return notANumber(left, sign) }
    guard right.type.unit != nil else { return notANumber(right, sign) }
    guard fit(right, to: left.type, of: .written(at: left.span)) != nil else { return nil }
    let type: ValueType = left.type.isTime && right.type == .duration ? .duration : left.type
    return Value(form, type: type, span)
  }

  /// Whether a span of time is one of whole days, so that it can be added to a date.
  private mutating func isDays(_ time: Value, _ date: Value) -> Bool {
    guard let unit = time.type.unit, unit.dimension == Unit.day.dimension else {
      diagnostics.report(
        .typeMismatch,
        "`\(text(at: date.span))` is a date: only days can be added to it, not `\(text(at: time.span))`, "
          + "which is \(vocabulary.words(for: time.type))", at: time.span, help: "write the time as `14 d`")
      return false
    }
    guard !["d", "wk"].contains(unit.symbol) else { return true }
    diagnostics.report(
      .calendarArithmetic,
      "`\(text(at: time.span))` is no whole number of days that can be added to a date", at: time.span,
      help: "decide on the days, for example \(daysInstead(of: time, unit))")
    return false
  }

  private func daysInstead(of time: Value, _ unit: Unit) -> String {
    guard case .constant(.number(let days)) = time.form else { return "30 d, 91 d, 182 d or 365 d" }
    return "`\(days.floor) d`"
  }

  private mutating func product(_ sign: ArithmeticOperator, _ left: Value, _ right: Value, at span: Span) -> Value? {
    guard let first = left.type.unit else { return notANumber(left, sign) }
    guard let second = right.type.unit else { return notANumber(right, sign) }
    let unit = sign == .multiply ? first.multiplied(by: second) : first.divided(by: second)
    guard let unit else {
      diagnostics.report(
        .unitMismatch,
        "`\(first.symbol)` and `\(second.symbol)` cannot be \(sign == .multiply ? "multiplied" : "divided")", at: span,
        help: "a scale such as degrees Celsius can only be compared")
      return nil
    }
    if sign == .divide, case .constant(.number(.zero)) = right.form {
      diagnostics.report(
        .typeMismatch, "nothing can be divided by 0", at: right.span,
        help: "divide by something else, or leave the division out")
      return nil
    }
    return Value(.arithmetic(sign, left, right), type: productType(sign, left.type, right.type, unit), span)
  }

  /// A part of a quantity, such as 30 % of a dose, has the unit of the quantity.
  private func productType(
    _ sign: ArithmeticOperator, _ left: ValueType, _ right: ValueType, _ unit: Unit
  ) -> ValueType {
    let isPart = (left.unit?.isPercent ?? false) || left == .number
    if sign == .multiply, isPart, right.unit?.dimension.isNone == false { return right }
    if right.unit?.isPercent == true, left.unit?.dimension.isNone == false { return left }
    if left == .duration, right == .number { return .duration }
    return ValueType(measuredIn: unit)
  }

  private mutating func notANumber(_ value: Value, _ sign: ArithmeticOperator) -> Value? {
    diagnostics.report(
      .typeMismatch,
      "`\(text(at: value.span))` is \(vocabulary.words(for: value.type)): `\(sign.rawValue)` is for quantities",
      at: value.span, help: "compute with numbers, quantities and dates only")
    return nil
  }

  // MARK: Functions

  mutating func extreme(
    _ extreme: Extreme, _ parts: [ValueSyntax], at span: Span, in place: Environment
  ) -> Value? {
    let values = parts.map { value($0, in: place) }
    let known = values.compactMap { $0 }
    guard known.count == values.count, let first = known.first else { return nil }
    let forDates = extreme == .earlier || extreme == .later
    guard forDates ? first.type == .date : first.type.unit != nil else {
      let help = first.type == .date ? "write `earlier of` or `later of`" : "name quantities or numbers"
      diagnostics.report(
        .typeMismatch,
        "`\(extreme.rawValue) of` is for \(forDates ? "dates" : "quantities"), but `\(text(at: first.span))` is "
          + vocabulary.words(for: first.type), at: first.span,
        help: forDates ? "write `min of` or `max of`" : help)
      return nil
    }
    let owner = Asker.written(at: first.span)
    let fitting = known.dropFirst().map { fit($0, to: first.type, of: owner) }
    guard fitting.allSatisfy({ $0 != nil }) else { return nil }
    return Value(.extreme(least: extreme == .min || extreme == .earlier, known), type: first.type, span)
  }

  mutating func round(_ inner: ValueSyntax, to step: ValueSyntax, at span: Span, in place: Environment) -> Value? {
    let rounded = value(inner, in: place)
    let unit = value(step, in: place)
    guard let rounded, let unit else { return nil }
    guard rounded.type.unit != nil else {
      diagnostics.report(
        .typeMismatch, "`\(text(at: rounded.span))` is \(vocabulary.words(for: rounded.type)) and cannot be rounded",
        at: rounded.span, help: "round a number or a quantity")
      return nil
    }
    guard let fitting = fit(unit, to: rounded.type, of: .written(at: rounded.span)) else { return nil }
    guard case .constant(.number(let number)) = fitting.form, number > .zero else {
      diagnostics.report(
        .typeMismatch, "the step of `round` must be a number above 0", at: step.span, help: "write it as `0.5 mg`")
      return nil
    }
    return Value(.round(rounded, to: number), type: rounded.type, span)
  }
}
