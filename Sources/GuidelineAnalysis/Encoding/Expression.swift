import ClinicalValues
import RuleEngine

/// A value as a function of variables: what an estimate is for every choice of their values.
indirect enum Expression {
  case constant(Estimate)
  /// An estimate for each value of the variable; of pieces of numbers also the closed hull.
  case leaf(VariableID, [Estimate], hulls: [Estimate])
  case apply(Operation, [Expression])

  enum Operation {
    case add, subtract, multiply, divide, least, greatest
    case round(Estimate)
    case translate(Translation)
  }

  /// Each variable once, in the order in which they are read.
  var variables: [VariableID] {
    var found: [VariableID] = []
    collect(into: &found)
    return found
  }

  private func collect(into found: inout [VariableID]) {
    switch self {
    case .constant: break
    case .leaf(let variable, _, _): if !found.contains(variable) { found.append(variable) }
    case .apply(_, let operands): for operand in operands { operand.collect(into: &found) }
    }
  }

  /// How many values the variable has in this expression; 0: it does not read it.
  func size(of variable: VariableID) -> Int {
    switch self {
    case .constant: 0
    case .leaf(let own, let table, _): own == variable ? table.count : 0
    case .apply(_, let operands): operands.reduce(0) { max($0, $1.size(of: variable)) }
    }
  }

  /// The estimate for a choice of values; with hulls it holds for everything that the values stand for.
  func estimate(_ choice: [VariableID: Int], hulls useHulls: Bool) -> Estimate {
    switch self {
    case .constant(let estimate): return estimate
    case .leaf(let variable, let table, let hulls):
      guard let index = choice[variable], table.indices.contains(index) else { return Estimate.unknownNumber }
      return useHulls ? hulls[index] : table[index]
    case .apply(let operation, let operands):
      return operation.apply(operands.map { $0.estimate(choice, hulls: useHulls) })
    }
  }

  /// Whether one number of each piece answers for all of them when the value is compared with a constant.
  ///
  /// The comparison was followed back to the input through sums and products with constants; where several inputs
  /// meet, or numbers are rounded, it could not be.
  var isFollowed: Bool {
    switch self {
    case .constant, .leaf: return true
    case .apply(let operation, let operands):
      switch operation {
      case .round: return false
      case .add, .subtract, .least, .greatest, .translate: break
      case .multiply, .divide:
        for case .constant(let estimate) in operands {
          guard case .interval(let interval) = estimate.values, interval.single.map({ $0 != .zero }) ?? false else {
            return false
          }
        }
        if case .divide = operation, operands.count == 2, operands[1].constant == nil { return false }
      }
      return operands.count { $0.constant == nil } <= 1 && operands.allSatisfy(\.isFollowed)
    }
  }

  var hasProducts: Bool {
    guard case .apply(let operation, let operands) = self else { return false }
    switch operation {
    case .multiply, .divide: return true
    case .add, .subtract, .least, .greatest, .round, .translate: return operands.contains(where: \.hasProducts)
    }
  }

  /// Whether some variable has a value that stands for several numbers.
  func hasPieces(_ choice: [VariableID: Int]) -> Bool {
    switch self {
    case .constant: false
    case .leaf: estimate(choice, hulls: true) != estimate(choice, hulls: false)
    case .apply(_, let operands): operands.contains { $0.hasPieces(choice) }
    }
  }

  /// Whether the value is known, for everything that the values stand for; nil: for some of it.
  func isKnown(_ choice: [VariableID: Int]) -> Bool? {
    let known = estimate(choice, hulls: false).isKnown
    guard case .apply(let operation, let operands) = self else { return known }
    switch operation {
    case .translate, .round: return known
    case .add, .subtract, .least, .greatest, .multiply, .divide:
      let parts = operands.map { $0.isKnown(choice) }
      if parts.contains(nil) { return nil }
      if case .divide = operation, operands.count == 2, operands[1].mayBeZero(choice) {
        return operands[1].estimate(choice, hulls: true).isKnown ? known : nil
      }
      if case .multiply = operation, parts.contains(false), operands.contains(where: { $0.mayBeZero(choice) }) {
        return operands.allSatisfy { $0.estimate(choice, hulls: true) == $0.estimate(choice, hulls: false) }
          ? known : nil
      }
      return known
    }
  }

  private func mayBeZero(_ choice: [VariableID: Int]) -> Bool {
    guard case .interval(let interval) = estimate(choice, hulls: true).values else { return false }
    return interval.contains(.zero)
  }

  /// Whether two values are the same, for everything that the values stand for; nil: for some of it.
  static func areSame(_ first: Expression, _ second: Expression, _ choice: [VariableID: Int]) -> Bool? {
    if case .leaf(let left, _, _) = first, case .leaf(let right, _, _) = second, left == right {
      return first.estimate(choice, hulls: false) == second.estimate(choice, hulls: false)
    }
    let hulls = (first.estimate(choice, hulls: true), second.estimate(choice, hulls: true))
    let exact = (first.estimate(choice, hulls: false), second.estimate(choice, hulls: false))
    if hulls.0 == exact.0, hulls.1 == exact.1 { return exact.0 == exact.1 }
    guard case .interval(let left) = hulls.0.values, case .interval(let right) = hulls.1.values else {
      return exact.0 == exact.1
    }
    return left.intersects(right) ? nil : false
  }

  /// The expression with a known estimate, if it reads no variable.
  var constant: Estimate? {
    switch self {
    case .constant(let estimate): return estimate
    case .leaf: return nil
    case .apply(let operation, let operands):
      var estimates: [Estimate] = []
      for operand in operands {
        guard let estimate = operand.constant else { return nil }
        estimates.append(estimate)
      }
      return operation.apply(estimates)
    }
  }
}

