/// Makes libraries of rules without variables, exceptions and definitions, and patients of whom nearly all is known:
/// what columns can answer.
struct PlainLibraryGenerator {
  private var dice: Dice
  private var rules: [String] = []
  private var subjects: Set<String> = []

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func generate() -> [(name: String, text: String)] {
    let guidelines = Array(["one", "two"].prefix(dice.roll(1...2)))
    var files = [("small.yaml", SmallVocabulary.text)]
    for guideline in guidelines { files.append((guideline + ".yaml", self.guideline(guideline).text + "\n")) }
    return files
  }

  private mutating func guideline(_ id: String) -> YAMLValue {
    var entries: [YAMLValue.Entry] = [
      .init(key: "guideline", value: .scalar(id)), .init(key: "version", value: .scalar("1.0.0")),
      .init(key: "edition", value: .scalar("2025")), .init(key: "title", value: .scalar("Guideline \(id)")),
      .init(key: "uses", value: .lines(["small"])), .init(key: "strength", value: .scalar("strong")),
    ]
    if dice.chance(40) { entries.append(.init(key: "scope", value: .list([condition(depth: 1)]))) }
    var own: [YAMLValue.Entry] = []
    for number in 1...dice.roll(2...8) {
      own.append(.init(key: "rule-\(number)", value: rule()))
      rules.append("\(id)/rule-\(number)")
    }
    entries.append(.init(key: "rules", value: .map(own)))
    if dice.chance(40) { entries.append(.init(key: "tables", value: .map(["grid": grid()]))) }
    if dice.chance(40) {
      entries.append(
        .init(key: "invariants", value: .map(["never-this": .map(["never": .list([condition(depth: 1)])])])))
    }
    return .map(entries)
  }

  private mutating func rule() -> YAMLValue {
    let conditions = (0..<dice.roll(1...3)).map { _ in condition(depth: 2) }
    let conclusions = (0..<dice.roll(1...2)).map { _ in conclusion() }
    return .map(["when": .list(conditions), "then": .list(conclusions)])
  }

  private mutating func conclusion() -> YAMLValue {
    let kind = dice.pick(["recommend", "against", "test"])
    let subject = dice.pick(kind == "test" ? ["blood", "urine"] : ["first_drug", "second_drug"])
    subjects.insert("\(kind) \(subject)")
    var entries: [YAMLValue.Entry] = [.init(key: kind, value: .scalar(subject))]
    if kind == "test", dice.chance(50) { entries.append(.init(key: "due", value: .scalar(day()))) }
    if kind != "test", dice.chance(50) { entries.append(.init(key: "line", value: .scalar(level()))) }
    return .map(entries)
  }

  private mutating func grid() -> YAMLValue {
    let rows = (1...3).map { number in
      YAMLValue.map([
        "id": .scalar("cell\(number)"),
        "if": .lines([drug(), dice.pick(["any", "< 3 mg", "2 mg .. 5 mg", "> 1 mg"])]),
        "then": .list([conclusion()]),
      ])
    }
    return .map(["in": .lines(["choice.drug", "size.z"]), "rows": .list(rows)])
  }

  // MARK: Conditions

  private mutating func condition(depth: Int) -> YAMLValue {
    guard depth > 0, dice.chance(45) else { return .scalar(line()) }
    let parts = (0..<dice.roll(1...3)).map { _ in condition(depth: depth - 1) }
    switch dice.roll(0...5) {
    case 0, 1: return .map(["any": .list(parts)])
    case 2: return .map(["all": .list(parts)])
    case 3: return .map(["none": .list(parts)])
    case 4: return .map(["at least \(dice.roll(1...parts.count)) of": .list(parts)])
    default: return .scalar(line())
    }
  }

  private mutating func drug() -> String { dice.pick(["family", "first_drug", "second_drug", "other_drug"]) }
  private mutating func level() -> String { dice.pick(["mild", "moderate", "severe"]) }
  private mutating func mass() -> String { "\(dice.roll(0...6)) mg" }
  private mutating func days() -> String { "\(dice.roll(0...9)) d" }
  private mutating func day() -> String { "2025-06-\(dice.pick(["02", "05", "08", "09", "10", "12"]))" }
  private mutating func relation() -> String { dice.pick(["<", "<=", ">", ">="]) }
  private mutating func series() -> String { dice.pick(["lab.a", "lab.b"]) }
  private mutating func window() -> String { dice.pick(["", " within \(days())", " since \(day())"]) }

  private mutating func known() -> String {
    let name = dice.pick([
      "flag.q", "choice.second", "size.y", "day.start", "day.end", "chosen", "lab.a", "medication", "remark.text",
    ])
    return "\(name) is \(dice.pick(["known", "unknown", "unknown"]))"
  }

  private mutating func rows() -> String {
    switch dice.roll(0...6) {
    case 0: return "medication"
    case 1: return "medication where agent is \(drug())"
    case 2: return "medication where agent is \(drug()) and dose \(relation()) \(mass())"
    case 3: return "medication where status is taken and start \(relation()) \(day())"
    case 4: return "event where grade is \(level()) and suspect is \(drug())"
    case 5: return "medication where start is unknown"
    default: return "link where source is \(drug())"
    }
  }

