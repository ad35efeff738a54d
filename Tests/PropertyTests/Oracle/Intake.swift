internal import ClinicalValues
internal import GuidelineModel

/// A dated value as the oracle sees it on a day.
struct Point: Hashable {
  var value: Guess
  /// Nil: the day is unknown.
  var day: Day?
  /// Known to have no day: it belongs to no window.
  var isNever = false
}

/// The facts of a patient as they count on a day (`semantics.md` §1).
///
/// What is missing here is wholly unknown.
struct Intake {
  var scalars: [FactID: Guess] = [:]
  var sets: [FactID: Set<Int>] = [:]
  var series: [FactID: [Point]] = [:]
  var records: [RecordID: [[Guess]]] = [:]
  /// `contradictory x`, `out_of_range x`, `in_future x`.
  var conflicts: Set<String> = []
  private let vocabulary: Vocabulary

  init(_ facts: PatientFacts, _ vocabulary: Vocabulary, today: Day) {
    self.vocabulary = vocabulary
    for (id, given) in facts.scalars { takeIn(given, vocabulary[id], id, today) }
    for (id, given) in facts.sets { takeIn(given, vocabulary[id].name, id) }
    for (id, given) in facts.series { takeIn(given, vocabulary[id], id, today) }
    for (id, given) in facts.records { takeIn(given, vocabulary[id], id) }
  }

  /// Values out of range, of the future or too old are kept out one by one; the rest must be the same.
  private mutating func takeIn(_ given: [GivenScalar], _ fact: Fact, _ id: FactID, _ today: Day) {
    var present: [GivenScalar] = []
    for entry in given where !entry.value.isUnknown {
      let on = entry.on ?? today
      let age = Rational(Int64(today.number) - Int64(on.number))
      if !entry.value.isInside(fact.range) {
        conflicts.insert("out_of_range \(fact.name)")
      } else if on > today {
        conflicts.insert("in_future \(fact.name)")
      } else if fact.validForDays.map({ !Exact.isLess($0, age) }) ?? true {
        present.append(entry)
      }
    }
    guard let first = present.first else { return }
    if present.contains(where: { $0.value != first.value }) {
      conflicts.insert("contradictory \(fact.name)")
    } else {
      scalars[id] = vocabulary.guess(first.value, fact.type)
    }
  }

  private mutating func takeIn(_ given: [GivenSet], _ name: String, _ id: FactID) {
    var found: Set<Set<Int>> = []
    for case .members(let members) in given.map(\.content) { found.insert(Set(members)) }
    if found.count > 1 { conflicts.insert("contradictory \(name)") }
    if found.count == 1 { sets[id] = found.first }
  }

  private mutating func takeIn(_ given: [GivenSeries], _ fact: Fact, _ id: FactID, _ today: Day) {
    var found: [[GivenPoint]] = []
    for case .points(let points) in given.map(\.content) { found.append(points) }
    guard let points = found.first else { return }
    if found.contains(where: { bag($0.map { [$0.value, $0.on] }) != bag(points.map { [$0.value, $0.on] }) }) {
      conflicts.insert("contradictory \(fact.name)")
      return
    }
    series[id] = points.compactMap { point in takeIn(point, fact, today) }
  }

  private mutating func takeIn(_ point: GivenPoint, _ fact: Fact, _ today: Day) -> Point? {
    var result = Point(value: vocabulary.guess(point.value, fact.type), day: nil)
    if !point.value.isInside(fact.range) {
      conflicts.insert("out_of_range \(fact.name)")
      result.value = .anything
    }
    if case .day(let day) = point.on {
      if day > today {
        conflicts.insert("in_future \(fact.name)")
        return nil
      }
      result.day = day
    }
    result.isNever = point.on == .none
    return result
  }

  private mutating func takeIn(_ given: [GivenRows], _ record: Record, _ id: RecordID) {
    var found: [[GivenRow]] = []
    for case .rows(let rows) in given.map(\.content) { found.append(rows) }
    guard let rows = found.first else { return }
    let written = { (row: GivenRow) in record.fields.indices.map { row.fields[$0] ?? .unknown(cause: "") } }
    if found.contains(where: { bag($0.map(written)) != bag(rows.map(written)) }) {
      conflicts.insert("contradictory \(record.name)")
      return
    }
    records[id] = rows.map { row in
      record.fields.enumerated().map { index, field in
        vocabulary.guess(row.fields[index] ?? .unknown(cause: "never_given"), field.type)
      }
    }
  }
}

/// How often each element occurs; unknown values are alike whatever their cause.
private func bag(_ rows: [[GivenValue]]) -> [[GivenValue]: Int] {
  var counts: [[GivenValue]: Int] = [:]
  for row in rows { counts[row.map { $0.isUnknown ? .unknown(cause: "") : $0 }, default: 0] += 1 }
  return counts
}

extension Vocabulary {
  /// Every value of a type, and none.
  func everything(_ type: ValueType) -> Guess {
    switch type {
    case .term(let group): Guess(.terms(Set(self[group].terms.indices)), orNone: true)
    case .text: Guess(.anyText, orNone: true)
    case .quantity, .number, .date, .duration: .anything
    }
  }

  func guess(_ value: GivenValue, _ type: ValueType) -> Guess {
    switch value {
    case .unknown: everything(type)
    case .none: .none
    case .term(let term): .term(term)
    case .number(let number): .number(number)
    case .day(let day): .number(Rational(Int64(day.number)))
    case .text(let text): .text(text)
    }
  }
}

extension GivenValue {
  var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  fileprivate func isInside(_ range: ClosedRational?) -> Bool {
    guard let range else { return true }
    switch self {
    case .number(let number): return !Exact.isLess(number, range.low) && !Exact.isLess(range.high, number)
    case .day(let day):
      let number = Rational(Int64(day.number))
      return !Exact.isLess(number, range.low) && !Exact.isLess(range.high, number)
    default: return true
    }
  }
}
