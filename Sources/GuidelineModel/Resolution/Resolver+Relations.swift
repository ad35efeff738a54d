internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// What is said of a value.

extension Resolver {
  mutating func relation(
    _ left: ValueSyntax, _ relation: RelationSyntax, at span: Span, in place: Environment
  ) -> Condition? {
    switch relation.form {
    case .broken:
      _ = value(left, in: place)
      return nil
    case .known, .unknown, .none:
      return knownness(left, relation, at: span, in: place)
    case .includes(let quantifier, let operands):
      return includes(left, (quantifier, operands), at: span, in: place)
    case .olderThan(let time): return older(left, than: time, at: span, in: place)
    default:
      guard let value = value(left, in: place) else { return nil }
      return self.relation(of: value, relation, at: span, in: place)
    }
  }

  /// A comparison of a value that was read already.
  mutating func relation(
    of value: Value, _ relation: RelationSyntax, at span: Span, in place: Environment
  ) -> Condition? {
    switch relation.form {
    case .compare(let order, let right): return compare(value, (order, right), at: span, in: place)
    case .between(let low, let high):
      let lower = compare(value, (.greaterOrEqual, low), at: span, in: place)
      let upper = compare(value, (.lessOrEqual, high), at: span, in: place)
      guard let lower, let upper, isAscending(lower, upper, at: relation.span) else { return nil }
      return Condition(.group(.all, [lower, upper]), span)
    case .oneOf(let operands, let negated):
      return oneOf(value, operands, at: span, in: place).map { negated ? Condition(.not($0), span) : $0 }
    case .knownToBe(let operands, let negated):
      guard isPlain(value), let list = self.operands(operands, for: value, in: place) else { return nil }
      let known = Condition(.isKnownToBe(value, list), span)
      return negated ? Condition(.not(known), span) : known
    case .broken, .known, .unknown, .none, .includes, .olderThan: return nil
    }
  }

  /// Whether a value does not read `today`, which may stand in comparisons only.
  private mutating func isPlain(_ value: Value) -> Bool {
    guard let today = value.firstToday else { return true }
    diagnostics.report(
      .misplacedToday, "`today` can only be compared with another date or span of time", at: today,
      help: "compare `today` with a date, or `today - <date>` with a time such as `14 d`")
    return false
  }

  // MARK: Order

  mutating func compare(
    _ left: Value, _ bound: (order: OrderSyntax, value: ValueSyntax), at span: Span, in place: Environment
  ) -> Condition? {
    guard let other = value(bound.value, expecting: left.type, in: place) else { return nil }
    guard isOrdered(left) else { return nil }
    guard let fitting = fit(other, to: left.type, of: .written(at: left.span)) else { return nil }
    guard readsTodayRightly(left, fitting) else { return nil }
    return Condition(.compare(left, comparator(bound.order), fitting), span)
  }

