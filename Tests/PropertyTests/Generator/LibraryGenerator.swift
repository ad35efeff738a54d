/// A library as text: the vocabulary and the documents that use it, by file name.
struct GeneratedLibrary: Hashable {
  var documents: [YAMLValue]

  /// What the reader is given: file name and text.
  var files: [(name: String, text: String)] {
    [("small.yaml", SmallVocabulary.text)]
      + documents.enumerated().map { ("document\($0).yaml", $1.text + "\n") }
  }

  /// Smaller libraries, each without one part.
  var shrunk: [GeneratedLibrary] {
    documents.indices.flatMap { index -> [GeneratedLibrary] in
      var without = documents
      without.remove(at: index)
      return [GeneratedLibrary(documents: without)]
        + documents[index].shrunk.map { smaller in
          var changed = documents
          changed[index] = smaller
          return GeneratedLibrary(documents: changed)
        }
    }
  }
}

/// Makes a library of shared definitions and one to three guidelines.
struct LibraryGenerator {
  private typealias Column = SmallVocabulary.Column

  private var expressions: ExpressionGenerator
  private let guidelines: [String]

  private struct Planned {
    var guideline: String
    var name: String
    var layer: Int
  }

  private var planned: [Planned] = []

  init(seed: UInt64) {
    expressions = ExpressionGenerator(dice: Dice(seed: seed))
    guidelines = Array(["one", "two", "three"].prefix(expressions.dice.roll(1...3)))
    for guideline in guidelines {
      for number in 1...expressions.dice.roll(2...5) {
        let layer = expressions.dice.pick([0, 0, 1, 1, 2, 3])
        planned.append(Planned(guideline: guideline, name: "rule-\(number)", layer: layer))
        expressions.rules.append(LayeredName(name: "\(guideline)/rule-\(number)", kind: .yesNo, layer: layer))
      }
    }
  }

  mutating func generate() -> GeneratedLibrary {
    let shared = shared()
    return GeneratedLibrary(documents: [shared] + guidelines.map { guideline($0) })
  }

  // MARK: Definitions

  private mutating func shared() -> YAMLValue {
    var entries: [YAMLValue.Entry] = []
    let all: [(String, SmallVocabulary.Kind)] = [
      ("own.flag", .yesNo), ("choice.third", .drug), ("own.mass", .mass), ("choice.grade", .level), ("flag.r", .yesNo),
      ("own.date", .date), ("size.z", .mass), ("own.number", .number), ("day.end", .date),
    ]
    let planned = all.filter { _ in expressions.dice.chance(55) }
    expressions.pending = Set(planned.map(\.0))
    for (name, kind) in planned {
      let layer = expressions.dice.pick([0, 0, 1, 1, 2, 3])
      entries.append(.init(key: name, value: definition(name, kind, layer)))
      expressions.definitions.append(LayeredName(name: name, kind: kind, layer: layer))
      expressions.pending.remove(name)
    }
    return .map([
      "definitions": .scalar("shared"), "version": .scalar("1.0.0"), "uses": .lines(["small"]), "define": .map(entries),
      "tables": .map(["doses": TableGenerator.doses(&expressions.dice)]),
    ])
  }

  private mutating func definition(_ name: String, _ kind: SmallVocabulary.Kind, _ layer: Int) -> YAMLValue {
    let place = GeneratorPlace(layer: layer)
    if kind == .yesNo { return .map(["means": expressions.conditions(place, atMost: 2)]) }
    if kind == .drug {
      if expressions.dice.chance(40) { return .map(["agree": .lines(["choice.drug", "choice.second"])]) }
      if expressions.dice.chance(30) {
        return .map(["look_up": .scalar("other in doses where agent is choice.drug")])
      }
      return first(kind, place)
    }
    if kind == .mass, expressions.dice.chance(20) {
      return .map(["look_up": .scalar("low in doses where agent is choice.drug and other is choice.second")])
    }
    if kind == .level || expressions.dice.chance(45) { return first(kind, place) }
    return .map(["value": .scalar(expressions.value(kind, place))])
  }

  private mutating func first(_ kind: SmallVocabulary.Kind, _ place: GeneratorPlace) -> YAMLValue {
    var clauses = (0..<expressions.dice.roll(1...3)).map { _ -> YAMLValue in
      .map([
        "when": .scalar(expressions.line(place, isOpen: false)), "is": .scalar(clauseValue(kind, place)),
      ])
    }
    if expressions.dice.chance(50) {
      clauses.append(.map(["otherwise": .scalar(clauseValue(kind, place))]))
    }
    return .map(["first": .list(clauses)])
  }

