internal import GuidelineSyntax

// Trees as bracketed words, so that a test sees what was read without the printer under test.

func dump(_ condition: ConditionSyntax) -> String {
  switch condition.form {
  case .broken: "broken"
  case .group(let kind, let members): "(\(dump(kind)) \(members.map { dump($0) }.joined(separator: " ")))"
  case .not(let inner): "(not \(dump(inner)))"
  case .holds(let name): "(holds \(name.value))"
  case .exists(let rows): "(exists \(dump(rows.collection.value, rows.conditions)))"
  case .anyPoint(let series, let window, let relation): "(any \(series.value)\(dump(window)) \(dump(relation)))"
  case .applies(let rule):
    "(applies \(rule.document?.value ?? "-") \(rule.rule.value) \(rule.row?.value ?? "-"))"
  case .concluded(let pattern): "(concluded \(dump(pattern)))"
  case .relation(let value, let relation): "(\(dump(value)) \(dump(relation)))"
  }
}

func dump(_ kind: GroupKind) -> String {
  switch kind {
  case .all: "all"
  case .any: "any"
  case .none: "none"
  case .atLeast(let count): "at-least-\(count)"
  }
}

func dump(_ relation: RelationSyntax) -> String {
  switch relation.form {
  case .broken: "broken"
  case .compare(let order, let value): "\(order.rawValue) \(dump(value))"
  case .between(let low, let high): "between \(dump(low)) \(dump(high))"
  case .oneOf(let operands, let negated): "\(negated ? "not-" : "")one-of \(dump(operands))"
  case .known: "known"
  case .unknown: "unknown"
  case .none: "none"
  case .knownToBe(let operands, let negated): "\(negated ? "not-" : "")known-to-be \(dump(operands))"
  case .olderThan(let value): "older-than \(dump(value))"
  case .includes(let quantifier, let operands): "includes-\(quantifier.rawValue) \(dump(operands))"
  }
}

func dump(_ operands: [OperandSyntax]) -> String {
  "[\(operands.map { dump($0) }.joined(separator: " "))]"
}

func dump(_ operand: OperandSyntax) -> String {
  switch operand.form {
  case .name(let name): name
  case .literal(let literal): dump(literal)
  case .any: "*"
  }
}

func dump(_ literal: LiteralSyntax) -> String {
  switch literal {
  case .quantity(let number, let unit): "\(number.value)\(unit.map { "'\($0.value)'" } ?? "")"
  case .date(let date): "date:\(date)"
  case .text(let text): "text:\(text)"
  }
}

func dump(_ window: WindowSyntax?) -> String {
  switch window {
  case nil: ""
  case .within(let value): " (within \(dump(value)))"
  case .since(let value): " (since \(dump(value)))"
  }
}

func dump(_ name: String, _ conditions: [ConditionSyntax]) -> String {
  ([name] + conditions.map { dump($0) }).joined(separator: " ")
}

func dump(_ pattern: PatternSyntax) -> String {
  let fields = pattern.fields.map { " \($0.name.value)=\(dump($0.values))" }.joined()
  return "\(pattern.kind.value) \(dump(pattern.subjects))\(fields)"
}

func dump(_ value: ValueSyntax) -> String {
  switch value.form {
  case .broken: "broken"
  case .literal(let literal): dump(literal)
  case .today: "today"
  case .name(let name): name
  case .arithmetic(let sign, let left, let right): "(\(sign.rawValue) \(dump(left)) \(dump(right)))"
  case .pointOf(let pick, let series, let window): "(\(pick.rawValue) \(series.value)\(dump(window)))"
  case .dateOf(let pick, let series, let window): "(date-of-\(pick.rawValue) \(series.value)\(dump(window)))"
  case .change(let relative, let series, let over):
    "(\(relative ? "relative-" : "")change \(series.value) \(dump(over)))"
  case .fieldOf(let aggregate, let record, let field, let conditions):
    "(\(aggregate.rawValue) \(dump("\(record.value) \(field.value)", conditions)))"
  case .count(let name, let window, let conditions): "(count \(dump(name.value + dump(window), conditions)))"
  case .extreme(let extreme, let parts): "(\(extreme.rawValue) \(parts.map { dump($0) }.joined(separator: " ")))"
  case .round(let value, let step): "(round \(dump(value)) \(dump(step)))"
  case .template(let parts): "(template \(parts.map { dump($0) }.joined(separator: " ")))"
  }
}

func dump(_ part: TemplatePart) -> String {
  switch part {
  case .words(let words): "<\(words)>"
  case .field(let name): name.value
  }
}

func dump(_ cell: CellSyntax) -> String {
  cell.alternatives.map { alternative in
    switch alternative {
    case .any: "*"
    case .unknown: "unknown"
    case .operand(let operand): dump(operand)
    case .range(let low, let high): "\(dump(low))..\(dump(high))"
    case .compare(let order, let value): "\(order.rawValue) \(dump(value))"
    case .broken: "broken"
    }
  }.joined(separator: " | ")
}

func dump(_ type: TypeSyntax) -> String {
  switch type.form {
  case .yesNo: "yes-no"
  case .oneOf(let groups): "(one-of \(groups.map(\.value).joined(separator: " ")))"
  case .setOf(let group): "(set-of \(group.value))"
  case .quantity(let unit): "(quantity \(unit?.value ?? "-"))"
  case .wholeNumber: "whole-number"
  case .text: "text"
  case .date: "date"
  case .duration: "duration"
  case .series(let inner): "(series \(dump(inner)))"
  case .setOfText: "(set-of-text)"
  case .broken: "broken"
  }
}
