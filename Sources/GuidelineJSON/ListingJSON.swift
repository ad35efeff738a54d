internal import ClinicalValues
public import GuidelineKit

extension FactListing {
  public var json: JSONValue {
    .entries([
      "name": .string(name),
      "type": .string(type),
      "unit": unit.map(JSONValue.string),
      "range": range.map { .object(["low": .number($0.low), "high": .number($0.high)]) },
      "terms": terms.isEmpty ? nil : .array(terms.map(\.json)),
      "ordered": isOrdered ? .bool(true) : nil,
      "fields": fields.isEmpty ? nil : .array(fields.map(\.json)),
      "ask": ask.map(JSONValue.string),
      "codes": codes.isEmpty
        ? nil : .array(codes.map { .object(["system": .string($0.system), "code": .string($0.code)]) }),
      "declared_in": .string(declaredIn),
      "file": .string(path),
      "line": .count(line),
      "read_by": .strings(readBy),
      "derived_by": derivedBy.isEmpty ? nil : .strings(derivedBy),
    ])
  }
}

extension FactListing.Field {
  fileprivate var json: JSONValue {
    .entries([
      "name": .string(name),
      "type": .string(type),
      "unit": unit.map(JSONValue.string),
      "terms": terms.isEmpty ? nil : .array(terms.map(\.json)),
    ])
  }
}

extension ListedTerm {
  fileprivate var json: JSONValue {
    .entries(["name": .string(name), "label": .string(label), "is": parent.map(JSONValue.string)])
  }
}

extension SourceStatements {
  public var json: JSONValue {
    .entries([
      "document": .string(document),
      "version": .string(version),
      "edition": edition.map(JSONValue.string),
      "source": .string(source),
      "title": .string(title),
      "file": .string(path),
      "line": .count(line),
      "statements": .array(statements.map(\.json)),
    ])
  }
}

extension StatementState {
  fileprivate var json: JSONValue {
    var entries: [String: JSONValue] = [
      "id": .string(id), "says": .string(says), "file": .string(path), "line": .count(line),
    ]
    switch state {
    case .cited(let names):
      entries["state"] = .string("cited")
      entries["by"] = .strings(names)
    case .notEncoded(let reason):
      entries["state"] = .string("not_encoded")
      entries["because"] = .string(reason)
    case .missing: entries["state"] = .string("missing")
    }
    return .object(entries)
  }
}

extension GuidelineGraph {
  public var json: JSONValue {
    .object(["nodes": .array(nodes.map(\.json)), "edges": .array(edges.map(\.json))])
  }
}

extension GuidelineGraph.Node {
  fileprivate var json: JSONValue {
    .entries([
      "id": .string(id),
      "kind": .string(kind.rawValue),
      "label": .string(label),
      "document": document.map(JSONValue.string),
      "file": path.map(JSONValue.string),
      "line": line.map(JSONValue.count),
    ])
  }
}

extension GuidelineGraph.Edge {
  fileprivate var json: JSONValue {
    .object(["from": .string(from), "to": .string(to), "kind": .string(kind.rawValue)])
  }
}

extension TestCoverage {
  public var json: JSONValue {
    .object([
      "rules": .count(rules),
      "rules_reached": .count(rulesReached),
      "never_true": .array(neverTrue.map(\.json)),
      "never_false": .array(neverFalse.map(\.json)),
      "boundaries": .array(boundaries.map(\.json)),
      "boundaries_judged": .count(boundariesJudged),
    ])
  }
}

extension UncoveredRule {
  fileprivate var json: JSONValue {
    .object([
      "guideline": .string(guideline),
      "version": .string(version),
      "rule": .string(name),
      "file": .string(path),
      "line": .count(line),
    ])
  }
}

extension UncoveredBoundary {
  fileprivate var json: JSONValue {
    .object([
      "text": .string(text),
      "limit": limit.json,
      "below": .bool(hasBelow),
      "equal": .bool(hasEqual),
      "above": .bool(hasAbove),
      "file": .string(path),
      "line": .count(line),
    ])
  }
}