extension Expression.Operation {
  /// The engine's arithmetic (`semantics.md` §2), on estimates alone.
  func apply(_ operands: [Estimate]) -> Estimate {
    switch self {
    case .least: return Self.extreme(operands, isLeast: true)
    case .greatest: return Self.extreme(operands, isLeast: false)
    case .round(let step): return Self.round(operands[0], to: step)
    case .translate(let table): return Self.translate(operands[0], table)
    case .add: return Self.combine(operands) { $0.adding($1) }
    case .subtract: return Self.combine(operands) { $0.subtracting($1) }
    case .multiply: return Self.combine(operands) { $0.multiplied(by: $1) }
    case .divide: return Self.combine(operands) { $0.divided(by: $1) }
    }
  }

  private static func combine(
    _ operands: [Estimate], _ operation: (Interval, Interval) -> IntervalResult
  ) -> Estimate {
    guard !operands[0].isNone, !operands[1].isNone else { return .none }
    guard case .interval(let left) = operands[0].values, case .interval(let right) = operands[1].values,
      case .value(let result) = operation(left, right)
    else { return .unknownNumber }
    return .interval(result, mayBeNone: operands[0].mayBeNone || operands[1].mayBeNone)
  }

  private static func round(_ value: Estimate, to step: Estimate) -> Estimate {
    guard !value.isNone else { return .none }
    guard case .interval(let interval) = value.values, case .interval(let steps) = step.values,
      let single = steps.single, case .value(let rounded) = interval.rounded(toMultipleOf: single)
    else { return .unknownNumber }
    return .interval(rounded, mayBeNone: value.mayBeNone)
  }

  private static func translate(_ value: Estimate, _ table: Translation) -> Estimate {
    guard case .terms(let terms) = value.values else { return value }
    let targets = terms.indices.map { table.targets.indices.contains($0) ? table.targets[$0] : nil }
    return .terms(TermSet(targets.compactMap { $0 }), mayBeNone: value.mayBeNone || targets.contains(nil))
  }

  /// One that may be none is left out or not: the result holds for both.
  private static func extreme(_ operands: [Estimate], isLeast: Bool) -> Estimate {
    var sure: Interval?
    var others: [Interval] = []
    for operand in operands where !operand.isNone {
      guard case .interval(let interval) = operand.values else { return .unknownNumber }
      if operand.mayBeNone {
        others.append(interval)
      } else {
        sure = sure.map { isLeast ? $0.minimum(interval) : $0.maximum(interval) } ?? interval
      }
    }
    guard let sure else {
      guard let first = others.first else { return .none }
      return .interval(others.reduce(first) { $0.joined(with: $1) }, mayBeNone: true)
    }
    return .interval(others.reduce(sure) { $0.joined(with: isLeast ? sure.minimum($1) : sure.maximum($1)) })
  }
}

extension Estimate {
  static let unknownNumber = Estimate.interval(.all, mayBeNone: true)
}
