internal import ClinicalValues
internal import GuidelineSyntax

/// Evaluates conditions that read nothing but the cells of one row of knowledge, which are all known.
struct RowEvaluator {
  let vocabulary: Vocabulary
  let columns: [Field]
  /// The number under which the condition reads the row.
  let variable: Int

  /// The truth for a row; nil when the condition reads something else.
  func truth(of condition: Condition, _ row: KnowledgeRow) -> Truth? {
    switch condition.form {
    case .constant(let truth): return truth
    case .not(let inner): return truth(of: inner, row).map { !$0 }
    case .group(let kind, let members):
      let truths = members.compactMap { truth(of: $0, row) }
      return truths.count == members.count ? combine(kind, truths) : nil
    case .isTerm(let value, let operands), .isKnownToBe(let value, let operands):
      return isOneOf(value, operands, row)
    case .isEqual(let value, let others): return isOneOf(value, others.map(Operand.value), row)
    case .compare(let left, let comparator, let right): return compare(left, comparator, right, row)
    case .isKnown(.value(let value)): return cell(value, row).map { Truth($0 != .unknown && $0 != .one(.none)) }
    case .isUnknown(.value(let value)): return cell(value, row).map { Truth($0 == .unknown) }
    case .isNone(.value(let value)): return cell(value, row).map { Truth($0 == .one(.none)) }
    case .includes(.column(let number, let field), let quantifier, let operands) where number == variable:
      return includes(field, quantifier, operands, row)
    default: return nil
    }
  }

  private func combine(_ kind: GroupKind, _ truths: [Truth]) -> Truth {
    switch kind {
    case .all: return Truth.all(truths)
    case .any: return Truth.any(truths)
    case .none: return !Truth.any(truths)
    case .atLeast(let count):
      let sure = truths.count { $0 == .yes }
      let possible = truths.count { $0 != .no }
      return sure >= count ? .yes : possible < count ? .no : .unknown
    }
  }

  /// What a value is in the row: a cell, or a constant.
  private func cell(_ value: Value, _ row: KnowledgeRow) -> Cell? {
    switch value.form {
    case .constant(let constant): return .one(constant)
    case .field(variable, let field) where row.cells.indices.contains(field): return row.cells[field]
    case .translated(let inner, let map):
      guard let cell = cell(inner, row) else { return nil }
      guard case .one(.term(let index)) = cell, map.indices.contains(index) else { return cell }
      return .one(map[index].map { .term($0) } ?? .none)
    default: return nil
    }
  }

  private func isOneOf(_ value: Value, _ operands: [Operand], _ row: KnowledgeRow) -> Truth? {
    guard let left = cell(value, row) else { return nil }
    var truths: [Truth] = []
    for operand in operands {
      switch operand {
      case .term(let term): truths.append(isTerm(left, .term(term), value.type))
      case .value(let other):
        guard let right = cell(other, row) else { return nil }
        guard case .one(let constant) = right else {
          truths.append(right == .any ? .yes : Truth(left == .unknown))
          continue
        }
        truths.append(isTerm(left, constant, value.type))
      }
    }
    return Truth.any(truths)
  }

  private func isTerm(_ cell: Cell, _ asked: Constant, _ type: ValueType) -> Truth {
    guard case .one(let constant) = cell else { return .unknown }
    guard constant != .none, asked != .none else { return .no }
    guard case .term(let index) = constant, case .term(let wanted) = asked, let group = type.group else {
      return Truth(constant == asked)
    }
    if vocabulary[group].members(of: wanted).contains(index) { return .yes }
    return vocabulary[group].classes(of: wanted).contains(index) ? .unknown : .no
  }

  private func compare(_ left: Value, _ comparator: Comparator, _ right: Value, _ row: KnowledgeRow) -> Truth? {
    guard let first = cell(left, row), let second = cell(right, row) else { return nil }
    guard case .one(let low) = first, case .one(let high) = second else { return .unknown }
    guard let low = estimate(low), let high = estimate(high) else { return .no }
    return low.compared(comparator, to: high)
  }

  private func estimate(_ constant: Constant) -> Estimate? {
    switch constant {
    case .number(let number): .exactly(number)
    case .day(let day): .exactly(day.rational)
    case .term(let term): .term(term)
    case .text, .none: nil
    }
  }

  private func includes(
    _ field: Int, _ quantifier: SetQuantifier, _ operands: [Operand], _ row: KnowledgeRow
  ) -> Truth? {
    guard row.cells.indices.contains(field), case .set(let members) = row.cells[field] else { return nil }
    var truths: [Truth] = []
    for operand in operands {
      let asked: Constant
      switch operand {
      case .term(let term): asked = .term(term)
      case .value(let value):
        guard case .one(let constant)? = cell(value, row) else { return nil }
        asked = constant
      }
      truths.append(Truth.any(members.map { isTerm(.one($0), asked, columns[field].type) }))
    }
    switch quantifier {
    case .any: return Truth.any(truths)
    case .all: return Truth.all(truths)
    case .none: return !Truth.any(truths)
    }
  }
}