  private mutating func clauseValue(_ kind: SmallVocabulary.Kind, _ place: GeneratorPlace) -> String {
    expressions.dice.chance(60) ? expressions.literal(kind) : expressions.value(kind, place, depth: 1)
  }

  // MARK: Guidelines

  private mutating func guideline(_ id: String) -> YAMLValue {
    var entries: [YAMLValue.Entry] = [
      .init(key: "guideline", value: .scalar(id)), .init(key: "version", value: .scalar("1.0.0")),
      .init(key: "edition", value: .scalar("2025")), .init(key: "title", value: .scalar("Guideline \(id)")),
      .init(key: "uses", value: .lines(["small", "shared"])),
    ]
    if expressions.dice.chance(50) { entries.append(.init(key: "strength", value: .scalar("strong"))) }
    if expressions.dice.chance(30) {
      entries.append(.init(key: "scope", value: expressions.conditions(GeneratorPlace(layer: 0), atMost: 1)))
    }
    var rules: [YAMLValue.Entry] = []
    for plan in planned where plan.guideline == id {
      rules.append(.init(key: plan.name, value: rule(plan)))
    }
    if id == guidelines.first, expressions.dice.chance(60) { rules += recursion() }
    entries.append(.init(key: "rules", value: .map(rules)))
    if expressions.dice.chance(40) {
      let layer = expressions.dice.roll(0...3)
      var dice = expressions.dice
      let conclusions = (0..<4).map { _ in conclusion(layer, []) }
      let grid = TableGenerator.grid(&expressions, layer: layer) { dice.pick(conclusions) }
      entries.append(.init(key: "tables", value: .map(["grid": grid])))
    }
    if expressions.dice.chance(20) {
      let never = expressions.conditions(GeneratorPlace(layer: 4), atMost: 2)
      entries.append(.init(key: "invariants", value: .map(["never-this": .map(["never": never])])))
    }
    return .map(entries)
  }

  /// A path is a chain of links; a mark is a medication of some size.
  private mutating func recursion() -> [YAMLValue.Entry] {
    let base: YAMLValue = .map([
      "for_each": .map(["k": .scalar("link")]),
      "then": .list([.map(["derive": .scalar("path"), "head": .scalar("k.source"), "tail": .scalar("k.target")])]),
    ])
    let step: YAMLValue = .map([
      "for_each": .map(["p": .scalar("path"), "k": .scalar("link")]),
      "when": .lines([expressions.dice.pick(["p.tail is k.source", "k.source is p.tail"])]),
      "then": .list([.map(["derive": .scalar("path"), "head": .scalar("p.head"), "tail": .scalar("k.target")])]),
    ])
    let size = expressions.dice.pick(["m.dose", "m.dose * 2", "size.x", "m.dose + 1 mg"])
    let mark: YAMLValue = .map([
      "for_each": .map(["m": .scalar("medication where status is taken")]),
      "then": .list([.map(["derive": .scalar("mark"), "bearer": .scalar("m.agent"), "size": .scalar(size)])]),
    ])
    return [
      .init(key: "path-base", value: base), .init(key: "path-step", value: step), .init(key: "mark", value: mark),
    ].filter { _ in expressions.dice.chance(90) }
  }

  private mutating func rule(_ plan: Planned) -> YAMLValue {
    var place = GeneratorPlace(layer: plan.layer)
    var entries: [YAMLValue.Entry] = []
    if expressions.dice.chance(40) {
      let (forEach, columns) = forEach(place)
      entries.append(.init(key: "for_each", value: forEach))
      place.columns = columns
    }
    if expressions.dice.chance(90) {
      entries.append(.init(key: "when", value: expressions.conditions(place, atMost: 2)))
    }
    if expressions.dice.chance(25) {
      entries.append(.init(key: "unless", value: expressions.conditions(place, atMost: 1, isOpen: false)))
    }
    let overrides = expressions.dice.chance(45) ? overrides(plan, place.columns) : []
    if !overrides.isEmpty { entries.append(.init(key: "overrides", value: .list(overrides))) }
    if overrides.isEmpty || expressions.dice.chance(70) {
      let conclusions = (0..<expressions.dice.roll(1...2)).map { _ in conclusion(plan.layer, place.columns) }
      entries.append(.init(key: "then", value: .list(conclusions)))
    }
    if expressions.dice.chance(30) {
      let hasTable = place.columns.contains { $0.name == "w.words" }
      let strength = hasTable ? "w.words" : expressions.dice.pick(["strong", "conditional"])
      entries.append(.init(key: "strength", value: .scalar(strength)))
    }
    return .map(entries)
  }

