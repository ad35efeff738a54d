/// What can be named at the place for which an expression is made.
struct GeneratorPlace {
  /// Conclusions and rules below this layer may be read in any way; those of the layer only positively.
  var layer: Int
  /// Fields of variables and of the row at hand.
  var columns: [SmallVocabulary.Column] = []
  /// Inside a `where`: no group, and no further rows beyond one level.
  var nesting = 0

  func adding(_ columns: [SmallVocabulary.Column]) -> GeneratorPlace {
    var place = self
    place.columns += columns
    place.nesting += 1
    return place
  }
}

/// A name with its kind and the layer from which on it may be read.
struct LayeredName: Hashable {
  var name: String
  var kind: SmallVocabulary.Kind
  var layer: Int
}

/// Makes lines of conditions and values, mostly well typed by construction.
struct ExpressionGenerator {
  typealias Kind = SmallVocabulary.Kind
  typealias Column = SmallVocabulary.Column

  var dice: Dice
  /// Definitions that are no facts, and derivable facts.
  var definitions: [LayeredName] = []
  /// Rules by layer, as another rule names them.
  var rules: [LayeredName] = []
  /// Names whose definition is still to be made: to read them now could close a circle.
  var pending: Set<String> = []

  static let today = "2025-06-10"

  mutating func day() -> String { "2025-06-\(dice.pick(["02", "05", "07", "08", "09", "10", "12"]))" }
  mutating func days() -> String { "\(dice.roll(0...6)) d" }

  // MARK: Values

  mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .mass: "\(dice.roll(0...6)) mg"
    case .share: dice.pick(["50 %", "100 %", "0 %", "-50 %", "25 %"])
    case .number: "\(dice.roll(0...3))"
    case .date: day()
    case .text: dice.pick(["\"ab\"", "\"cd\""])
    default: dice.pick(SmallVocabulary.terms[kind] ?? ["yes"])
    }
  }

  /// A fact, definition or field of a kind.
  mutating func name(_ kind: Kind, _ place: GeneratorPlace) -> String? {
    let columns = place.columns.filter { $0.kind == kind }.map(\.name)
    if !columns.isEmpty, dice.chance(45) { return dice.pick(columns) }
    // Derivable facts are read only above the definition that derives them.
    let hidden = pending.union(definitions.filter { $0.layer > place.layer }.map(\.name))
    let facts = SmallVocabulary.scalars.filter { $0.kind == kind }.map(\.name)
    let defined = definitions.filter { $0.kind == kind }.map(\.name)
    let names = Set(facts + defined).subtracting(hidden).sorted() + columns
    return names.isEmpty ? nil : dice.pick(names)
  }

  mutating func value(_ kind: Kind, _ place: GeneratorPlace, depth: Int = 2) -> String {
    if depth == 0 || dice.chance(30) {
      return dice.chance(70) ? name(kind, place) ?? literal(kind) : literal(kind)
    }
    switch kind {
    case .mass: return mass(place, depth - 1)
    case .share:
      return dice.chance(50) ? "relative change of \(dice.pick(SmallVocabulary.series)) over \(days())" : literal(kind)
    case .number: return number(place, depth - 1)
    case .date: return date(place, depth - 1)
    default: return name(kind, place) ?? literal(kind)
    }
  }

  private mutating func mass(_ place: GeneratorPlace, _ depth: Int) -> String {
    switch dice.roll(0...10) {
    case 0: return "\(atom(.mass, place, depth)) \(dice.pick(["+", "-"])) \(atom(.mass, place, depth))"
    case 1: return "\(atom(.mass, place, depth)) * \(dice.roll(0...3))"
    case 2: return "\(value(.share, place, depth: 0)) * \(atom(.mass, place, depth))"
    case 3:
      return
        "\(dice.pick(["min", "max"])) of (\(value(.mass, place, depth: depth)) and \(value(.mass, place, depth: 0)))"
    case 4: return "round \(atom(.mass, place, depth)) to \(dice.pick(["2 mg", "0.5 mg", "3 mg"]))"
    case 5, 6: return "\(dice.pick(["latest", "earliest", "highest", "lowest"])) \(series(place))"
    case 7: return "change of \(dice.pick(SmallVocabulary.series)) over \(days())"
    case 8, 9: return ofRows(["only", "total", "highest", "lowest"], .mass, place)
    default: return "\(atom(.mass, place, depth)) / \(dice.roll(1...3))"
    }
  }

  private mutating func number(_ place: GeneratorPlace, _ depth: Int) -> String {
    switch dice.roll(0...5) {
    case 0: return "\(atom(.mass, place, depth)) / \(atom(.mass, place, depth))"
    case 1, 2: return "count (\(rows(place)))"
    case 3: return "count (\(series(place)))"
    case 4: return "\(atom(.number, place, depth)) \(dice.pick(["+", "-", "*"])) \(literal(.number))"
    default: return name(.number, place) ?? literal(.number)
    }
  }

  private mutating func date(_ place: GeneratorPlace, _ depth: Int) -> String {
    switch dice.roll(0...4) {
    case 0: return "\(atom(.date, place, depth)) + \(days())"
    case 1: return "date of \(dice.pick(["latest", "earliest"])) \(series(place))"
    case 2:
      return
        "\(dice.pick(["earlier", "later"])) of (\(value(.date, place, depth: depth)) and \(value(.date, place, depth: 0)))"
    case 3: return ofRows(["only", "earliest", "latest"], .date, place)
    default: return name(.date, place) ?? literal(.date)
    }
  }

  private mutating func atom(_ kind: Kind, _ place: GeneratorPlace, _ depth: Int) -> String {
    let text = value(kind, place, depth: depth)
    let isPlain = !text.contains(" ") || text.split(separator: " ").count == 2 && text.first?.isNumber == true
    return isPlain ? text : "(\(text))"
  }

  mutating func series(_ place: GeneratorPlace) -> String {
    let name = dice.pick(SmallVocabulary.series)
    switch dice.roll(0...3) {
    case 0: return name
    case 1: return "\(name) since \(self.name(.date, place) ?? day())"
    default: return "\(name) within \(days())"
    }
  }

  private mutating func ofRows(_ aggregates: [String], _ kind: Kind, _ place: GeneratorPlace) -> String {
    var records = SmallVocabulary.records
    if place.layer >= 2 { records += SmallVocabulary.derivedRecords }
    let fitting = records.filter { $0.fields.contains { $0.kind == kind } }
    guard place.nesting < 2, !fitting.isEmpty else { return literal(kind) }
    let record = dice.pick(fitting)
    let field = dice.pick(record.fields.filter { $0.kind == kind })
    return "\(dice.pick(aggregates)) (\(record.name).\(field.name)\(whereClause(record.fields, place)))"
  }

  // MARK: Rows

  mutating func whereClause(_ fields: [Column], _ place: GeneratorPlace) -> String {
    guard dice.chance(75) else { return "" }
    let inner = place.adding(fields)
    var conditions = [rowTest(fields, inner)]
    if dice.chance(35) { conditions.append(dice.chance(60) ? rowTest(fields, inner) : line(inner)) }
    return " where " + conditions.joined(separator: " and ")
  }

  /// A test of a field of the row at hand.
  private mutating func rowTest(_ fields: [Column], _ place: GeneratorPlace) -> String {
    let field = dice.pick(fields)
    return test(of: field.name, field.kind, place)
  }

  /// A collection that may be read in any way, with what is asked of its rows.
  mutating func rows(_ place: GeneratorPlace, isOpen: Bool = false) -> String {
    let (name, fields) = collection(place, isOpen: isOpen)
    return place.nesting < 2 ? name + whereClause(fields, place) : name
  }

  mutating func collection(_ place: GeneratorPlace, isOpen: Bool) -> (String, [Column]) {
    var all = SmallVocabulary.records.map { ($0.name, $0.fields) }
    all.append(("doses", TableGenerator.columns.filter { $0.name != "words" && $0.name != "tags" && $0.name != "id" }))
    if place.layer >= 2 || isOpen && place.layer == 1 {
      all += SmallVocabulary.derivedRecords.map { ($0.name, $0.fields) }
    }
    if place.layer >= 3 {
      all += SmallVocabulary.kinds.filter { $0.name != "test" || place.layer > 3 }.map {
        ($0.name, $0.fields + [Column(name: "subject", kind: $0.subject)])
      }
    }
    return dice.pick(all)
  }

  // MARK: Conditions

  /// One line of a condition.
  mutating func line(_ place: GeneratorPlace, isOpen: Bool = true) -> String {
    if dice.chance(12) {
      let inner = line(place, isOpen: false)
      return inner.hasPrefix("not ") ? inner : "not " + inner
    }
    if dice.chance(25), place.columns.contains(where: { $0.name == "w.other" }) {
      return "\(name(.drug, place) ?? "choice.drug") is \(dice.pick(["", "not "]))w.asked"
    }
    switch dice.roll(0...13) {
    case 0, 1: return name(.yesNo, place) ?? "flag.p"
    case 2: return includes(place)
    case 3 where place.nesting < 2: return (dice.chance(70) ? "exists " : "no ") + rows(place, isOpen: false)
    case 4 where isOpen && place.nesting < 2: return "exists " + rows(place, isOpen: true)
    case 5: return "any \(series(place)) \(relation(.mass, place))"
    case 6, 7: return concluded(place, isOpen) ?? known(place)
    case 8: return applies(place, isOpen) ?? known(place)
    case 9: return known(place)
    case 10: return ages(place)
    default:
      let kind = dice.pick([Kind.drug, .drug, .level, .mass, .mass, .number, .date, .share, .text])
      let isNamed = [.drug, .level, .text].contains(kind) || dice.chance(30)
      return test(of: isNamed ? name(kind, place) ?? "size.x" : value(kind, place), isNamed ? kind : kind, place)
    }
  }

  private mutating func ages(_ place: GeneratorPlace) -> String {
    switch dice.roll(0...3) {
    case 0: "today - \(name(.date, place) ?? "day.start") \(dice.pick(["<", "<=", ">", ">="])) \(days())"
    case 1: "latest \(dice.pick(SmallVocabulary.series)) is older than \(days())"
    case 2: "today \(dice.pick(["<", "<=", ">", ">="])) \(name(.date, place) ?? "day.start")"
    default:
      "\(name(.date, place) ?? "day.start") is \(dice.pick(["after", "before"])) \(value(.date, place, depth: 1))"
    }
  }

  private mutating func known(_ place: GeneratorPlace) -> String {
    let kind = dice.pick([Kind.drug, .level, .mass, .date, .yesNo])
    let name = name(kind, place) ?? "size.x"
    // What rules derive has no known-ness that could be asked.
    let isField = place.columns.contains { $0.name == name }
    let subject = isField && place.layer >= 1 ? "choice.drug" : name
    if dice.chance(35) {
      let other = subject == name ? literal(kind) : literal(.drug)
      return "\(subject) is \(dice.pick(["", "not "]))known to be \(other)"
    }
    return "\(subject) is \(dice.pick(["known", "unknown", "none"]))"
  }

  private mutating func includes(_ place: GeneratorPlace) -> String {
    let drugs = SmallVocabulary.terms[.drug] ?? []
    switch dice.roll(0...2) {
    case 0: return "chosen includes \(name(.drug, place) ?? literal(.drug))"
    case 1: return "chosen includes \(literal(.drug))"
    default:
      let list = dice.some(drugs, atMost: 2).joined(separator: ", ")
      return "chosen includes \(dice.pick(["any", "all", "none"])) of [\(list)]"
    }
  }

  /// A test of a value of a kind.
  mutating func test(of value: String, _ kind: Kind, _ place: GeneratorPlace) -> String {
    "\(value) \(relation(kind, place))"
  }

  private mutating func relation(_ kind: Kind, _ place: GeneratorPlace) -> String {
    switch kind {
    case .drug, .level, .state, .check, .yesNo:
      if kind == .level, dice.chance(35) { return "\(dice.pick(["<", "<=", ">", ">="])) \(literal(kind))" }
      switch dice.roll(0...4) {
      case 0: return "is \(name(kind, place) ?? literal(kind))"
      case 1: return "is not \(literal(kind))"
      case 2:
        return
          "\(dice.pick(["in", "not in"])) [\(dice.some(SmallVocabulary.terms[kind] ?? [], atMost: 2).joined(separator: ", "))]"
      case 3: return "is \(dice.some(SmallVocabulary.terms[kind] ?? [], atMost: 2).joined(separator: " or "))"
      default: return "is \(literal(kind))"
      }
    case .text: return dice.chance(70) ? "is \(literal(.text))" : "is not \(literal(.text))"
    case .mass, .share, .number, .date:
      switch dice.roll(0...5) {
      case 0:
        let ends = [literal(kind), literal(kind)].sorted(by: isBelow)
        return "between \(ends[0]) and \(ends[1])"
      case 1: return "is \(dice.pick(["", "not "]))\(literal(kind))"
      case 2: return "\(dice.pick(["<", "<=", ">", ">="])) \(value(kind, place, depth: 1))"
      default: return "\(dice.pick(["<", "<=", ">", ">="])) \(literal(kind))"
      }
    }
  }

  /// Whether a literal comes first; numbers of one digit, shares and days of one month are told apart by their text.
  private func isBelow(_ left: String, _ right: String) -> Bool {
    func number(_ text: String) -> Int? { Int(text.split(separator: " ")[0]) }
    if let first = number(left), let second = number(right) { return first < second }
    return left < right
  }

  private mutating func applies(_ place: GeneratorPlace, _ isOpen: Bool) -> String? {
    let limit = isOpen && dice.chance(15) ? place.layer : place.layer - 1
    let below = rules.filter { $0.layer <= limit }
    return below.isEmpty ? nil : "rule \(dice.pick(below).name) applies"
  }

  private mutating func concluded(_ place: GeneratorPlace, _ isOpen: Bool) -> String? {
    let limit = isOpen && dice.chance(15) ? place.layer : place.layer - 1
    let below = Subjects.all.filter { $0.layer <= limit }
    if place.layer >= 3, dice.chance(25) {
      let kind = dice.pick(SmallVocabulary.kinds.filter { $0.name != "test" || place.layer > 3 })
      return "\(kind.name) any is concluded"
    }
    guard !below.isEmpty else { return nil }
    let subject = dice.pick(below)
    var line = "\(subject.kind) \(subject.subject)"
    if subject.kind != "test", dice.chance(30) {
      line += dice.chance(50) ? " line \(literal(.level))" : " in line [\(literal(.level)), severe]"
    }
    return line + " is concluded"
  }

  /// A condition: a line or a group.
  mutating func condition(_ place: GeneratorPlace, depth: Int = 2, isOpen: Bool = true) -> YAMLValue {
    guard depth > 0, dice.chance(22) else { return .scalar(line(place, isOpen: isOpen)) }
    let key = dice.pick(["all", "any", "none", "at least 1 of", "at least 2 of", "not"])
    let isInnerOpen = isOpen && key != "none" && key != "not"
    if key == "not" { return .map(["not": condition(place, depth: depth - 1, isOpen: false)]) }
    let members = (0..<dice.roll(1...3)).map { _ in condition(place, depth: depth - 1, isOpen: isInnerOpen) }
    return .map([.init(key: key, value: .list(members))])
  }

  mutating func conditions(_ place: GeneratorPlace, atMost count: Int, isOpen: Bool = true) -> YAMLValue {
    .list((0..<dice.roll(1...count)).map { _ in condition(place, isOpen: isOpen) })
  }
}

/// The layer from which on a conclusion with this subject may be relied on.
struct Subjects: Hashable {
  var kind: String
  var subject: String
  var layer: Int

  static let all: [Subjects] = [
    Subjects(kind: "recommend", subject: "first_drug", layer: 0),
    Subjects(kind: "recommend", subject: "second_drug", layer: 1),
    Subjects(kind: "recommend", subject: "family", layer: 1),
    Subjects(kind: "recommend", subject: "other_drug", layer: 2),
    Subjects(kind: "against", subject: "other_drug", layer: 0),
    Subjects(kind: "against", subject: "first_drug", layer: 1),
    Subjects(kind: "against", subject: "second_drug", layer: 2),
    Subjects(kind: "test", subject: "blood", layer: 0),
    Subjects(kind: "test", subject: "urine", layer: 1),
    Subjects(kind: "test", subject: "scan", layer: 2),
    Subjects(kind: "test", subject: "visit", layer: 3),
  ]
}