  private mutating func line() -> String {
    switch dice.roll(0...19) {
    case 0: return dice.pick(["flag.p", "not flag.q", "flag.r"])
    case 1: return "choice.drug is \(dice.pick(["", "not "]))\(drug())"
    case 2: return "choice.second in [\(drug()), \(drug())]"
    case 3: return "choice.second is known to be \(drug())"
    case 4: return "choice.grade \(relation()) \(level())"
    case 5: return "\(dice.pick(["size.x", "size.y", "size.z"])) \(relation()) \(mass())"
    case 6: return "size.z between 1 mg and 4 mg"
    case 7: return "number.n is \(dice.roll(0...3))"
    case 8: return "day.start \(relation()) \(day())"
    case 9: return "today - day.end \(relation()) \(days())"
    case 10: return "chosen includes \(drug())"
    case 11: return "any \(series())\(window()) \(relation()) \(mass())"
    case 12: return "count (\(series())\(window())) \(relation()) \(dice.roll(0...3))"
    case 13: return "\(dice.pick(["exists", "no"])) \(rows())"
    case 14: return "count (\(rows())) \(relation()) \(dice.roll(0...3))"
    case 15: return "exists medication where agent is \(drug()) and any \(series()) since start \(relation()) \(mass())"
    case 16: return "remark.text is \(dice.pick(["\"ab\"", "\"cd\""]))"
    case 17 where !subjects.isEmpty:
      return (dice.chance(25) ? "not " : "") + dice.pick(subjects.sorted()) + " is concluded"
    case 18 where !rules.isEmpty: return "rule \(dice.pick(rules)) applies"
    default: return known()
    }
  }

  // MARK: Patients

  /// A line with a patient; now and then it is none, or written strangely.
  mutating func line(of number: Int) -> String {
    if dice.chance(3) {
      return dice.pick([
        "", "  ", "{", "{\"flag.p\": \"maybe\"}", "{\"flag.p\": \"yes\", \"flag.p\": \"no\"}", "{\"nobody\": 1}", "[]",
        "{\"flag.p\":\"yes\"}}", "{\"flag\":{\"p\":\"yes\"}}", "{\"remark.text\":\"\\u00e4\"}",
        "{\"remark.text\":\"ä\"}",
        "{\"flag.p\":\"yes\",}", "{\"flag.p\"\t:\"yes\"}", "{\"@id\":null}", "{\"@id\":[1]}", "{\"size.x\":\"3 L\"}",
        "{\"size.x\":\"4\"}", "\"flag.p\"", "{\"medication\":[{\"agent\":\"family\",\"agent\":\"family\"}]}",
        "{\"lab.a\":[{\"on\":\"2025-06-01\"}]}", "{\"lab.a\":[{\"value\":\"3 mg\"}]}", "{\"flag.p\":\"\u{1}\"}",
      ])
    }
    var entries: [YAMLValue.Entry] = [.init(key: "@id", value: .scalar("p\(number)"))]
    for fact in SmallVocabulary.scalars where !dice.chance(3) {
      entries.append(.init(key: fact.name, value: scalar(fact)))
    }
    if !dice.chance(3) {
      entries.append(.init(key: "chosen", value: .lines(dice.chance(20) ? [] : dice.some(drugs, atMost: 2))))
    }
    for name in SmallVocabulary.series where !dice.chance(3) {
      entries.append(.init(key: name, value: .list((0..<dice.roll(0...4)).map { _ in point() })))
    }
    for record in SmallVocabulary.records where !dice.chance(3) {
      entries.append(.init(key: record.name, value: .list((0..<dice.roll(0...4)).map { _ in row(record.fields) })))
    }
    if dice.chance(10) { entries.reverse() }
    let text = YAMLValue.map(entries).json
    return dice.chance(50) ? text : text.replacing("\": ", with: "\":").replacing("\", ", with: "\",")
  }

  private let drugs = SmallVocabulary.terms[.drug] ?? []

  private mutating func scalar(_ fact: SmallVocabulary.Column) -> YAMLValue {
    if dice.chance(2) { return .map(["unknown": .scalar("not_asked")]) }
    if fact.kind == .date, dice.chance(5) { return .scalar("none") }
    let text = literal(fact.kind)
    if dice.chance(1) { return .scalar(fact.name == "size.x" ? "20 mg" : text) }
    guard dice.chance(fact.name == "size.y" ? 30 : 3) else { return .scalar(text) }
    return .map(["value": .scalar(text), "on": .scalar(day())])
  }

  private mutating func literal(_ kind: SmallVocabulary.Kind) -> String {
    switch kind {
    case .mass: mass()
    case .share: dice.pick(["0 %", "50 %", "100 %"])
    case .number: "\(dice.roll(0...3))"
    case .date: day()
    case .text: dice.pick(["ab", "cd", "ef", "a text that is longer than sixteen letters"])
    default: dice.pick(SmallVocabulary.terms[kind] ?? ["yes"])
    }
  }

  private mutating func point() -> YAMLValue {
    let day = YAMLValue.scalar("2025-06-\(dice.pick(["01", "05", "08", "09", "10"]))")
    let value: YAMLValue = dice.chance(2) ? .map(["unknown": .scalar("lost")]) : .scalar(mass())
    return dice.chance(90) ? .map(["value": value, "on": day]) : .map(["on": day, "value": value])
  }

  private mutating func row(_ fields: [SmallVocabulary.Column]) -> YAMLValue {
    var entries: [YAMLValue.Entry] = []
    for field in fields where !dice.chance(3) {
      entries.append(.init(key: field.name, value: dice.chance(3) ? .scalar("none") : .scalar(literal(field.kind))))
    }
    return .map(entries)
  }
}