  private mutating func forEach(_ place: GeneratorPlace) -> (YAMLValue, [Column]) {
    var choices: [(String, String, [Column])] = [("w", "doses", TableGenerator.columns.filter { $0.name != "tags" })]
    for (variable, record) in zip(["m", "e", "k"], SmallVocabulary.records) {
      choices.append((variable, record.name, record.fields))
    }
    if place.layer >= 1 {
      for (variable, record) in zip(["p", "s"], SmallVocabulary.derivedRecords) {
        choices.append((variable, record.name, record.fields))
      }
    }
    if place.layer >= 3 {
      for (variable, kind) in zip(["c", "a"], SmallVocabulary.kinds) {
        choices.append((variable, kind.name, kind.fields + [Column(name: "subject", kind: kind.subject)]))
      }
    }
    var entries: [YAMLValue.Entry] = []
    var columns: [Column] = []
    for (variable, collection, fields) in expressions.dice.some(choices, atMost: 2) {
      let wanted = fields.filter { !["id", "words"].contains($0.name) }
      let text = collection + expressions.whereClause(wanted, GeneratorPlace(layer: place.layer, nesting: 1))
      entries.append(.init(key: variable, value: .scalar(text)))
      columns += fields.map { Column(name: "\(variable).\($0.name)", kind: $0.kind) }
    }
    return (.map(entries), columns)
  }

  private mutating func overrides(_ plan: Planned, _ columns: [Column]) -> [YAMLValue] {
    (0..<expressions.dice.roll(1...2)).compactMap { _ -> YAMLValue? in
      if expressions.dice.chance(50) {
        let above = planned.filter { $0.layer > plan.layer || $0.layer == plan.layer && $0.name > plan.name }
        guard !above.isEmpty else { return nil }
        let other = expressions.dice.pick(above)
        return .map(["rule": .scalar("\(other.guideline)/\(other.name)"), "because": .scalar("it is narrower")])
      }
      var layer = plan.layer + (expressions.dice.chance(90) ? 1 : 0)
      if layer > 3 { layer = 3 }
      let subject = expressions.dice.pick(Subjects.all.filter { $0.layer >= layer })
      var pattern: [YAMLValue.Entry] = [.init(key: subject.kind, value: .scalar(subject.subject))]
      if subject.kind != "test", expressions.dice.chance(30) {
        let lines = expressions.dice.some(["mild", "moderate", "severe"], atMost: 2)
        pattern.append(.init(key: "line", value: .lines(lines)))
      }
      if plan.layer == 0, expressions.dice.chance(15) { pattern[0].value = .scalar("any") }
      let drugs = columns.filter { $0.kind == .drug }.map(\.name)
      if plan.layer == 0, subject.kind != "test", !drugs.isEmpty, expressions.dice.chance(50) {
        pattern[0].value = .scalar(expressions.dice.pick(drugs))
      }
      return .map(["conclusions": .map(pattern), "because": .scalar("it is not meant here")])
    }
  }

  // MARK: Conclusions

  private mutating func conclusion(_ layer: Int, _ columns: [Column]) -> YAMLValue {
    let place = GeneratorPlace(layer: layer, columns: columns)
    let subject = expressions.dice.pick(Subjects.all.filter { $0.layer >= layer })
    let drugs = columns.filter { $0.kind == .drug }.map(\.name)
    var head = YAMLValue.scalar(subject.subject)
    if subject.kind != "test", !drugs.isEmpty, expressions.dice.chance(layer == 0 ? 60 : 2) {
      head = .scalar(expressions.dice.pick(drugs))
    }
    var entries: [YAMLValue.Entry] = [.init(key: subject.kind, value: head)]
    let fields = SmallVocabulary.kinds.first { $0.name == subject.kind }?.fields ?? []
    for field in fields where expressions.dice.chance(40) {
      entries.append(.init(key: field.name, value: .scalar(fieldText(field.kind, place))))
    }
    return .map(entries)
  }

  private mutating func fieldText(_ kind: SmallVocabulary.Kind, _ place: GeneratorPlace) -> String {
    if kind == .text {
      let columns = place.columns.filter { $0.kind != .text }.map(\.name)
      return columns.isEmpty ? "as it is" : "for {\(expressions.dice.pick(columns))}"
    }
    let text = expressions.dice.chance(45) ? expressions.literal(kind) : expressions.value(kind, place, depth: 1)
    let isOptional = [.mass, .date, .number].contains(kind) && expressions.dice.chance(35)
    return isOptional ? text + " if known" : text
  }
}
