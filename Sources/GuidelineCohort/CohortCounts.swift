internal import ClinicalValues
internal import RuleEngine

/// What a summary counts, of many patients.
package struct CohortCounts: Sendable {
  package var patients = 0
  /// By `CohortPlan.tallies`: for how many patients it is certain.
  package var conclusions: [Int]
  /// By `CohortPlan.guidelineIDs`: for how many patients it does not speak.
  package var outOfScope: [Int]
  /// By `CohortPlan.needs`.
  package var needs: [Int]
  package var conflicting = 0
  package var due = 0
  package var violating = 0

  init(_ plan: CohortPlan) {
    conclusions = Array(repeating: 0, count: plan.tallies.count)
    outOfScope = Array(repeating: 0, count: plan.guidelineIDs.count)
    needs = Array(repeating: 0, count: plan.needs.count)
  }
}

extension CohortCounts {
  /// Adds counts by the same plan.
  package mutating func add(_ other: CohortCounts) {
    patients += other.patients
    for (index, count) in zip(conclusions.indices, other.conclusions) { conclusions[index] += count }
    for (index, count) in zip(outOfScope.indices, other.outOfScope) { outOfScope[index] += count }
    for (index, count) in zip(needs.indices, other.needs) { needs[index] += count }
    conflicting += other.conflicting
    due += other.due
    violating += other.violating
  }
}

/// The planes of a block of 64 patients, read for what is counted.
struct CohortPlanes: ~Copyable {
  private let plan: CohortPlan
  /// For each of the plan's needs which patients ask for it.
  private var needs: [UInt64]

  init(_ plan: CohortPlan) {
    self.plan = plan
    needs = Array(repeating: 0, count: plan.needs.count)
  }

  /// The patients of a block of whom something is not decided that is counted.
  func open(_ run: borrowing ColumnRun, _ block: Int) -> UInt64 {
    var open: UInt64 = 0
    for rule in plan.columns.coveredRules {
      guard let place = run.place(of: rule) else { return .max }
      open |= run.possible[place + block] & ~run.certain[place + block]
    }
    for case let scope? in plan.scopes {
      let place = run.place(ofCondition: scope) + block
      open |= run.possible[place] & ~run.certain[place]
    }
    for ask in plan.asks where ask.need == nil { open |= patients(ask, run, block) }
    return open
  }

  private func patients(_ ask: CohortPlan.Ask, _ run: borrowing ColumnRun, _ block: Int) -> UInt64 {
    var patients = certain(ask.rule, run, block)
    for item in ask.guards {
      let place = run.place(ofCondition: item.condition) + block
      switch item.truth {
      case .yes: patients &= run.certain[place]
      case .unknown: patients &= run.possible[place] & ~run.certain[place]
      case .no: patients &= ~run.possible[place]
      }
    }
    return patients
  }

  private func certain(_ rule: RuleNodeID, _ run: borrowing ColumnRun, _ block: Int) -> UInt64 {
    run.place(of: rule).map { run.certain[$0 + block] } ?? 0
  }

  func certain(_ rules: [RuleNodeID], _ run: borrowing ColumnRun, _ block: Int) -> UInt64 {
    var all: UInt64 = 0
    for rule in rules { all |= certain(rule, run, block) }
    return all
  }

  /// Adds the patients of a block, of whom everything is decided.
  mutating func count(_ patients: UInt64, _ run: borrowing ColumnRun, _ block: Int, into counts: inout CohortCounts) {
    guard patients != 0 else { return }
    counts.patients += patients.nonzeroBitCount
    for (place, tally) in plan.tallies.enumerated() {
      counts.conclusions[place] += (certain(tally.rules, run, block) & patients).nonzeroBitCount
    }
    for (place, scope) in plan.scopes.enumerated() {
      guard let scope else { continue }
      counts.outOfScope[place] += (~run.possible[run.place(ofCondition: scope) + block] & patients).nonzeroBitCount
    }
    var violating: UInt64 = 0
    for condition in plan.invariants { violating |= run.certain[run.place(ofCondition: condition) + block] }
    counts.violating += (violating & patients).nonzeroBitCount
    counts.due += (certain(plan.dueRules, run, block) & patients).nonzeroBitCount
    counts.conflicting += (conflicting(run, block) & patients).nonzeroBitCount
    countNeeds(patients, run, block, &counts)
  }

  private func conflicting(_ run: borrowing ColumnRun, _ block: Int) -> UInt64 {
    var conflicting: UInt64 = 0
    for (first, second) in plan.contradictions {
      conflicting |= certain(first, run, block) & certain(second, run, block)
    }
    for table in plan.uniqueRows {
      var one: UInt64 = 0
      for rules in table {
        let row = certain(rules, run, block)
        conflicting |= one & row
        one |= row
      }
    }
    return conflicting
  }

  private mutating func countNeeds(
    _ patients: UInt64, _ run: borrowing ColumnRun, _ block: Int, _ counts: inout CohortCounts
  ) {
    for ask in plan.asks {
      guard let need = ask.need else { continue }
      needs[need] |= self.patients(ask, run, block) & patients
    }
    for need in needs.indices {
      counts.needs[need] += needs[need].nonzeroBitCount
      needs[need] = 0
    }
  }
}
