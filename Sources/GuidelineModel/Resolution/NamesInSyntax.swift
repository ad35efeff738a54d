internal import GuidelineSyntax

// Every name that stands in a definition, whatever it will turn out to mean.

extension DefinitionSyntax {
  /// The names that the definition may read.
  var names: Set<String> {
    var names: Set<String> = []
    switch form {
    case .broken: break
    case .means(let conditions): conditions.forEach { $0.collect(&names) }
    case .value(let value): value.collect(&names)
    case .first(let clauses):
      for clause in clauses {
        clause.guardConditions?.forEach { $0.collect(&names) }
        clause.value.collect(&names)
      }
    case .agree(let facts): names.formUnion(facts.map(\.value))
    case .lookUp(_, _, let conditions): conditions.forEach { $0.collect(&names) }
    }
    return names
  }
}

extension ConditionSyntax {
  fileprivate func collect(_ names: inout Set<String>) {
    switch form {
    case .broken, .applies: break
    case .group(_, let members): members.forEach { $0.collect(&names) }
    case .not(let inner): inner.collect(&names)
    case .holds(let name): names.insert(name.value)
    case .exists(let rows): rows.conditions.forEach { $0.collect(&names) }
    case .anyPoint(_, let window, let relation):
      window?.collect(&names)
      relation.collect(&names)
    case .concluded(let pattern):
      pattern.subjects.forEach { $0.collect(&names) }
      pattern.fields.forEach { $0.values.forEach { $0.collect(&names) } }
    case .relation(let value, let relation):
      value.collect(&names)
      relation.collect(&names)
    }
  }
}

extension RelationSyntax {
  fileprivate func collect(_ names: inout Set<String>) {
    switch form {
    case .broken, .known, .unknown, .none: break
    case .compare(_, let value), .olderThan(let value): value.collect(&names)
    case .between(let low, let high):
      low.collect(&names)
      high.collect(&names)
    case .oneOf(let operands, _), .knownToBe(let operands, _), .includes(_, let operands):
      operands.forEach { $0.collect(&names) }
    }
  }
}

extension OperandSyntax {
  fileprivate func collect(_ names: inout Set<String>) {
    if case .name(let name) = form { names.insert(name) }
  }
}

extension WindowSyntax {
  fileprivate func collect(_ names: inout Set<String>) {
    switch self {
    case .within(let value), .since(let value): value.collect(&names)
    }
  }
}

extension ValueSyntax {
  fileprivate func collect(_ names: inout Set<String>) {
    switch form {
    case .broken, .literal, .today: break
    case .name(let name): names.insert(name)
    case .arithmetic(_, let left, let right):
      left.collect(&names)
      right.collect(&names)
    case .pointOf(_, _, let window), .dateOf(_, _, let window): window?.collect(&names)
    case .change(_, _, let time): time.collect(&names)
    case .fieldOf(_, _, _, let conditions): conditions.forEach { $0.collect(&names) }
    case .count(_, let window, let conditions):
      window?.collect(&names)
      conditions.forEach { $0.collect(&names) }
    case .extreme(_, let values): values.forEach { $0.collect(&names) }
    case .round(let value, _): value.collect(&names)
    case .template(let parts):
      for part in parts {
        if case .field(let name) = part { names.insert(name.value) }
      }
    }
  }
}
