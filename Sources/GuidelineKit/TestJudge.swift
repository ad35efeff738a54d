import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import SourceText

/// Compares the report of one case with what the case expects.
struct TestJudge: ~Copyable {
  let report: Report
  let facts: PatientFacts
  var builder: ReportBuilder

  init(report: Report, facts: PatientFacts, builder: consuming ReportBuilder) {
    self.report = report
    self.facts = facts
    self.builder = builder
  }

  private var vocabulary: Vocabulary { builder.library.vocabulary }

  mutating func failures(of test: TestCase) -> [TestFailure] {
    var failures: [TestFailure] = []
    for pattern in test.expect {
      let words = PatternWords(pattern, vocabulary)
      guard !report.conclusions.contains(where: words.matches) else { continue }
      failures.append(failure(.expect, pattern.span, explain(words)))
    }
    for pattern in test.never {
      let words = PatternWords(pattern, vocabulary)
      let matching = report.conclusions.filter(words.matches)
      guard !matching.isEmpty else { continue }
      failures.append(failure(.never, pattern.span, matching.prefix(3).map { "concluded: " + describe($0) }))
    }
    failures += test.needs.compactMap { judge($0) }
    for expected in test.derives {
      if let failure = judge(expected) { failures.append(failure) }
    }
    failures += test.conflicts.compactMap { judge($0) }
    for name in test.outOfScope {
      if let failure = judgeScope(name) { failures.append(failure) }
    }
    failures += report.violations.map { broken($0, test.span) }
    return failures
  }

  /// An invariant is expected to hold in every case.
  private func broken(_ violation: Violation, _ span: Span) -> TestFailure {
    var failure = failure(.invariant, span, violation.because.map { [$0] } ?? [])
    failure.expectation = "\(violation.guideline)/\(violation.invariant) holds for every patient"
    return failure
  }

  private func failure(_ kind: TestFailure.Kind, _ span: Span, _ lines: [String]) -> TestFailure {
    TestFailure(
      kind: kind, place: span, path: builder.quotations.path(span), line: builder.quotations.line(span),
      expectation: builder.quotations.text(span), explanation: lines)
  }

  // MARK: Needs, values, conflicts, scopes

  private func judge(_ need: NeedExpectation) -> TestFailure? {
    let asked = report.needs.map(\.fact)
    // Who asks for a field of a record asks for the record.
    guard !asked.contains(where: { $0 == need.name || $0.hasPrefix(need.name + ".") && need.target.isRecord }) else {
      return nil
    }
    var lines = [isGiven(need.target) ? "`\(need.name)` is given" : "no open conclusion depends on `\(need.name)`"]
    lines.append(asked.isEmpty ? "nothing is asked for" : "asked for: " + asked.joined(separator: ", "))
    return failure(.needs, need.span, lines)
  }

  private func isGiven(_ target: NeedExpectation.Target) -> Bool {
    switch target {
    case .fact(let fact):
      let values = facts.scalars[fact] ?? []
      let isKnown = values.contains { if case .unknown = $0.value { false } else { true } }
      let members = (facts.sets[fact] ?? []).contains { if case .members = $0.content { true } else { false } }
      let points = (facts.series[fact] ?? []).contains { if case .points = $0.content { true } else { false } }
      return isKnown || members || points
    case .record(let record), .field(let record, _):
      return (facts.records[record] ?? []).contains { if case .rows = $0.content { true } else { false } }
    }
  }

  private mutating func judge(_ expected: DerivedExpectation) -> TestFailure? {
    let found = actual(expected)
    switch expected.value {
    case .unknown:
      if found.value == nil, !found.isNone { return nil }
    case .none:
      if found.isNone { return nil }
    default:
      let value = FieldValue(expected.value, expected.type, vocabulary)
      if let value, let actual = found.value, value.isSame(as: actual) { return nil }
    }
    return failure(.derives, expected.span, ["`\(expected.name)` is \(found.text)"])
  }

  /// What the report derived, or what was given.
  private mutating func actual(_ expected: DerivedExpectation) -> DerivedValue {
    if let derived = report.derived.first(where: { $0.name == expected.name }) { return derived }
    var value = DerivedValue(name: expected.name, value: nil, isNone: false, text: "unknown: nothing derives it")
    guard case .fact(let fact) = expected.target else {
      value.text = "not defined in the guidelines that are loaded here"
      return value
    }
    if let estimate = builder.factEstimate(fact) {
      value.value = builder.printer.value(estimate, expected.type)
      value.isNone = estimate.isNone
      value.text = builder.printer.describe(estimate, expected.type)
    } else if let given = facts.scalars[fact], Set(given.map(\.value)).count == 1, let first = given.first {
      value.value = FieldValue(first.value, expected.type, vocabulary)
      value.isNone = first.value == .none
      value.text = value.isNone ? "none" : value.value?.description ?? "unknown"
    }
    return value
  }

