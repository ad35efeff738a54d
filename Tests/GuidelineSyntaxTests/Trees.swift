internal import GuidelineSyntax
internal import SourceText

/// Numbers that look random and are the same for the same seed.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Makes trees of the grammar that a line can hold.
struct TreeMaker {
  var random: Seeded
  static let nowhere = Span(file: FileID(0), start: 0, end: 0)

  init(seed: UInt64) { random = Seeded(seed) }

  private mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func name() -> String {
    pick(["patient.age", "ild.severity", "a", "row.low", "x_2.y", "lab.wbc", "m.dose"])
  }

  private mutating func text() -> LocatedText { LocatedText(name(), Self.nowhere) }

  private func located(_ text: String) -> LocatedText { LocatedText(text, Self.nowhere) }

  private mutating func number() -> LiteralSyntax {
    let unit = pick(["mg/kg/d", "%", "10*9/L", "mm[Hg]", "d", ""])
    return .quantity(number: located(pick(["0", "18", "-10", "2.50"])), unit: unit.isEmpty ? nil : located(unit))
  }

  mutating func literal() -> LiteralSyntax {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: .date("2026-06-01")
    case 1: .text(pick(["", "two words", "[a, b] {c}", "1 mg"]))
    default: number()
    }
  }

  private mutating func operand() -> OperandSyntax {
    OperandSyntax(chance(60) ? .name(pick(["moderate", "yes", "no", "row.x"])) : .literal(literal()), Self.nowhere)
  }

  private mutating func operands() -> [OperandSyntax] {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in operand() }
  }

  // MARK: Values

  mutating func value(_ depth: Int) -> ValueSyntax {
    guard depth > 0 else { return ValueSyntax(chance(50) ? .name(name()) : .literal(literal()), Self.nowhere) }
    return ValueSyntax(form(depth - 1), Self.nowhere)
  }

  private mutating func form(_ depth: Int) -> ValueSyntax.Form {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: .today
    case 1: .pointOf(pick([.latest, .earliest, .highest, .lowest]), series: text(), window(depth))
    case 2: .dateOf(pick([.latest, .earliest]), series: text(), window(depth))
    case 3: .change(relative: chance(50), series: text(), over: ValueSyntax(.literal(number()), Self.nowhere))
    case 4:
      .fieldOf(
        pick([.only, .total, .highest, .latest]), record: located("medication"), field: located("dose"),
        conditions: rowConditions(depth))
    case 5:
      chance(50)
        ? .count(of: text(), window(depth), conditions: [])
        : .count(of: located("medication"), nil, conditions: rowConditions(depth))
    case 6: .extreme(pick([.min, .max, .earlier, .later]), [value(depth), value(depth)])
    case 7: .round(value(depth), to: ValueSyntax(.literal(number()), Self.nowhere))
    default: .arithmetic(pick([.add, .subtract, .multiply, .divide]), value(depth), value(depth))
    }
  }

  private mutating func window(_ depth: Int) -> WindowSyntax? {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .within(ValueSyntax(.literal(number()), Self.nowhere))
    // A value that ends in a window of its own would take one that follows.
    case 1: .since(ValueSyntax(chance(50) ? .today : .arithmetic(.subtract, value(depth), value(0)), Self.nowhere))
    default: nil
    }
  }

  // MARK: Conditions

  /// Only the last condition behind `where` may take what follows `and` for its own.
  private mutating func rowConditions(_ depth: Int) -> [ConditionSyntax] {
    let count = Int.random(in: 0..<3, using: &random)
    return (0..<count).map { index in condition(index == count - 1 ? depth : 0) }
  }

  mutating func condition(_ depth: Int) -> ConditionSyntax {
    let inner = test(depth)
    return ConditionSyntax(chance(20) ? .not(ConditionSyntax(inner, Self.nowhere)) : inner, Self.nowhere)
  }

  private mutating func test(_ depth: Int) -> ConditionSyntax.Form {
    guard depth > 0 else { return .relation(value(0), relation(0)) }
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return .holds(text())
    case 1:
      let rows = RowsSyntax(
        collection: located("medication"), conditions: rowConditions(depth - 1), span: Self.nowhere)
      return .exists(rows)
    case 2: return .anyPoint(series: text(), window: window(depth - 1), relation(depth - 1))
    case 3:
      let rule = RuleReferenceSyntax(
        document: chance(50) ? located("acr-chest") : nil, rule: located("first-line"),
        row: chance(50) ? located("P18-IM") : nil, span: Self.nowhere)
      return .applies(rule)
    case 4: return .concluded(pattern())
    default: return .relation(value(depth - 1), relation(depth - 1))
    }
  }

  private mutating func pattern() -> PatternSyntax {
    let subject = OperandSyntax(chance(30) ? .any : .name("azathioprine"), Self.nowhere)
    let fields = (0..<Int.random(in: 0..<4, using: &random)).map { _ in
      let values = operands()
      return PatternFieldSyntax(name: located(pick(["line", "rank", "to", "before", "low"])), values: values)
    }
    return PatternSyntax(kind: located("recommend"), subjects: [subject], fields: fields, span: Self.nowhere)
  }

  private mutating func relation(_ depth: Int) -> RelationSyntax {
    RelationSyntax(relationForm(depth), Self.nowhere)
  }

  private mutating func relationForm(_ depth: Int) -> RelationSyntax.Form {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: .between(value(depth), value(depth))
    case 1: .known
    case 2: .unknown
    case 3: .none
    case 4: .knownToBe(operands(), negated: chance(50))
    case 5: .olderThan(ValueSyntax(.literal(number()), Self.nowhere))
    case 6: .includes(pick([.any, .all, .none]), operands())
    case 7: .oneOf(operands(), negated: chance(50))
    default: .compare(pick([.less, .lessOrEqual, .greater, .greaterOrEqual]), value(depth))
    }
  }
}
