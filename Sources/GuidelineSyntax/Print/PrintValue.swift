internal import SourceText

/// The canonical text of a value.
package func print(_ value: ValueSyntax) -> String {
  switch value.form {
  case .broken: "…"
  case .literal(let literal): print(literal)
  case .today: "today"
  case .name(let name): name
  case .arithmetic(let sign, let left, let right): printArithmetic(sign, left, right)
  case .pointOf(let pick, let series, let window): "\(pick.rawValue) \(series.value)\(printWindow(window))"
  case .dateOf(let pick, let series, let window): "date of \(pick.rawValue) \(series.value)\(printWindow(window))"
  case .change(let relative, let series, let over):
    "\(relative ? "relative " : "")change of \(series.value) over \(printAtom(over))"
  case .fieldOf(let aggregate, let record, let field, let conditions):
    "\(aggregate.rawValue) (\(record.value).\(field.value)\(printConditions(conditions)))"
  case .count(let name, let window, let conditions):
    "count (\(name.value)\(printWindow(window))\(printConditions(conditions)))"
  case .extreme(let extreme, let parts):
    "\(extreme.rawValue) of (\(parts.map { print($0) }.joined(separator: " and ")))"
  case .round(let value, let step): "round \(printAtom(value)) to \(printAtom(step))"
  case .template(let parts): "\"\(print(parts))\""
  }
}

/// A text with its fields in braces.
package func print(_ parts: [TemplatePart]) -> String {
  parts.map { part in
    switch part {
    case .words(let words): words
    case .field(let name): "{\(name.value)}"
    }
  }.joined()
}

/// A value where only an atom may stand: arithmetic gets brackets.
func printAtom(_ value: ValueSyntax) -> String {
  if case .arithmetic = value.form { "(\(print(value)))" } else { print(value) }
}

private func printArithmetic(_ sign: ArithmeticOperator, _ left: ValueSyntax, _ right: ValueSyntax) -> String {
  let isProduct = sign == .multiply || sign == .divide
  let leftText = isProduct && isSum(left) ? "(\(print(left)))" : print(left)
  let rightText: String
  if case .arithmetic(let inner, _, _) = right.form, isProduct || inner == .add || inner == .subtract {
    rightText = "(\(print(right)))"
  } else {
    rightText = print(right)
  }
  return "\(leftText) \(sign.rawValue) \(rightText)"
}

private func isSum(_ value: ValueSyntax) -> Bool {
  switch value.form {
  case .arithmetic(.add, _, _), .arithmetic(.subtract, _, _): true
  default: false
  }
}

/// A window with the blank before it.
func printWindow(_ window: WindowSyntax?) -> String {
  switch window {
  case nil: ""
  case .within(let time): " within \(printAtom(time))"
  case .since(let date): " since \(printAtom(date))"
  }
}

/// The conditions behind `where`, with the blank before it.
func printConditions(_ conditions: [ConditionSyntax]) -> String {
  conditions.isEmpty ? "" : " where " + conditions.map { print($0) }.joined(separator: " and ")
}

/// The canonical text of a cell.
package func print(_ cell: CellSyntax) -> String {
  cell.alternatives.map { alternative in
    switch alternative {
    case .any: "any"
    case .unknown: "unknown"
    case .operand(let operand): print(operand)
    case .range(let low, let high): "\(print(low)) .. \(print(high))"
    case .compare(let order, let value): "\(order.rawValue) \(print(value))"
    case .broken: "…"
    }
  }.joined(separator: " | ")
}

/// The canonical text of a type.
package func print(_ type: TypeSyntax) -> String {
  switch type.form {
  case .yesNo: "yes_no"
  case .oneOf(let groups): "one of \(groups.map(\.value).joined(separator: " or "))"
  case .setOf(let group): "set of \(group.value)"
  case .quantity(let unit): unit.map { "quantity \($0.value)" } ?? "quantity"
  case .wholeNumber: "whole_number"
  case .text: "text"
  case .date: "date"
  case .duration: "duration"
  case .series(let inner): "series of \(print(inner))"
  case .setOfText: "set of text"
  case .broken: "…"
  }
}
