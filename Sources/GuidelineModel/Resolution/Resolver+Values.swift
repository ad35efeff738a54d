internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Values: `grammar.md` §3, `semantics.md` §2.

extension Resolver {
  /// A value that may not read `today`: all but the sides of a comparison.
  mutating func plainValue(
    _ syntax: ValueSyntax, expecting type: ValueType? = nil, in place: Environment
  ) -> Value? {
    guard let value = value(syntax, expecting: type, in: place) else { return nil }
    guard let today = value.firstToday else { return value }
    diagnostics.report(
      .misplacedToday, "`today` can only stand on one side of a comparison", at: today,
      help: "compare `today`, or `today - <date>`, with what it is to be compared with")
    return nil
  }

  /// A value of a type, or of any when none is asked for; nil when it is broken.
  mutating func value(_ syntax: ValueSyntax, expecting type: ValueType? = nil, in place: Environment) -> Value? {
    switch syntax.form {
    case .broken: return nil
    case .literal(let literal): return self.literal(literal, at: syntax.span)
    case .today: return Value(.today, type: .date, syntax.span)
    case .name(let name): return named(LocatedText(name, syntax.span), expecting: type, in: place)
    case .arithmetic(let sign, let left, let right):
      return arithmetic(sign, (left, right), at: syntax.span, in: place)
    case .pointOf(let pick, let series, let window):
      return point(of: (series, window), at: syntax.span, in: place) { .point(pick, $0, $1) }
    case .dateOf(let pick, let series, let window):
      let value = point(of: (series, window), at: syntax.span, in: place) { .dateOf(pick, $0, $1) }
      return value.map { Value($0.form, type: .date, $0.span) }
    case .change(let relative, let series, let over):
      return change(relative, of: (series, over), at: syntax.span, in: place)
    case .fieldOf(let aggregate, let record, let field, let conditions):
      let rows = RowsSyntax(collection: record, conditions: conditions, span: syntax.span)
      return fieldOf(aggregate, rows, field, in: place)
    case .count(let name, let window, let conditions):
      let counted = CountSyntax(name: name, window: window, conditions: conditions, span: syntax.span)
      return count(counted, in: place)
    case .extreme(let extreme, let parts): return self.extreme(extreme, parts, at: syntax.span, in: place)
    case .round(let inner, let step): return round(inner, to: step, at: syntax.span, in: place)
    case .template(let parts): return template(parts, at: syntax.span, in: place)
    }
  }

  // MARK: Literals

  mutating func literal(_ literal: LiteralSyntax, at span: Span) -> Value? {
    switch literal {
    case .text(let text): return Value(.constant(.text(text)), type: .text, span)
    case .date(let text):
      return readDay(LocatedText(text, span), into: &diagnostics).map {
        Value(.constant(.day($0)), type: .date, span)
      }
    case .quantity(let number, let unit): return quantity(number, unit, at: span)
    }
  }

  mutating func quantity(_ number: LocatedText, _ unit: LocatedText?, at span: Span) -> Value? {
    var measure = Unit.one
    if let unit {
      guard let read = readUnit(unit, into: &diagnostics) else { return nil }
      measure = read
    }
    guard let value = Rational(decimal: number.value), let canonical = measure.canonical(value) else {
      diagnostics.report(
        .numberTooLarge, "`\(text(at: span))` is too large or too fine to compute with exactly", at: span,
        help: "check the number; write it in a unit in which it is shorter")
      return nil
    }
    let type = unit == nil ? ValueType.number : .quantity(measure)
    return Value(.constant(.number(canonical)), type: type, span)
  }

  // MARK: Names

  /// A name as a value: a term where one is expected, else a field, fact or definition.
  mutating func named(_ name: LocatedText, expecting type: ValueType?, in place: Environment) -> Value? {
    if case .term(let group)? = type, let term = term(name, of: group, in: place) {
      return Value(.constant(.term(term)), type: .term(group), name.span)
    }
    switch meaning(of: name, in: place) {
    case .broken: return nil
    case .field(let variable, let index, let field):
      guard !field.isSet else { return wrongShape(name, "holds several values", "test it with `includes`") }
      return Value(.field(variable: variable, field: index), type: field.type, name.span)
    case .fact(let id): return fact(id, name)
    case .definition(let id):
      guard let type = self.type(of: id) else { return nil }
      return Value(.definition(id), type: type, name.span)
    case .record, .kind, .table:
      return wrongShape(
        name, "is a collection of rows", "ask `exists \(name.value) where …` or `count (\(name.value))`")
    case .nothing:
      reportUnknown(name, expecting: type, in: place)
      return nil
    }
  }