  func comparator(_ order: OrderSyntax) -> Comparator {
    switch order {
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }

  private mutating func isOrdered(_ value: Value) -> Bool {
    switch value.type {
    case .quantity, .number, .date, .duration: return true
    case .term(let group) where orderedGroups.contains(group): return true
    case .term, .text:
      diagnostics.report(
        .unorderedComparison,
        "`\(text(at: value.span))` is \(vocabulary.words(for: value.type)), which has no order", at: value.span,
        help: value.type == .text ? "compare it with `is`" : "compare it with `is`, or declare the fact `ordered: yes`")
      return false
    }
  }

  private mutating func isAscending(_ lower: Condition, _ upper: Condition, at span: Span) -> Bool {
    guard case .compare(_, _, let low) = lower.form, case .compare(_, _, let high) = upper.form,
      isAbove(low, high)
    else { return true }
    diagnostics.report(
      .rangeReversed, "the range runs from `\(text(at: low.span))` down to `\(text(at: high.span))`: nobody is in it",
      at: span, help: "write the lower end first")
    return false
  }

  func isAbove(_ low: Value, _ high: Value) -> Bool {
    switch (low.form, high.form) {
    case (.constant(.number(let first)), .constant(.number(let second))): first > second
    case (.constant(.day(let first)), .constant(.day(let second))): first > second
    case (.constant(.term(let first)), .constant(.term(let second))): first > second
    default: false
    }
  }

  /// `latest … is older than D`: more than so many days lie between its date and today.
  private mutating func older(
    _ left: ValueSyntax, than time: ValueSyntax, at span: Span, in place: Environment
  ) -> Condition? {
    guard case .pointOf(.latest, let series, let window) = left.form else {
      if value(left, in: place) != nil {
        diagnostics.report(
          .shapeMismatch, "`is older than` is said of the latest value of a series", at: left.span,
          help: "of a date say `today - \(text(at: left.span)) > \(text(at: time.span))`")
      }
      return nil
    }
    let date = ValueSyntax(.dateOf(.latest, series: series, window), left.span)
    let age = ValueSyntax(.arithmetic(.subtract, ValueSyntax(.today, left.span), date), left.span)
    guard let value = value(age, in: place) else { return nil }
    return compare(value, (.greater, time), at: span, in: place)
  }

  // MARK: One of several

  mutating func oneOf(
    _ value: Value, _ operands: [OperandSyntax], at span: Span, in place: Environment
  ) -> Condition? {
    guard let list = self.operands(operands, for: value, in: place) else { return nil }
    if value.type.isTerm { return Condition(.isTerm(value, list), span) }
    var values: [Value] = []
    for operand in list {
      guard case .value(let other) = operand else { continue }
      guard readsTodayRightly(value, other) else { return nil }
      values.append(other)
    }
    return Condition(.isEqual(value, values), span)
  }

  /// What a value may be: terms of its group, or values of its type.
  mutating func operands(
    _ syntax: [OperandSyntax], for value: Value, in place: Environment
  ) -> [Operand]? {
    every(syntax) { resolver, operand in
      resolver.operand(operand, of: value.type, owner: .written(at: value.span), in: place)
    }
  }

  mutating func operand(
    _ syntax: OperandSyntax, of type: ValueType, owner: Asker, in place: Environment
  ) -> Operand? {
    switch syntax.form {
    case .any:
      diagnostics.report(
        .misplacedWord, "`any` leaves a field of a pattern open, here it says nothing", at: syntax.span,
        help: "say `is known` if any value will do")
      return nil
    case .literal(let literal):
      return self.literal(literal, at: syntax.span).flatMap { fit($0, to: type, of: owner) }.map(Operand.value)
    case .name(let name):
      let located = LocatedText(name, syntax.span)
      guard let other = named(located, expecting: type, in: place), let fitting = fit(other, to: type, of: owner)
      else { return nil }
      if case .constant(.term(let index)) = fitting.form { return .term(index) }
      return .value(fitting)
    }
  }

  // MARK: Sets

  private mutating func includes(
    _ left: ValueSyntax, _ asked: (quantifier: SetQuantifier, operands: [OperandSyntax]), at span: Span,
    in place: Environment
  ) -> Condition? {
    guard let set = set(left, in: place) else { return nil }
    let owner = Asker.written("a member of ", at: left.span)
    let read = asked.operands.map { operand($0, of: set.type, owner: owner, in: place) }
    let known = read.compactMap { $0 }
    guard known.count == read.count else { return nil }
    return Condition(.includes(set.reference, asked.quantifier, known), span)
  }

  private mutating func set(
    _ syntax: ValueSyntax, in place: Environment
  ) -> (reference: SetReference, type: ValueType)? {
    guard case .name(let written) = syntax.form else {
      if value(syntax, in: place) != nil { reportNoSet(text(at: syntax.span), syntax.span) }
      return nil
    }
    let name = LocatedText(written, syntax.span)
    switch meaning(of: name, in: place) {
    case .broken: return nil
    case .fact(let id) where vocabulary[id].shape == .set: return (.fact(id), vocabulary[id].type)
    case .field(let variable, let index, let field) where field.isSet:
      return (.column(variable: variable, field: index), field.type)
    case .nothing: reportUnknown(name, expecting: nil, in: place)
    default: reportNoSet(written, syntax.span)
    }
    return nil
  }

  private mutating func reportNoSet(_ written: String, _ span: Span) {
    diagnostics.report(
      .shapeMismatch, "`\(written)` is no set that could include something", at: span,
      help: "write `is` instead of `includes`")
  }

  // MARK: Known or not

  private mutating func knownness(
    _ left: ValueSyntax, _ relation: RelationSyntax, at span: Span, in place: Environment
  ) -> Condition? {
    guard let subject = subject(left, in: place) else { return nil }
    switch relation.form {
    case .known: return Condition(.isKnown(subject), span)
    case .unknown: return Condition(.isUnknown(subject), span)
    default:
      if case .value = subject { return Condition(.isNone(subject), span) }
      diagnostics.report(
        .shapeMismatch, "`is none` is said of one value, but `\(text(at: left.span))` is a collection", at: span,
        help: "write `no \(text(at: left.span))` or `count (\(text(at: left.span))) <= 0`")
      return nil
    }
  }

  private mutating func subject(_ syntax: ValueSyntax, in place: Environment) -> Subject? {
    if case .name(let written) = syntax.form {
      switch meaning(of: LocatedText(written, syntax.span), in: place) {
      case .broken: return nil
      case .fact(let id) where vocabulary[id].shape == .set: return .set(id)
      case .fact(let id) where vocabulary[id].shape == .series: return .series(id)
      case .record(let id) where !derivedRecords.contains(id): return .collection(id)
      default: break
      }
    }
    guard let value = value(syntax, in: place), isPlain(value) else { return nil }
    guard !readsDerivedRow(value, in: place) else {
      diagnostics.report(
        .knownnessOfDerivedRow,
        "whether `\(text(at: syntax.span))` is known cannot be asked: rules conclude it", at: syntax.span,
        help: "test its value instead")
      return nil
    }
    return .value(value)
  }

  /// Whether a value is a field of a row that rules conclude or derive.
  private func readsDerivedRow(_ value: Value, in place: Environment) -> Bool {
    switch value.form {
    case .field(let variable, _):
      guard place.variables.indices.contains(variable) else { return false }
      switch place.variables[variable].collection {
      case .kind: return true
      case .record(let id): return derivedRecords.contains(id)
      case .table: return false
      }
    case .arithmetic(_, let left, let right):
      return readsDerivedRow(left, in: place) || readsDerivedRow(right, in: place)
    case .extreme(_, let values): return values.contains { readsDerivedRow($0, in: place) }
    case .round(let inner, _), .translated(let inner, _): return readsDerivedRow(inner, in: place)
    default: return false
    }
  }
}
