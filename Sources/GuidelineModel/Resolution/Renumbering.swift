internal import ClinicalValues

/// New numbers for definitions, tables and rules, after those that are broken are left out.
///
/// What reads something that is left out has no new form: it is left out as well.
struct Renumbering {
  var definitions: [DefinitionID?]
  var tables: [TableID?]
  var rules: [RuleID?]

  /// A list of which every member must have a new form.
  private func every<Element>(_ list: [Element], _ change: (Element) -> Element?) -> [Element]? {
    let changed = list.compactMap(change)
    return changed.count == list.count ? changed : nil
  }

  // MARK: Conditions

  func condition(_ old: Condition) -> Condition? {
    form(old.form).map { Condition($0, old.span) }
  }

  private func form(_ old: Condition.Form) -> Condition.Form? {
    switch old {
    case .constant: return old
    case .group(let kind, let members): return every(members, condition).map { .group(kind, $0) }
    case .not(let inner): return condition(inner).map { .not($0) }
    case .isTerm(let left, let operands):
      guard let left = value(left), let operands = every(operands, operand) else { return nil }
      return .isTerm(left, operands)
    case .isKnownToBe(let left, let operands):
      guard let left = value(left), let operands = every(operands, operand) else { return nil }
      return .isKnownToBe(left, operands)
    case .isEqual(let left, let others):
      guard let left = value(left), let others = every(others, value) else { return nil }
      return .isEqual(left, others)
    case .compare(let left, let comparator, let right):
      guard let left = value(left), let right = value(right) else { return nil }
      return .compare(left, comparator, right)
    case .isKnown(let subject): return self.subject(subject).map { .isKnown($0) }
    case .isUnknown(let subject): return self.subject(subject).map { .isUnknown($0) }
    case .isNone(let subject): return self.subject(subject).map { .isNone($0) }
    case .includes(let set, let quantifier, let operands):
      return every(operands, operand).map { .includes(set, quantifier, $0) }
    case .exists(let rows): return self.rows(rows).map { .exists($0) }
    case .anyPoint(let series, let old, let inner):
      guard let inner = condition(inner), let window = window(old) else { return nil }
      return .anyPoint(series, window.window, inner)
    case .applies(let rules): return .applies(self.rules(rules))
    case .concluded(let pattern): return self.pattern(pattern).map { .concluded($0) }
    }
  }

  private func subject(_ old: Subject) -> Subject? {
    if case .value(let old) = old { return value(old).map { .value($0) } }
    return old
  }

  private func operand(_ old: Operand) -> Operand? {
    if case .value(let old) = old { return value(old).map { .value($0) } }
    return old
  }

  /// Rules that are left out do not hold.
  func rules(_ old: [RuleID]) -> [RuleID] {
    old.compactMap { rules.indices.contains($0.index) ? rules[$0.index] : nil }
  }

  func rows(_ old: Rows) -> Rows? {
    var rows = old
    if case .table(let id) = old.collection {
      guard let table = table(id) else { return nil }
      rows.collection = .table(table)
    }
    if let condition = old.condition {
      guard let new = self.condition(condition) else { return nil }
      rows.condition = new
    }
    return rows
  }

  private func table(_ old: TableID) -> TableID? { tables.indices.contains(old.index) ? tables[old.index] : nil }

  private func window(_ old: Window?) -> WindowReading? {
    guard case .since(let date)? = old else { return WindowReading(window: old) }
    return value(date).map { WindowReading(window: .since($0)) }
  }

  func pattern(_ old: Pattern) -> Pattern? {
    var pattern = old
    for index in old.fields.indices {
      guard let values = old.fields[index].values else { continue }
      guard let new = every(values, value) else { return nil }
      pattern.fields[index].values = new
    }
    return pattern
  }

  // MARK: Values

  func value(_ old: Value) -> Value? {
    form(old.form).map { Value($0, type: old.type, old.span) }
  }

  private func form(_ old: Value.Form) -> Value.Form? {
    switch old {
    case .constant, .today, .fact, .field, .currentPoint, .change: return old
    case .definition(let id):
      return definitions.indices.contains(id.index) ? definitions[id.index].map { .definition($0) } : nil
    case .point(let pick, let series, let old): return window(old).map { .point(pick, series, $0.window) }
    case .dateOf(let pick, let series, let old): return window(old).map { .dateOf(pick, series, $0.window) }
    case .countPoints(let series, let old): return window(old).map { .countPoints(series, $0.window) }
    case .aggregate(let aggregate, let old, let field):
      return rows(old).map { .aggregate(aggregate, $0, field: field) }
    case .countRows(let old): return rows(old).map { .countRows($0) }
    case .arithmetic(let sign, let left, let right):
      guard let left = value(left), let right = value(right) else { return nil }
      return .arithmetic(sign, left, right)
    case .extreme(let least, let values): return every(values, value).map { .extreme(least: least, $0) }
    case .round(let inner, let step): return value(inner).map { .round($0, to: step) }
    case .translated(let inner, let map): return value(inner).map { .translated($0, map) }
    case .template(let elements): return every(elements, element).map { .template($0) }
    }
  }

  private func element(_ old: TemplateElement) -> TemplateElement? {
    if case .value(let old) = old { return value(old).map { .value($0) } }
    return old
  }

  // MARK: Wholes

  func definition(_ old: Definition) -> Definition? {
    var definition = old
    switch old.form {
    case .means(let condition):
      guard let new = self.condition(condition) else { return nil }
      definition.form = .means(new)
    case .value(let value):
      guard let new = self.value(value) else { return nil }
      definition.form = .value(new)
    case .first(let clauses):
      guard let new = every(clauses, clause) else { return nil }
      definition.form = .first(new)
    case .agree: break
    case .lookUp(let old, let field):
      guard let new = rows(old) else { return nil }
      definition.form = .lookUp(new, field: field)
    }
    return definition
  }

  private func clause(_ old: FirstClause) -> FirstClause? {
    var clause = old
    guard let value = value(old.value) else { return nil }
    clause.value = value
    if let condition = old.condition {
      guard let new = self.condition(condition) else { return nil }
      clause.condition = new
    }
    return clause
  }

  func rule(_ old: Rule) -> Rule? {
    var rule = old
    guard let when = condition(old.when), let variables = every(old.variables, variable),
      let overrides = every(old.overrides, override), let conclusions = every(old.conclusions, conclusion)
    else { return nil }
    rule.when = when
    rule.variables = variables
    rule.overrides = overrides
    rule.conclusions = conclusions
    if let unless = old.unless {
      guard let new = condition(unless) else { return nil }
      rule.unless = new
    }
    return rule
  }

  private func variable(_ old: RuleVariable) -> RuleVariable? {
    rows(old.rows).map { RuleVariable(name: old.name, rows: $0) }
  }

  private func override(_ old: Override) -> Override? {
    var override = old
    switch old.target {
    case .rules(let rules): override.target = .rules(self.rules(rules))
    case .conclusions(let patterns):
      guard let new = every(patterns, pattern) else { return nil }
      override.target = .conclusions(new)
    }
    return override
  }

  private func conclusion(_ old: Conclusion) -> Conclusion? {
    var conclusion = old
    for index in old.fields.indices {
      guard let value = value(old.fields[index].value) else { return nil }
      conclusion.fields[index].value = value
    }
    return conclusion
  }
}
