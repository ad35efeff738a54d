/// Makes the knowledge table of a library, and grids of conditions.
enum TableGenerator {
  typealias Column = SmallVocabulary.Column

  /// Without `asked`, whose cells `any` and `unknown` mean something only where they are compared with.
  static let columns: [Column] = [
    Column(name: "id", kind: .text), Column(name: "agent", kind: .drug), Column(name: "other", kind: .drug),
    Column(name: "low", kind: .mass), Column(name: "words", kind: .text), Column(name: "tags", kind: .text),
  ]

  /// `doses`, over which rules range and in which definitions look up.
  static func doses(_ dice: inout Dice) -> YAMLValue {
    let rows = (1...dice.roll(1...4)).map { number -> YAMLValue in
      let low = dice.chance(15) ? "" : "\(dice.roll(1...5))"
      let other = dice.chance(6) ? "" : drug(&dice)
      let asked = dice.chance(35) ? dice.pick(["unknown", "any"]) : drug(&dice)
      let tags = dice.pick(["x", "y", "x | y"])
      return .lines(["row\(number)", drug(&dice), other, low, dice.pick(["strong", "conditional", ""]), tags, asked])
    }
    var table: [YAMLValue.Entry] = [
      .init(
        key: "columns",
        value: .map([
          "id": .scalar("text"), "agent": .scalar("one of drug"), "other": .scalar("one of drug"),
          "low": .scalar("quantity mg"), "words": .scalar("text"), "tags": .scalar("set of text"),
          "asked": .scalar("one of drug"),
        ])),
      .init(key: "rows", value: .list(rows)),
    ]
    if dice.chance(20) { table.insert(.init(key: "where", value: .scalar("tags includes \"x\"")), at: 1) }
    return .map(table)
  }

  private static func drug(_ dice: inout Dice) -> String {
    dice.pick(SmallVocabulary.terms[.drug] ?? ["family"])
  }

  /// A grid over two values; its rows conclude what belongs to the layer.
  static func grid(_ expressions: inout ExpressionGenerator, layer: Int, _ conclusion: () -> YAMLValue) -> YAMLValue {
    let place = GeneratorPlace(layer: layer)
    let isMass = expressions.dice.chance(60)
    let second = isMass ? expressions.name(.mass, place) : expressions.name(.level, place)
    let inputs = [expressions.name(.drug, place) ?? "choice.drug", second ?? "size.x"]
    let rows = (1...expressions.dice.roll(1...3)).map { number -> YAMLValue in
      let cells = [termCell(&expressions.dice), isMass ? massCell(&expressions.dice) : levelCell(&expressions.dice)]
      if expressions.dice.chance(50) { return .list(cells.map(YAMLValue.scalar) + [conclusion()]) }
      return .map(["id": .scalar("cell\(number)"), "if": .lines(cells), "then": .list([conclusion()])])
    }
    var entries: [YAMLValue.Entry] = [.init(key: "in", value: .lines(inputs))]
    if expressions.dice.chance(50) {
      entries.append(.init(key: "when", value: expressions.conditions(place, atMost: 2)))
    }
    if expressions.dice.chance(30) {
      entries.append(.init(key: "unless", value: expressions.conditions(place, atMost: 1, isOpen: false)))
    }
    if expressions.dice.chance(30) { entries.append(.init(key: "hit", value: .scalar("all"))) }
    entries.append(.init(key: "rows", value: .list(rows)))
    return .map(entries)
  }

  private static func termCell(_ dice: inout Dice) -> String {
    switch dice.roll(0...4) {
    case 0: "any"
    case 1: "unknown"
    case 2: "\(drug(&dice)) | \(drug(&dice))"
    default: drug(&dice)
    }
  }

  private static func levelCell(_ dice: inout Dice) -> String {
    dice.pick(["any", "mild", "moderate", "severe", "mild | severe", "unknown"])
  }

  private static func massCell(_ dice: inout Dice) -> String {
    switch dice.roll(0...4) {
    case 0: "any"
    case 1: "\(dice.roll(0...2)) .. \(dice.roll(3...6)) mg"
    case 2: dice.pick([">= 2 mg", "< 3 mg", "> 1 mg"])
    case 3: "unknown"
    default: "\(dice.roll(0...4)) mg"
    }
  }
}
