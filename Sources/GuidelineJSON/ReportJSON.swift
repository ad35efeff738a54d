internal import ClinicalValues
public import GuidelineKit

/// A report in canonical form (`semantics.md` §7): equal reports give equal bytes on every interface.
public func canonicalJSON(_ report: Report) -> [UInt8] {
  var writer = ReportWriter()
  writer.write(report)
  return writer.bytes
}

extension Report {
  /// The report as `schemas/report.schema.json` describes it.
  public var json: JSONValue {
    .entries([
      "today": today.json,
      "valid_until": validUntil?.json,
      "guidelines": .array(guidelines.map(\.json)),
      "conclusions": .array(conclusions.map(\.json)),
      "needs": .array(needs.map(\.json)),
      "conflicts": .array(conflicts.map { $0.json(conclusions) }),
      "due": .array(due.compactMap { $0.json(conclusions) }),
      "out_of_scope": .array(outOfScope.map(\.json)),
      "undecided": .array(undecided.map(\.json)),
      "violations": violations.isEmpty ? nil : .array(violations.map(\.json)),
    ])
  }
}

extension Day {
  var json: JSONValue { .string(iso) }
}

extension ReportedGuideline {
  fileprivate var json: JSONValue {
    .entries([
      "id": .string(id),
      "title": .string(title),
      "version": .string(version),
      "edition": edition.map(JSONValue.string),
      "hash": .string(hash),
      "review_by": reviewBy?.json,
    ])
  }
}

extension FieldValue {
  /// A term by its name, a quantity with its unit.
  public var json: JSONValue {
    switch self {
    case .term(let name, _): .string(name)
    case .quantity(let number, let unit): .object(["value": .number(number), "unit": .string(unit)])
    case .number(let number): .number(number)
    case .date(let day): day.json
    case .text(let text): .string(text)
    }
  }
}

extension [ReportedField] {
  var json: JSONValue {
    .object([String: JSONValue](map { ($0.name, $0.value.json) }, uniquingKeysWith: { first, _ in first }))
  }
}

extension ReportedConclusion {
  var json: JSONValue {
    .entries([
      "kind": .string(kind),
      "subject": subject.json,
      "fields": fields.json,
      "status": .string(status.rawValue),
      "strength": strength.map(JSONValue.string),
      "certainty": certainty.map(JSONValue.string),
      "graded_as": gradedAs.map(JSONValue.string),
      "guideline": .string(guideline),
      "rule": .string(rule),
      "title": title.map(JSONValue.string),
      "sources": .array(sources.map(\.json)),
      "because": .array(because.map(\.json)),
      "undecided": undecidedFields.isEmpty ? nil : .strings(undecidedFields),
      "overridden_by": overriddenBy.isEmpty ? nil : .array(overriddenBy.map(\.json)),
      "settled_by": settledBy.isEmpty ? nil : .strings(settledBy),
    ])
  }

  /// Enough to find the conclusion again.
  fileprivate var reference: JSONValue {
    .object([
      "kind": .string(kind),
      "subject": subject.json,
      "fields": fields.json,
      "guideline": .string(guideline),
      "rule": .string(rule),
    ])
  }
}

extension ReportedSource {
  fileprivate var json: JSONValue {
    .entries([
      "guideline": .string(guideline),
      "source": .string(source),
      "title": title.map(JSONValue.string),
      "statements": .strings(statements),
    ])
  }
}

extension Overrider {
  var json: JSONValue {
    .entries([
      "guideline": .string(guideline),
      "rule": .string(rule),
      "because": because.map(JSONValue.string),
      "certain": .bool(isCertain),
    ])
  }
}

extension Reason {
  /// The condition with its answer and all that it rests on.
  public var json: JSONValue {
    .entries([
      "text": .string(text),
      "truth": .string(truth.word),
      "file": .string(file),
      "line": .count(line),
      "facts": facts.isEmpty ? nil : .array(facts.map(\.json)),
      "parts": parts.isEmpty ? nil : .array(parts.map(\.json)),
    ])
  }
}

extension FactReading {
  var json: JSONValue { .object(["fact": .string(fact), "value": .string(value)]) }
}

extension Truth {
  var word: String {
    switch self {
    case .yes: "true"
    case .no: "false"
    case .unknown: "unknown"
    }
  }
}

extension Need {
  var json: JSONValue {
    .entries(["fact": .string(fact), "ask": ask.map(JSONValue.string), "count": .count(count)])
  }
}

extension ReportedConflict {
  func json(_ conclusions: [ReportedConclusion]) -> JSONValue {
    switch self {
    case .conclusions(let indices, let status):
      let known = indices.filter(conclusions.indices.contains)
      return .object([
        "between": .string("conclusions"),
        "status": .string(status.rawValue),
        "conclusions": .array(known.map { conclusions[$0].reference }),
      ])
    case .rows(let guideline, let table, let rows):
      return .object([
        "between": .string("rows"),
        "guideline": .string(guideline),
        "table": .string(table),
        "rows": .strings(rows),
      ])
    case .data(let facts, let reason):
      return .object(["between": .string("data"), "facts": .strings(facts), "reason": .string(reason)])
    }
  }
}

extension DueItem {
  func json(_ conclusions: [ReportedConclusion]) -> JSONValue? {
    guard conclusions.indices.contains(conclusion) else { return nil }
    let item = conclusions[conclusion]
    return .object([
      "kind": .string(item.kind),
      "subject": item.subject.json,
      "guideline": .string(item.guideline),
      "rule": .string(item.rule),
      "due": on.json,
      "state": .string(isOverdue ? "overdue" : "due"),
    ])
  }
}

extension OutOfScope {
  fileprivate var json: JSONValue {
    .object(["guideline": .string(guideline), "because": .array(because.map(\.json))])
  }
}

extension UndecidedGuideline {
  var json: JSONValue {
    .object(["guideline": .string(guideline), "facts": .strings(facts), "possible": .count(possible)])
  }
}

extension Violation {
  var json: JSONValue {
    .entries([
      "guideline": .string(guideline),
      "invariant": .string(invariant),
      "because": because.map(JSONValue.string),
    ])
  }
}
