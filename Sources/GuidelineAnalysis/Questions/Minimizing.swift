import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// Takes away every fact without which a patient still shows the same.
enum Minimizing {
  /// Each fact alone, sets member by member, rows field by field.
  static func minimal(_ facts: PatientFacts, _ shows: (PatientFacts) -> Bool) -> PatientFacts {
    var least = facts
    for fact in facts.scalars.keys.sorted() { attempt(&least, shows) { $0.scalars[fact] = nil } }
    for fact in facts.series.keys.sorted() { attempt(&least, shows) { $0.series[fact] = nil } }
    for fact in facts.sets.keys.sorted() {
      attempt(&least, shows) { $0.sets[fact] = nil }
      shrink(fact, &least, shows)
    }
    for record in facts.records.keys.sorted() {
      attempt(&least, shows) { $0.records[record] = nil }
      shrink(record, &least, shows)
    }
    return least
  }

  private static func attempt(
    _ facts: inout PatientFacts, _ shows: (PatientFacts) -> Bool, _ change: (inout PatientFacts) -> Void
  ) {
    var fewer = facts
    change(&fewer)
    if shows(fewer) { facts = fewer }
  }

  private static func shrink(_ fact: FactID, _ facts: inout PatientFacts, _ shows: (PatientFacts) -> Bool) {
    guard let given = facts.sets[fact]?.first, case .members(let members) = given.content else { return }
    for member in members.reversed() {
      attempt(&facts, shows) { facts in
        guard var given = facts.sets[fact]?.first, case .members(let now) = given.content else { return }
        given.content = .members(now.filter { $0 != member })
        facts.sets[fact] = [given]
      }
    }
  }

  private static func shrink(_ record: RecordID, _ facts: inout PatientFacts, _ shows: (PatientFacts) -> Bool) {
    guard let given = facts.records[record]?.first, case .rows(let rows) = given.content else { return }
    for index in rows.indices.reversed() {
      attempt(&facts, shows) { facts in change(record, &facts) { $0.remove(at: index) } }
    }
    guard let left = facts.records[record]?.first, case .rows(let kept) = left.content else { return }
    for (index, row) in kept.enumerated() {
      for field in row.fields.keys.sorted() {
        attempt(&facts, shows) { facts in change(record, &facts) { $0[index].fields[field] = nil } }
      }
    }
  }

  private static func change(_ record: RecordID, _ facts: inout PatientFacts, _ edit: (inout [GivenRow]) -> Void) {
    guard var given = facts.records[record]?.first, case .rows(var rows) = given.content else { return }
    edit(&rows)
    given.content = .rows(rows)
    facts.records[record] = [given]
  }
}