  private mutating func fact(_ id: FactID, _ name: LocatedText) -> Value? {
    let fact = vocabulary[id]
    switch fact.shape {
    case .scalar: return Value(.fact(id), type: fact.type, name.span)
    case .set: return wrongShape(name, "is a set", "test it with `\(name.value) includes …`")
    case .series: return wrongShape(name, "has a value for each date", "write `latest \(name.value)`")
    }
  }

  mutating func wrongShape(_ name: LocatedText, _ what: String, _ help: String) -> Value? {
    diagnostics.report(
      .shapeMismatch, "`\(name.value)` \(what), where one value is needed", at: name.span, help: help)
    return nil
  }

  // MARK: Series

  private mutating func point(
    of syntax: (series: LocatedText, window: WindowSyntax?), at span: Span, in place: Environment,
    _ form: (FactID, Window?) -> Value.Form
  ) -> Value? {
    guard let series = series(syntax.series, in: place) else { return nil }
    guard let window = self.window(syntax.window, in: place) else { return nil }
    return Value(form(series, window.window), type: vocabulary[series].type, span)
  }

  /// A fact with a value for each date; anything else is reported.
  mutating func series(_ name: LocatedText, in place: Environment) -> FactID? {
    switch meaning(of: name, in: place) {
    case .broken: return nil
    case .fact(let id) where vocabulary[id].shape == .series: return id
    case .nothing:
      reportUnknown(name, expecting: nil, in: place)
      return nil
    default:
      diagnostics.report(
        .shapeMismatch, "`\(name.value)` is no series: it has not a value for each date", at: name.span,
        help: "leave out the word before it, or declare the fact as `series of quantity`")
      return nil
    }
  }

  /// Reads a window; nil when it is broken.
  mutating func window(_ syntax: WindowSyntax?, in place: Environment) -> WindowReading? {
    switch syntax {
    case nil: return WindowReading()
    case .within(let time): return constantDays(time, in: place).map { WindowReading(window: .within(days: $0)) }
    case .since(let date):
      guard let value = plainValue(date, in: place), let day = fit(value, to: .date, of: "the begin of the window")
      else { return nil }
      return WindowReading(window: .since(day))
    }
  }

  /// A span of time that stands there as a number: windows are cut before a patient is seen.
  mutating func constantDays(_ syntax: ValueSyntax, in place: Environment) -> Rational? {
    guard let value = plainValue(syntax, in: place),
      let time = fit(value, to: .duration, of: "the length of the window")
    else { return nil }
    guard case .constant(.number(let days)) = time.form, days >= .zero else {
      diagnostics.report(
        .typeMismatch, "the length of a window must stand here as a number of days", at: syntax.span,
        help: "write it as `14 d`")
      return nil
    }
    return days
  }

  private mutating func change(
    _ relative: Bool, of syntax: (series: LocatedText, time: ValueSyntax), at span: Span, in place: Environment
  ) -> Value? {
    let days = constantDays(syntax.time, in: place)
    guard let series = series(syntax.series, in: place), let days else { return nil }
    guard relative else {
      return Value(.change(relative: false, series, days: days), type: vocabulary[series].type, span)
    }
    guard let percent = try? Unit.parse("%") else { return nil }
    return Value(.change(relative: true, series, days: days), type: .quantity(percent), span)
  }

  // MARK: Texts

  mutating func template(_ parts: [TemplatePart], at span: Span, in place: Environment) -> Value? {
    var elements: [TemplateElement] = []
    var isBroken = false
    for part in parts {
      switch part {
      case .words(let words): elements.append(.words(words))
      case .field(let name):
        guard let value = named(name, expecting: nil, in: place) else {
          isBroken = true
          continue
        }
        elements.append(.value(value))
      }
    }
    if isBroken { return nil }
    if elements.isEmpty { return Value(.constant(.text("")), type: .text, span) }
    if elements.count == 1, case .words(let words) = elements[0] {
      return Value(.constant(.text(words)), type: .text, span)
    }
    return Value(.template(elements), type: .text, span)
  }
}

/// A window that was read, or the absence of one.
struct WindowReading {
  var window: Window?
}