  private func judge(_ expected: ConflictExpectation) -> TestFailure? {
    switch expected {
    case .facts(let facts, let span):
      let names = Set(facts.map { vocabulary[$0].name })
      let isReported = report.conflicts.contains { conflict in
        if case .data(let found, _) = conflict { Set(found) == names } else { false }
      }
      return isReported ? nil : failure(.conflicts, span, listedConflicts())
    case .conclusions(let first, let second, let span):
      let words = (PatternWords(first, vocabulary), PatternWords(second, vocabulary))
      guard !report.conflicts.contains(where: { pairs($0, words) }) else { return nil }
      let missing = [words.0, words.1].filter { !report.conclusions.contains(where: $0.matches) }
      return failure(.conflicts, span, missing.map { "not concluded: \($0.phrase)" } + listedConflicts())
    }
  }

  /// Whether two different conclusions of a conflict match the two patterns.
  private func pairs(_ conflict: ReportedConflict, _ words: (PatternWords, PatternWords)) -> Bool {
    guard case .conclusions(let indices, _) = conflict else { return false }
    let first = indices.filter { words.0.matches(report.conclusions[$0]) }
    let second = indices.filter { words.1.matches(report.conclusions[$0]) }
    return first.contains { left in second.contains { $0 != left } }
  }

  private func listedConflicts() -> [String] {
    guard !report.conflicts.isEmpty else { return ["no conflict is reported"] }
    return report.conflicts.map { conflict in
      switch conflict {
      case .conclusions(let indices, _):
        "conflict: " + indices.map { report.conclusions[$0].phrase }.joined(separator: " against ")
      case .rows(let guideline, let table, let rows):
        "conflict: rows \(rows.joined(separator: ", ")) of \(guideline)/\(table) hold together"
      case .data(let facts, let reason): "conflict in the data: \(facts.joined(separator: ", ")) (\(reason))"
      }
    }
  }

  private mutating func judgeScope(_ name: NamedPlace) -> TestFailure? {
    guard !report.outOfScope.contains(where: { $0.guideline == name.name }) else { return nil }
    let line: String
    if let open = report.undecided.first(where: { $0.guideline == name.name }) {
      line = "whether it speaks for this patient is not known; it depends on \(open.facts.joined(separator: ", "))"
    } else if report.guidelines.contains(where: { $0.id == name.name }) {
      line = "it speaks for this patient"
    } else {
      line = "it is not loaded here: not in force on \(report.today.iso), or not named under `use`"
    }
    return failure(.outOfScope, name.span, [line])
  }

  // MARK: Expected conclusions

  /// Why nothing matches: the nearest conclusion, and the rules that would conclude it.
  private mutating func explain(_ words: PatternWords) -> [String] {
    let sameKind = report.conclusions.filter { $0.kind == words.kind }
    let near = sameKind.filter { words.isSubject($0.subject) }
    var lines = near.sorted { words.differences($0).count < words.differences($1).count }.prefix(1).flatMap {
      nearest($0, words)
    }
    let rules = builder.attempts(for: words)
    for attempt in rules.prefix(2) where !attempt.isInEffect { lines += attempt.lines }
    if rules.isEmpty {
      lines.append("no rule that is loaded here concludes \(words.phrase)")
      if near.isEmpty, let other = sameKind.first { lines.append("of its kind there is \(describe(other))") }
      if sameKind.isEmpty { lines.append("nothing of kind `\(words.kind)` is concluded") }
    }
    return lines
  }

  private func nearest(_ conclusion: ReportedConclusion, _ words: PatternWords) -> [String] {
    var lines = ["nearest: " + describe(conclusion)]
    let differences = words.differences(conclusion)
    if !differences.isEmpty { lines.append("  but " + differences.joined(separator: "; ")) }
    guard !words.statuses.contains(conclusion.status) else { return lines }
    if conclusion.status == .possible, !conclusion.settledBy.isEmpty {
      lines.append("  unknown: " + conclusion.settledBy.joined(separator: ", "))
    }
    for overrider in conclusion.overriddenBy {
      let because = overrider.because.map { ", because \($0)" } ?? ""
      let verb = overrider.isCertain ? "overridden" : "perhaps overridden"
      lines.append("  \(verb) by \(overrider.guideline)/\(overrider.rule)\(because)")
    }
    return lines
  }

  private func describe(_ conclusion: ReportedConclusion) -> String {
    let grades = [conclusion.strength, conclusion.certainty].compactMap { $0 }
    let words = [conclusion.status.rawValue] + grades + ["\(conclusion.guideline)/\(conclusion.rule)"]
    return "\(conclusion.phrase) (\(words.joined(separator: ", ")))"
  }
}

extension PatternWords {
  /// In one line, for people.
  var phrase: String {
    let subject = subjects.map { $0.map(\.description).joined(separator: " or ") } ?? "any"
    let rest = (fields + grades).map { field in
      "\(field.name) " + (field.values.map { $0.map(\.description).joined(separator: " or ") } ?? "any")
    }
    return (["\(kind) \(subject)"] + rest).joined(separator: ", ")
  }
}

/// Text without line breaks, blanks in a row as one.
func onOneLine(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

extension NeedExpectation.Target {
  fileprivate var isRecord: Bool {
    if case .record = self { return true }
    return false
  }
}
