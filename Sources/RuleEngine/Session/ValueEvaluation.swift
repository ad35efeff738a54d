package import ClinicalValues

extension Session {
  /// The values that an expression may have, under the present bindings (`semantics.md` §2).
  package mutating func estimate(_ id: ValueID, _ reading: Reading) -> Estimate {
    guard tables.valueVariables[id.index] == 0 else { return compute(tables.values[id.index], reading) }
    switch tables.values[id.index] {
    // What is a look into a table anyway need not be kept.
    case .constant(let constant): return pool[constant]
    case .fact(let slot, nil): return pool[scalars[slot.index]]
    default: return keptEstimate(id, reading)
    }
  }

  private mutating func keptEstimate(_ id: ValueID, _ reading: Reading) -> Estimate {
    if let kept = reading == .cautious ? states.0.kept(id, run: runs) : states.1.kept(id, run: runs) {
      return pool[kept]
    }
    let estimate = compute(tables.values[id.index], reading)
    if tables.valueComponent[id.index] < unsettledComponent {
      let interned = pool.intern(estimate)
      if reading == .cautious { states.0.keep(id, interned, run: runs) } else { states.1.keep(id, interned, run: runs) }
    }
    return estimate
  }

  /// The number of the estimate; fields and constants need no arithmetic to be numbered.
  mutating func estimateID(_ id: ValueID, _ reading: Reading) -> EstimateID {
    switch tables.values[id.index] {
    case .constant(let constant): return constant
    case .field(let variable, let column):
      let binding = bindings[Int(variable)]
      return relations[Int(binding.relation)].cell(binding.row, Int(column))
    default:
      let estimate = estimate(id, reading)
      return pool.intern(estimate)
    }
  }

  mutating func compute(_ node: ValueNode, _ reading: Reading) -> Estimate {
    switch node {
    case .constant(let id): return pool[id]
    case .today: return .exactly(Rational(Int64(today.number)))
    case .fact(let slot, let definition): return fact(slot, definition, reading)
    case .definition(let id):
      return pool[reading == .cautious ? states.0.definitions[id.index] : states.1.definitions[id.index]]
    case .field(let variable, let column):
      let binding = bindings[Int(variable)]
      return pool[relations[Int(binding.relation)].cell(binding.row, Int(column))]
    case .currentPoint: return pool[currentPoint]
    case .point(let pick, let slot, let window): return point(pick, slot, window, reading)
    case .dateOf(let pick, let slot, let window): return date(of: pick, slot, window, reading)
    case .change(let isRelative, let slot, let window): return change(isRelative, slot, window, reading)
    case .aggregate(let aggregate, let rows, let column):
      return self.aggregate(aggregate, rows, Int(column), reading)
    case .countRows(let rows): return countRows(rows, reading)
    case .countPoints(let slot, let window): return countPoints(slot, window, reading)
    case .add(let first, let second): return arithmetic(first, second, reading) { $0.adding($1) }
    case .subtract(let first, let second): return arithmetic(first, second, reading) { $0.subtracting($1) }
    case .multiply(let first, let second): return arithmetic(first, second, reading) { $0.multiplied(by: $1) }
    case .divide(let first, let second): return arithmetic(first, second, reading) { $0.divided(by: $1) }
    case .least(let list): return extreme(list, isLeast: true, reading)
    case .greatest(let list): return extreme(list, isLeast: false, reading)
    case .round(let value, let step): return round(estimate(value, reading), to: pool[step])
    case .text(let template, let parts): return text(template, parts, reading)
    case .translated(let value, let translation):
      return translate(estimate(value, reading), graph.translations[translation.index])
    }
  }

  var unknownNumber: Estimate { pool[RuleGraphBuilder.anyNumber] }

  /// A given value that is known, or known not to exist, wins over the definition.
  private mutating func fact(_ slot: ScalarSlotID, _ definition: DefinitionNodeID?, _ reading: Reading) -> Estimate {
    let given = pool[scalars[slot.index]]
    guard given.isUnknown, let definition else { return given }
    return pool[reading == .cautious ? states.0.definitions[definition.index] : states.1.definitions[definition.index]]
  }

  private mutating func arithmetic(
    _ first: ValueID, _ second: ValueID, _ reading: Reading, _ operation: (Interval, Interval) -> IntervalResult
  ) -> Estimate {
    combine(estimate(first, reading), estimate(second, reading), operation)
  }

  /// Interval arithmetic: none with anything is none; what is undefined or does not fit is unknown.
  func combine(
    _ first: Estimate, _ second: Estimate, _ operation: (Interval, Interval) -> IntervalResult
  ) -> Estimate {
    guard !first.isNone, !second.isNone else { return .none }
    guard case .interval(let left) = first.values, case .interval(let right) = second.values,
      case .value(let result) = operation(left, right)
    else { return unknownNumber }
    return .interval(result, mayBeNone: first.mayBeNone || second.mayBeNone)
  }

  /// The least or greatest of those that are not none.
  private mutating func extreme(_ list: Members, isLeast: Bool, _ reading: Reading) -> Estimate {
    var certain: Interval?
    var possible: Interval?
    for index in list.range {
      let operand = estimate(ValueID(Int(tables.members[index])), reading)
      if operand.isNone { continue }
      guard case .interval(let interval) = operand.values else { return unknownNumber }
      possible = possible.map { isLeast ? $0.minimum(interval) : $0.maximum(interval) } ?? interval
      if !operand.mayBeNone {
        certain = certain.map { isLeast ? $0.minimum(interval) : $0.maximum(interval) } ?? interval
      }
    }
    guard let possible else { return .none }
    guard let certain else { return .interval(widest(list, reading) ?? possible, mayBeNone: true) }
    // One that may be none can only pull the result further, never hold it back.
    return .interval(
      isLeast
        ? Interval(low: possible.low, high: certain.high) : Interval(low: certain.low, high: possible.high))
  }

  /// All that any of the operands may be: when each of them may be none, any of them may be the one that is left.
  private mutating func widest(_ list: Members, _ reading: Reading) -> Interval? {
    var result: Interval?
    for index in list.range {
      guard case .interval(let interval) = estimate(ValueID(Int(tables.members[index])), reading).values else {
        continue
      }
      result = result?.joined(with: interval) ?? interval
    }
    return result
  }

  private func round(_ value: Estimate, to step: Estimate) -> Estimate {
    guard !value.isNone else { return .none }
    guard case .interval(let interval) = value.values, case .interval(let steps) = step.values,
      let single = steps.single, case .value(let rounded) = interval.rounded(toMultipleOf: single)
    else { return unknownNumber }
    return .interval(rounded, mayBeNone: value.mayBeNone)
  }

  private mutating func text(_ template: UInt32, _ parts: Members, _ reading: Reading) -> Estimate {
    var values: [Estimate] = []
    for index in parts.range {
      let part = estimate(ValueID(Int(tables.members[index])), reading)
      if part.isUnknown { return pool[RuleGraphBuilder.anyText] }
      if part.isNone { return .none }
      values.append(part)
    }
    return .text(texts.id(CompositeTexts.Content(template: template, parts: values)))
  }

  private func translate(_ value: Estimate, _ table: Translation) -> Estimate {
    guard case .terms(let terms) = value.values else { return value }
    let targets = terms.indices.map { table.targets.indices.contains($0) ? table.targets[$0] : nil }
    let isLost = targets.contains(nil)
    return .terms(TermSet(targets.compactMap { $0 }), mayBeNone: value.mayBeNone || isLost)
  }
}
