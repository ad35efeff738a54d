internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

/// A number as it stands in a condition, a value or a cell.
struct WrittenNumber: Hashable {
  /// Its size, without a sign.
  var size: Rational
  /// In days, where it is a length of time.
  var days: Rational?
  /// As it was written, with its unit.
  var text: String
  var span: Span
  /// A share may be told as a number or in percent.
  var isShare: Bool

  /// Nothing that a source would have to give: none of something, or one thing.
  var isTrivial: Bool { size.isZero || (size == .one && text == "1") }

  /// Nil: no number.
  init?(_ number: LocatedText, unit: LocatedText?) {
    guard let value = Rational(decimal: number.value) else { return nil }
    size = value.abs ?? value
    let unitName = unit?.value
    days = unitName.flatMap { Self.lengths[$0] ?? nil }.flatMap { [size] in size.multiplied(by: $0) }
    isShare = unitName == nil || unitName == "%"
    text = unitName.map { "\(number.value) \($0)" } ?? number.value
    span = unit.map { number.span.joined(with: $0.span) } ?? number.span
  }

  private static let lengths: [String: Rational?] = [
    "min": Rational(numerator: 1, denominator: 1440), "h": Rational(numerator: 1, denominator: 24), "d": Rational(1),
    "wk": Rational(7), "mo": Rational(numerator: 1461, denominator: 48),
    "a": Rational(numerator: 1461, denominator: 4),
  ]
}

/// The numbers and the names that stand in a piece of content.
struct WrittenParts {
  var numbers: [WrittenNumber] = []
  /// Facts, definitions, fields `variable.column`, terms: whatever they turn out to mean.
  var names: Set<String> = []

  mutating func add(_ conditions: [ConditionSyntax]) { conditions.forEach { add($0) } }

  mutating func add(_ condition: ConditionSyntax) {
    switch condition.form {
    case .broken, .applies: break
    case .group(_, let members): add(members)
    case .not(let inner): add(inner)
    case .holds(let name): names.insert(name.value)
    case .exists(let rows): add(rows)
    case .anyPoint(let series, let window, let relation):
      names.insert(series.value)
      add(window)
      add(relation)
    case .concluded(let pattern):
      pattern.subjects.forEach { add($0) }
      pattern.fields.forEach { $0.values.forEach { add($0) } }
    case .relation(let value, let relation):
      add(value)
      add(relation)
    }
  }

  mutating func add(_ rows: RowsSyntax) {
    names.insert(rows.collection.value)
    add(rows.conditions)
  }

  mutating func add(_ relation: RelationSyntax) {
    switch relation.form {
    case .broken, .known, .unknown, .none: break
    case .compare(_, let value), .olderThan(let value): add(value)
    case .between(let low, let high):
      add(low)
      add(high)
    case .oneOf(let operands, _), .knownToBe(let operands, _), .includes(_, let operands):
      operands.forEach { add($0) }
    }
  }

  mutating func add(_ operand: OperandSyntax) {
    switch operand.form {
    case .name(let name): names.insert(name)
    case .literal(let literal): add(literal)
    case .any: break
    }
  }

  mutating func add(_ literal: LiteralSyntax) {
    guard case .quantity(let number, let unit) = literal, let written = WrittenNumber(number, unit: unit) else {
      return
    }
    numbers.append(written)
  }

  mutating func add(_ window: WindowSyntax?) {
    switch window {
    case .within(let value), .since(let value): add(value)
    case nil: break
    }
  }

  mutating func add(_ value: ValueSyntax) {
    switch value.form {
    case .broken, .today: break
    case .literal(let literal): add(literal)
    case .name(let name): names.insert(name)
    case .arithmetic(_, let left, let right):
      add(left)
      add(right)
    case .pointOf(_, let series, let window), .dateOf(_, let series, let window):
      names.insert(series.value)
      add(window)
    case .change(_, let series, let time):
      names.insert(series.value)
      add(time)
    case .fieldOf(_, let record, _, let conditions):
      names.insert(record.value)
      add(conditions)
    case .count(let collection, let window, let conditions):
      names.insert(collection.value)
      add(window)
      add(conditions)
    case .extreme(_, let values): values.forEach { add($0) }
    case .round(let value, let step):
      add(value)
      add(step)
    case .template(let parts):
      for case .field(let name) in parts { names.insert(name.value) }
    }
  }

  mutating func add(_ alternative: CellSyntax.Alternative) {
    switch alternative {
    case .any, .unknown, .broken: break
    case .operand(let operand): add(operand)
    case .range(let low, let high):
      add(low)
      add(high)
    case .compare(_, let value): add(value)
    }
  }

  /// A bare number that is the whole of a field is a place in an order or a count of things, and is not looked at.
  mutating func add(_ conclusion: ConclusionSyntax) {
    conclusion.subjects.forEach { add($0) }
    for field in conclusion.fields {
      if case .literal(.quantity(_, nil)) = field.value.form { continue }
      add(field.value)
      if let other = field.otherReading { add(namesOf: other) }
    }
    if let strength = conclusion.annotations.strength { names.insert(strength.value) }
  }

  /// The names alone.
  mutating func add(namesOf value: ValueSyntax) {
    var other = WrittenParts()
    other.add(value)
    names.formUnion(other.names)
  }

  mutating func add(_ override: OverrideSyntax) {
    guard case .conclusions(let patterns) = override.target else { return }
    for pattern in patterns {
      for case .name(let name) in (pattern.subjects + pattern.fields.flatMap(\.values)).map(\.form) {
        names.insert(name)
      }
    }
  }
}

extension WrittenParts {
  init(_ rule: RuleSyntax) {
    rule.forEach.forEach { add($0.rows) }
    add(rule.when)
    add(rule.unless)
    rule.then.forEach { add($0) }
    rule.overrides.forEach { add($0) }
  }

  /// A row of a grid, with what the grid says for all its rows.
  init(_ row: DecisionRowSyntax, of grid: DecisionTableSyntax) {
    grid.inputs.forEach { add($0) }
    add(grid.when)
    add(grid.unless)
    row.cells.forEach { $0.alternatives.forEach { add($0) } }
    add(row.unless)
    row.then.forEach { add($0) }
    (grid.overrides + row.overrides).forEach { add($0) }
  }

  init(_ definition: DefinitionSyntax) {
    switch definition.form {
    case .broken: break
    case .means(let conditions): add(conditions)
    case .value(let value): add(value)
    case .first(let clauses):
      for clause in clauses {
        add(clause.guardConditions ?? [])
        add(clause.value)
      }
    case .agree(let facts): names.formUnion(facts.map(\.value))
    case .lookUp(_, let table, let conditions):
      names.insert(table.value)
      add(conditions)
    }
  }
}
