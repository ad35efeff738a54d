internal import ClinicalValues
public import GuidelineKit

extension RuleExplanation {
  /// Why a rule holds, or why not, form by form.
  public var json: JSONValue {
    .object([
      "rule": .string(name),
      "today": today.json,
      "instances": .array(instances.map(\.json)),
      "omitted": .count(omitted),
    ])
  }
}

extension InstanceExplanation {
  fileprivate var json: JSONValue {
    .entries([
      "guideline": .string(guideline),
      "rule": .string(rule),
      "title": title.map(JSONValue.string),
      "file": .string(path),
      "line": .count(line),
      "holds": .bool(holds),
      "scope": .string(scope.word),
      "truth": .string(truth.word),
      "excepted": .string(excepted.word),
      "conclusions": .array(conclusions.map(\.json)),
      "overridden_by": overriddenBy.isEmpty ? nil : .array(overriddenBy.map(\.json)),
      "because": .array(because.map(\.json)),
      "obstacles": .array(obstacles.map(\.json)),
      "needs": .array(unknown.map(\.json)),
      "flips": .array(flips.map(\.json)),
    ])
  }
}

extension OverridingRule {
  fileprivate var json: JSONValue {
    .entries([
      "guideline": .string(guideline),
      "rule": .string(rule),
      "because": because.map(JSONValue.string),
      "certain": .bool(isCertain),
      "file": .string(path),
      "line": .count(line),
    ])
  }
}

extension FailedCondition {
  fileprivate var json: JSONValue {
    .entries([
      "text": .string(text),
      "truth": .string(truth.word),
      "wanted": .string(wanted ? "true" : "false"),
      "file": .string(path),
      "line": .count(line),
      "facts": facts.isEmpty ? nil : .array(facts.map(\.json)),
      "shortfall": shortfall?.json,
    ])
  }
}

extension Shortfall {
  fileprivate var json: JSONValue {
    .object([
      "what": .string(what),
      "value": value.json,
      "comparator": .string(comparator),
      "limit": limit.json,
      "difference": difference.json,
    ])
  }
}

extension Flip {
  fileprivate var json: JSONValue {
    let changes = changes.map { change in
      JSONValue.object(["fact": .string(change.fact), "from": .string(change.from), "to": .string(change.to)])
    }
    return .object(["changes": .array(changes), "status": .string(status.rawValue)])
  }
}
