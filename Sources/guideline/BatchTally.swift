internal import GuidelineCohort
internal import GuidelineKit

/// Counts over many patients; each counts once for each of its lines.
struct BatchTally: Sendable {
  /// What is counted as one conclusion.
  ///
  /// A subject that is no term is a text made for the patient: the rule that says it stands for it.
  struct Conclusion: Hashable, Comparable {
    var kind: String
    var subject: String

    static func < (left: Self, right: Self) -> Bool {
      left.kind == right.kind
        ? left.subject.utf8.lexicographicallyPrecedes(right.subject.utf8)
        : left.kind.utf8.lexicographicallyPrecedes(right.kind.utf8)
    }

    init(_ item: ReportedConclusion) {
      kind = item.kind
      if case .term(let name, _) = item.subject { subject = name } else { subject = "\(item.guideline)/\(item.rule)" }
    }
  }

  /// How many patients a guideline speaks for.
  struct Scope {
    var inside = 0
    var outside = 0
    var undecided = 0

    fileprivate static func + (left: Scope, right: Scope) -> Scope {
      Scope(
        inside: left.inside + right.inside, outside: left.outside + right.outside,
        undecided: left.undecided + right.undecided)
    }
  }

  var patients = 0
  var refused = 0
  private(set) var conclusions: [Conclusion: [Status: Int]] = [:]
  private(set) var scopes: [String: Scope] = [:]
  private(set) var needs: [String: Int] = [:]
  private(set) var conflicting = 0
  private(set) var due = 0
  private(set) var violating = 0
  private var cohort: CohortCounts?

  mutating func add(_ report: Report) {
    var seen: [Conclusion: Set<Status>] = [:]
    for item in report.conclusions { seen[Conclusion(item), default: []].insert(item.status) }
    for (conclusion, statuses) in seen {
      for status in statuses { conclusions[conclusion, default: [:]][status, default: 0] += 1 }
    }
    let outside = Set(report.outOfScope.map(\.guideline))
    let undecided = Set(report.undecided.map(\.guideline))
    for id in report.guidelines.map(\.id) {
      let isOutside = outside.contains(id)
      let isUndecided = undecided.contains(id)
      let own = Scope(
        inside: isOutside || isUndecided ? 0 : 1, outside: isOutside ? 1 : 0, undecided: isUndecided ? 1 : 0)
      scopes[id] = (scopes[id] ?? Scope()) + own
    }
    for need in report.needs { needs[need.fact, default: 0] += 1 }
    if !report.conflicts.isEmpty { conflicting += 1 }
    if !report.due.isEmpty { due += 1 }
    if !report.violations.isEmpty { violating += 1 }
  }

  /// Patients that columns answered: names are looked up at the end.
  mutating func add(_ counts: CohortCounts) {
    patients += counts.patients
    if cohort?.add(counts) == nil { cohort = counts }
  }

  /// Adds what columns counted to the rest, by its names.
  mutating func name(by plan: CohortPlan) {
    guard let counts = cohort, counts.patients > 0 else { return }
    cohort = nil
    for (tally, count) in zip(plan.tallies, counts.conclusions) where count > 0 {
      conclusions[Conclusion(tally.conclusion), default: [:]][.certain, default: 0] += count
    }
    for (id, outside) in zip(plan.guidelineIDs, counts.outOfScope) {
      scopes[id] = (scopes[id] ?? Scope()) + Scope(inside: counts.patients - outside, outside: outside)
    }
    for (number, count) in counts.needs.enumerated() where count > 0 { needs[plan.needs[number], default: 0] += count }
    conflicting += counts.conflicting
    due += counts.due
    violating += counts.violating
  }

  mutating func add(_ other: BatchTally) {
    if let counts = other.cohort, cohort?.add(counts) == nil { cohort = counts }
    patients += other.patients
    refused += other.refused
    for (conclusion, counts) in other.conclusions {
      conclusions[conclusion, default: [:]].merge(counts, uniquingKeysWith: +)
    }
    scopes.merge(other.scopes, uniquingKeysWith: +)
    needs.merge(other.needs, uniquingKeysWith: +)
    conflicting += other.conflicting
    due += other.due
    violating += other.violating
  }
}

/// A tally as tables for people.
struct BatchSummary {
  let tally: BatchTally
  let today: String

  func render() -> String {
    let refused = tally.refused == 0 ? "" : "; lines refused: \(tally.refused)"
    var lines = ["Patients: \(tally.patients)\(refused)", "Day: \(today)"]
    lines += section(
      "Guidelines", ["applies", "out of scope", "not decided"],
      tally.scopes.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { ($0.key, [$0.value.inside, $0.value.outside, $0.value.undecided]) })
    lines += section(
      "Conclusions, patients", Status.allCases.map(\.rawValue),
      tally.conclusions.sorted { $0.key < $1.key }
        .map { item in ("\(item.key.kind) \(item.key.subject)", Status.allCases.map { item.value[$0] ?? 0 }) })
    lines += section("Asked for, patients", ["patients"], needs)
    lines += section(
      "To be looked at", ["patients"],
      [
        ("contradictions", [tally.conflicting]), ("something due or overdue", [tally.due]),
        ("invariants that do not hold", [tally.violating]),
      ])
    return lines.joined(separator: "\n") + "\n"
  }

  private var needs: [(String, [Int])] {
    let sorted = tally.needs.sorted { left, right in
      left.value == right.value ? left.key.utf8.lexicographicallyPrecedes(right.key.utf8) : left.value > right.value
    }
    return sorted.map { ($0.key, [$0.value]) }
  }

  private func section(_ title: String, _ columns: [String], _ rows: [(String, [Int])]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let names = rows.map(\.0)
    let first = max(title.count, (names.map { $0.count }.max() ?? 0) + 2)
    let widths = columns.indices.map { column in
      max(columns[column].count, rows.map { $0.1.indices.contains(column) ? "\($0.1[column])".count : 0 }.max() ?? 0)
    }
    let head = title.padded(first) + zip(columns, widths).map { "  " + $0.leading($1) }.joined()
    let body = rows.map { name, counts in
      ("  " + name).padded(first) + zip(counts, widths).map { "  " + "\($0)".leading($1) }.joined()
    }
    return ["", head] + body
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  fileprivate func leading(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
