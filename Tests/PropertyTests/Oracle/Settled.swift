internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax

/// What constants and the rows of knowledge tables settle by themselves: it depends on nothing and asks nothing.
///
/// Values that would have to be worked out (sums, counts, look-ups) settle nothing.
struct Settled {
  /// Knows the tables, and nothing else.
  let blind: Run
  /// Rules over knowledge tables without a row that fits: they are not there.
  var absentRules: Set<RuleID> = []

  init(_ library: Library) { blind = Run(blind: library) }

  /// Nil: it depends on more.
  func truth(of condition: Condition, _ environment: Environment) -> Truth? {
    switch condition.form {
    case .constant(let truth): return truth
    case .group(let kind, let members): return group(kind, members.map { truth(of: $0, environment) })
    case .not(let inner): return truth(of: inner, environment).map { !$0 }
    case .exists(let rows):
      guard case .table = rows.collection else { return nil }
      return any(
        blind.rows(rows.collection).map { row in
          guard let condition = rows.condition else { return .yes }
          return truth(of: condition, environment.adding(row, at: rows.variable))
        })
    case .compare(let left, _, let right):
      return isPlain(left, environment) && isPlain(right, environment) ? blind.truth(of: condition, environment) : nil
    case .isTerm(let value, let operands): return any(operands.map { meaning(value, $0, condition, environment) })
    case .isEqual(let value, let others):
      return any(others.map { meaning(value, .value($0), condition, environment) })
    case .includes(.column, _, let operands):
      let isSettled = operands.allSatisfy { operand in
        if case .value(let value) = operand { return isPlain(value, environment) }
        return true
      }
      return isSettled ? blind.truth(of: condition, environment) : nil
    case .applies(let rules): return rules.allSatisfy(absentRules.contains) ? .no : nil
    default: return nil
    }
  }

  // MARK: Groups

  private func group(_ kind: GroupKind, _ truths: [Truth?]) -> Truth? {
    switch kind {
    case .all: return any(truths.map { $0.map { !$0 } }).map { !$0 }
    case .any: return any(truths)
    case .none: return any(truths).map { !$0 }
    case .atLeast(let count):
      if truths.filter({ $0 == .yes }).count >= count { return .yes }
      return truths.filter { $0 != .no }.count < count ? .no : nil
    }
  }

  private func any(_ truths: [Truth?]) -> Truth? {
    if truths.contains(.yes) { return .yes }
    return truths.allSatisfy { $0 == .no } ? .no : nil
  }

  // MARK: Values

  /// Whether the value is one of those that one operand means.
  private func meaning(
    _ value: Value, _ operand: Operand, _ condition: Condition, _ environment: Environment
  ) -> Truth? {
    let single: Condition.Form
    switch operand {
    case .term: single = .isTerm(value, [operand])
    case .value(let other):
      switch blind.cell(other, environment)?.0 {
      case .any?: return .yes
      case .unknown?: return nil
      case .set(let constants)? where constants.isEmpty: return .no
      case .one(.none)?:
        if case .isTerm = condition.form { return .no }
        single = .isEqual(value, [other])
      case nil where !isPlain(other, environment): return nil
      default:
        if case .isTerm = condition.form {
          single = .isTerm(value, [operand])
        } else {
          single = .isEqual(value, [other])
        }
      }
    }
    guard isPlain(value, environment) else { return nil }
    var alone = condition
    alone.form = single
    let truth = blind.truth(of: alone, environment)
    return truth == .unknown ? nil : truth
  }

  private func isPlain(_ value: Value, _ environment: Environment) -> Bool {
    switch value.form {
    case .constant: true
    case .field:
      if case .one? = blind.cell(value, environment)?.0 { true } else { false }
    case .translated(let inner, _): isPlain(inner, environment)
    default: false
    }
  }
}
