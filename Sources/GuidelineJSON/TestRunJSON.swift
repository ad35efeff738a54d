public import GuidelineKit

extension TestRun {
  /// Every case, with what did not hold.
  public var json: JSONValue {
    .entries([
      "passed": .count(passed),
      "failed": .count(failed),
      "suites": .array(suites.map(\.json)),
      "coverage": coverage?.json,
    ])
  }
}

extension SuiteResult {
  fileprivate var json: JSONValue {
    .object(["id": .string(id), "file": .string(path), "cases": .array(cases.map(\.json))])
  }
}

extension CaseResult {
  fileprivate var json: JSONValue {
    .entries([
      "name": .string(name),
      "title": title.map(JSONValue.string),
      "file": .string(path),
      "line": .count(line),
      "passed": .bool(passed),
      "failures": failures.isEmpty ? nil : .array(failures.map(\.json)),
    ])
  }
}

extension TestFailure {
  fileprivate var json: JSONValue {
    .object([
      "kind": .string(kind.rawValue),
      "file": .string(path),
      "line": .count(line),
      "expectation": .string(expectation),
      "explanation": .strings(explanation),
    ])
  }
}
