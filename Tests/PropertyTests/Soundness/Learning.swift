internal import ClinicalValues
internal import GuidelineModel

/// Replaces what is unknown of a patient by values (`semantics.md` §6, *learning*).
///
/// What the library derives is left to the derivation: giving another value would be a change.
struct Learning {
  private let library: Library
  private let intake: Intake
  private let facts: PatientFacts
  private var dice: Dice
  /// How many of a hundred unknowns are learned; 100 makes a completion.
  private let share: Int

  init(_ library: Library, _ facts: PatientFacts, today: Day, share: Int, dice: Dice) {
    self.library = library
    self.facts = facts
    self.share = share
    self.dice = dice
    intake = Intake(facts, library.vocabulary, today: today)
  }

  mutating func learn() -> PatientFacts {
    var learned = facts
    for (index, fact) in library.vocabulary.facts.enumerated() {
      let id = FactID(index)
      switch fact.shape {
      case .scalar:
        guard intake.scalars[id] == nil, library.derivations[id] == nil, dice.chance(share) else { continue }
        learned.scalars[id] = [
          GivenScalar(value: value(fact.type, mayBeNone: fact.type == .date), on: nil, span: fact.span)
        ]
      case .set:
        guard intake.sets[id] == nil, dice.chance(share) else { continue }
        learned.sets[id] = [GivenSet(content: .members(members(fact.type)), span: fact.span)]
      case .series: learn(id, fact, &learned)
      }
    }
    for index in library.vocabulary.records.indices { learn(RecordID(index), &learned) }
    return learned
  }

  private mutating func learn(_ id: FactID, _ fact: Fact, _ learned: inout PatientFacts) {
    guard intake.series[id] != nil else {
      guard dice.chance(share) else { return }
      let points = (0..<dice.roll(0...3)).map { _ in
        GivenPoint(value: value(fact.type), on: .day(day()), span: fact.span)
      }
      learned.series[id] = [GivenSeries(content: .points(points), span: fact.span)]
      return
    }
    learned.series[id] = facts.series[id]?.map { given in
      guard case .points(let points) = given.content else { return given }
      return GivenSeries(content: .points(points.map { learn($0, fact) }), span: given.span)
    }
  }

  private mutating func learn(_ point: GivenPoint, _ fact: Fact) -> GivenPoint {
    var point = point
    var isOutside = false
    if case .number(let number) = point.value, let range = fact.range {
      isOutside = Exact.isLess(number, range.low) || Exact.isLess(range.high, number)
    }
    if point.value.isUnknown || isOutside, dice.chance(share) { point.value = value(fact.type) }
    if point.on.isUnknown, dice.chance(share) { point.on = .day(day()) }
    return point
  }

  private mutating func learn(_ id: RecordID, _ learned: inout PatientFacts) {
    guard !library.derivedRecords.contains(id) else { return }
    let record = library.vocabulary[id]
    guard intake.records[id] != nil else {
      guard dice.chance(share) else { return }
      let rows = (0..<dice.roll(0...2)).map { _ in learn(GivenRow(fields: [:], span: record.span), record) }
      learned.records[id] = [GivenRows(content: .rows(rows), span: record.span)]
      return
    }
    learned.records[id] = facts.records[id]?.map { given in
      guard case .rows(let rows) = given.content else { return given }
      return GivenRows(content: .rows(rows.map { learn($0, record) }), span: given.span)
    }
  }

  private mutating func learn(_ row: GivenRow, _ record: Record) -> GivenRow {
    var row = row
    for (index, field) in record.fields.enumerated() {
      guard row.fields[index]?.isUnknown ?? true, dice.chance(share) else { continue }
      row.fields[index] = value(field.type, mayBeNone: true)
    }
    return row
  }

  // MARK: Values

  private mutating func value(_ type: ValueType, mayBeNone: Bool = false) -> GivenValue {
    if mayBeNone, dice.chance(20) { return .none }
    switch type {
    case .term(let group): return .term(dice.roll(0...(library.vocabulary[group].terms.count - 1)))
    case .date: return .day(day())
    case .text: return .text(dice.pick(["ab", "cd", "ef"]))
    case .quantity(let unit): return .number(unit.canonical(Rational(Int64(dice.roll(0...7)))) ?? .zero)
    case .number, .duration: return .number(Rational(Int64(dice.roll(0...4))))
    }
  }

  private mutating func members(_ type: ValueType) -> [Int] {
    guard case .term(let group) = type else { return [] }
    return library.vocabulary[group].terms.indices.filter { _ in dice.chance(35) }
  }

  private mutating func day() -> Day { Day(iso: "2025-06-0\(dice.roll(1...9))") ?? Day(number: 0) }
}
