/// Makes what is given of a patient: known, unknown, contradictory, stale, out of range, of the future, or left out.
struct PatientGenerator {
  private typealias Kind = SmallVocabulary.Kind

  private var dice: Dice

  init(seed: UInt64) { dice = Dice(seed: seed) }

  /// The mapping that stands under `given:`.
  mutating func generate() -> YAMLValue {
    var entries: [YAMLValue.Entry] = []
    for fact in SmallVocabulary.scalars {
      guard let value = scalar(fact) else { continue }
      entries.append(.init(key: fact.name, value: value))
    }
    // The same fact once more, nested: with the same value, or contradicting.
    let again = dice.pick(SmallVocabulary.scalars)
    let parts = again.name.split(separator: ".").map(String.init)
    if dice.chance(40), parts.count == 2 {
      let nested = YAMLValue.map([.init(key: parts[1], value: .scalar(literal(again.kind)))])
      entries.append(.init(key: parts[0], value: nested))
    }
    if dice.chance(65) {
      let drugs = SmallVocabulary.terms[.drug] ?? []
      let members = dice.chance(25) ? [] : dice.some(drugs, atMost: 2)
      entries.append(.init(key: "chosen", value: dice.chance(8) ? unknown() : .lines(members)))
    }
    for name in SmallVocabulary.series where dice.chance(75) {
      let points = (0..<dice.roll(0...3)).map { _ in point() }
      entries.append(.init(key: name, value: dice.chance(8) ? unknown() : .list(points)))
    }
    for record in SmallVocabulary.records where dice.chance(75) {
      let rows = (0..<dice.roll(0...3)).map { _ in row(record.fields) }
      entries.append(.init(key: record.name, value: dice.chance(8) ? unknown() : .list(rows)))
    }
    return .map(entries)
  }

  private func unknown() -> YAMLValue { .map(["unknown": .scalar("not_asked")]) }

  private mutating func scalar(_ fact: SmallVocabulary.Column) -> YAMLValue? {
    let isDerivable = SmallVocabulary.derivable.contains(fact.name)
    if dice.chance(isDerivable ? 65 : 25) { return nil }
    if dice.chance(8) { return unknown() }
    if fact.kind == .date, dice.chance(10) { return .scalar("none") }
    let text = literal(fact.kind, isWild: fact.name == "size.x")
    guard dice.chance(fact.name == "size.y" ? 60 : 8) else { return .scalar(text) }
    return .map(["value": .scalar(text), "on": .scalar(day())])
  }

  private mutating func literal(_ kind: Kind, isWild: Bool = false) -> String {
    switch kind {
    case .mass: "\(isWild && dice.chance(12) ? 20 : dice.roll(0...6)) mg"
    case .share: dice.pick(["0 %", "50 %", "100 %"])
    case .number: "\(dice.roll(0...3))"
    case .date: day()
    case .text: dice.pick(["ab", "cd"])
    default: dice.pick(SmallVocabulary.terms[kind] ?? ["yes"])
    }
  }

  private mutating func day() -> String {
    "2025-06-\(dice.pick(["01", "04", "05", "07", "08", "09", "10", "10", "12"]))"
  }

  private mutating func point() -> YAMLValue {
    let value: YAMLValue = dice.chance(12) ? unknown() : .scalar("\(dice.chance(8) ? 20 : dice.roll(0...6)) mg")
    let day: YAMLValue = dice.chance(12) ? unknown() : .scalar(day())
    return .map(["value": value, "on": day])
  }

  private mutating func row(_ fields: [SmallVocabulary.Column]) -> YAMLValue {
    var entries: [YAMLValue.Entry] = []
    for field in fields {
      if dice.chance(15) { continue }
      var value = YAMLValue.scalar(literal(field.kind))
      if dice.chance(8) { value = unknown() }
      if dice.chance(8) { value = .scalar("none") }
      entries.append(.init(key: field.name, value: value))
    }
    return .map(entries)
  }
}
