internal import SourceText

// The canonical text of what stands on a line. Reading it again gives the same tree.

/// The canonical text of a condition; groups are printed the way YAML writes them on one line.
package func print(_ condition: ConditionSyntax) -> String {
  switch condition.form {
  case .broken: "…"
  case .group(let kind, let members): "{\(print(kind)): [\(members.map(flowItem).joined(separator: ", "))]}"
  case .not(let inner): printNegation(inner)
  case .holds(let name): name.value
  case .exists(let rows): "exists \(print(rows))"
  case .anyPoint(let series, let window, let relation): "any \(series.value)\(printWindow(window)) \(print(relation))"
  case .applies(let reference): "rule \(print(reference)) applies"
  case .concluded(let pattern): "\(print(pattern)) is concluded"
  case .relation(let value, let relation): "\(print(value)) \(print(relation))"
  }
}

/// The key of a group.
package func print(_ kind: GroupKind) -> String {
  switch kind {
  case .all: "all"
  case .any: "any"
  case .none: "none"
  case .atLeast(let count): "at least \(count) of"
  }
}

private func printNegation(_ inner: ConditionSyntax) -> String {
  switch inner.form {
  case .exists(let rows): "no \(print(rows))"
  case .group, .not: "{not: \(flowItem(inner))}"
  default: "not \(print(inner))"
  }
}

/// A condition as an item of a list in brackets: quoted where YAML needs it.
private func flowItem(_ condition: ConditionSyntax) -> String {
  let text = print(condition)
  switch condition.form {
  case .group: return text
  case .not(let inner):
    switch inner.form {
    case .group, .not: return text
    default: return scalarText(text, inFlow: true)
    }
  default: return scalarText(text, inFlow: true)
  }
}

/// The canonical text of the right side of a comparison.
package func print(_ relation: RelationSyntax) -> String {
  switch relation.form {
  case .broken: "…"
  case .compare(let order, let value): "\(order.rawValue) \(print(value))"
  case .between(let low, let high): "between \(print(low)) and \(print(high))"
  case .oneOf(let operands, let negated): "is \(negated ? "not " : "")\(alternatives(operands))"
  case .known: "is known"
  case .unknown: "is unknown"
  case .none: "is none"
  case .knownToBe(let operands, let negated): "is \(negated ? "not " : "")known to be \(alternatives(operands))"
  case .olderThan(let value): "is older than \(print(value))"
  case .includes(.any, let operands): "includes \(alternatives(operands))"
  case .includes(let quantifier, let operands): "includes \(quantifier.rawValue) of \(bracketed(operands))"
  }
}

private func alternatives(_ operands: [OperandSyntax]) -> String {
  operands.map { print($0) }.joined(separator: " or ")
}

private func bracketed(_ operands: [OperandSyntax]) -> String {
  "[\(operands.map { print($0) }.joined(separator: ", "))]"
}

/// The canonical text of one alternative.
package func print(_ operand: OperandSyntax) -> String {
  switch operand.form {
  case .name(let name): name
  case .literal(let literal): print(literal)
  case .any: "any"
  }
}

/// The canonical text of a number with its unit, a date or a text.
package func print(_ literal: LiteralSyntax) -> String {
  switch literal {
  case .quantity(let number, let unit): unit.map { "\(number.value) \($0.value)" } ?? number.value
  case .date(let date): date
  case .text(let text): "\"\(text)\""
  }
}

/// `<collection> where <condition> and …`.
package func print(_ rows: RowsSyntax) -> String {
  rows.collection.value + printConditions(rows.conditions)
}

/// `[document/]rule[#row]`.
package func print(_ reference: RuleReferenceSyntax) -> String {
  let document = reference.document.map { "\($0.value)/" } ?? ""
  let row = reference.row.map { "#\($0.value)" } ?? ""
  return document + reference.rule.value + row
}

/// A pattern as it stands before `is concluded`.
///
/// `in` stands before the field `line`, as people say it, and wherever the name of the field could be taken for a unit.
package func print(_ pattern: PatternSyntax) -> String {
  var text = "\(pattern.kind.value) \(pattern.subjects.first.map { print($0) } ?? "any")"
  var couldTakeUnit = pattern.subjects.first.map(endsInBareNumber) ?? false
  for field in pattern.fields {
    let name = field.name.value
    text += name == "line" || couldTakeUnit ? " in \(name) " : " \(name) "
    if field.values.count == 1, let value = field.values.first {
      text += print(value)
      couldTakeUnit = endsInBareNumber(value)
    } else {
      text += bracketed(field.values)
      couldTakeUnit = false
    }
  }
  return text
}

private func endsInBareNumber(_ operand: OperandSyntax) -> Bool {
  if case .literal(.quantity(_, nil)) = operand.form { true } else { false }
}

/// `[document/]source[#statement …]`.
package func print(_ citation: CitationSyntax) -> String {
  let document = citation.document.map { "\($0.value)/" } ?? ""
  let statements = citation.statements.map(\.value).joined(separator: " ")
  return document + citation.source.value + (statements.isEmpty ? "" : "#\(statements)")
}
