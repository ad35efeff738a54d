import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// What the parts of one program mean.
struct GraphDigest {
  let program: Program
  let graph: RuleGraph
  let map: SourceMap
  /// Said of terms when the two vocabularies number them differently, so that none are taken for the same.
  let salt: String
  /// The day on which patients are seen, said of what depends on it; empty: all that is compared is seen on one day.
  let day: String
  var conditions: [ConditionID: Int] = [:]
  var values: [ValueID: Int] = [:]
  var rules: [RuleNodeID: Int] = [:]
  var places: [PlaceID: Int] = [:]
  var definitions: [DefinitionNodeID: Int] = [:]
  /// Definitions of which it was proved what they mean.
  var declared: [DefinitionNodeID: Int] = [:]
  var relations: [RelationID: Int] = [:]
  let factOfScalar: [ScalarSlotID: FactID]
  let factOfSet: [SetSlotID: FactID]
  let factOfSeries: [SeriesSlotID: FactID]
  let recordOfCollection: [CollectionSlotID: RecordID]
  /// Nodes that depend on themselves are described together, by the number of their component.
  var circleOf: [Entity: Int] = [:]
  var circleNumbers: [Int: Int] = [:]
  /// The circles that are being described: inside them a member is only named.
  var open: Set<Int> = []

  enum Entity: Hashable {
    case definition(DefinitionNodeID)
    case rule(RuleNodeID)
    case place(PlaceID)
    case rows(RelationID)
  }

  init(_ program: Program, salt: String, today: Day? = nil) {
    self.program = program
    self.salt = salt
    day = today.map { " on \($0.iso)" } ?? ""
    graph = program.graph
    map = program.sourceMap
    factOfScalar = Dictionary(uniqueKeysWithValues: map.scalarSlots.map { ($0.value, $0.key) })
    factOfSet = Dictionary(uniqueKeysWithValues: map.setSlots.map { ($0.value, $0.key) })
    factOfSeries = Dictionary(uniqueKeysWithValues: map.seriesSlots.map { ($0.value, $0.key) })
    recordOfCollection = Dictionary(uniqueKeysWithValues: map.collectionSlots.map { ($0.value, $0.key) })
    for (number, component) in graph.components.enumerated() where component.isRecursive {
      for node in component.nodes { circleOf[Self.entity(node)] = number }
    }
  }

  static func entity(_ node: DependencyNode) -> Entity {
    switch node {
    case .definition(let id): .definition(id)
    case .body(let id), .effective(let id): .rule(id)
    case .conclusion(let id): .place(id)
    case .rows(let id): .rows(id)
    }
  }

  /// Values that mean the same as one of the other program.
  mutating func sameValues(in other: inout GraphDigest, _ table: inout MeaningTable) -> [ValueID: ValueID] {
    var place: [Int: ValueID] = [:]
    for index in other.graph.values.indices { place[other.meaning(ValueID(index), &table)] = ValueID(index) }
    var same: [ValueID: ValueID] = [:]
    for index in graph.values.indices { same[ValueID(index)] = place[meaning(ValueID(index), &table)] }
    return same
  }

  /// Says what a definition means; whatever rests on it is described anew.
  mutating func declare(_ id: DefinitionNodeID, _ meaning: Int) {
    declared[id] = meaning
    conditions = [:]
    values = [:]
    rules = [:]
    places = [:]
    definitions = [:]
    relations = [:]
    circleNumbers = [:]
  }

  // MARK: Entities

  mutating func meaning(_ id: PlaceID, _ table: inout MeaningTable) -> Int {
    if let known = places[id] { return known }
    let number = describe(.place(id), &table) { digest, table in digest.content(id, &table) }
    if open.isEmpty { places[id] = number }
    return number
  }

  mutating func meaning(_ id: RuleNodeID, _ table: inout MeaningTable) -> Int {
    if let known = rules[id] { return known }
    let number = describe(.rule(id), &table) { digest, table in digest.content(id, &table) }
    if open.isEmpty { rules[id] = number }
    return number
  }

  mutating func meaning(_ id: DefinitionNodeID, _ table: inout MeaningTable) -> Int {
    if let known = declared[id] ?? definitions[id] { return known }
    let number = describe(.definition(id), &table) { digest, table in digest.content(id, &table) }
    if open.isEmpty { definitions[id] = number }
    return number
  }

  mutating func meaning(_ id: RelationID, _ table: inout MeaningTable) -> Int {
    if let known = relations[id] { return known }
    let number = describe(.rows(id), &table) { digest, table in digest.content(id, &table) }
    if open.isEmpty { relations[id] = number }
    return number
  }

  mutating func describe(
    _ entity: Entity, _ table: inout MeaningTable, _ content: (inout GraphDigest, inout MeaningTable) -> String
  ) -> Int {
    guard let circle = circleOf[entity] else { return table.number(content(&self, &table)) }
    let name = name(entity)
    if open.contains(circle) { return table.number("member \(name)") }
    if circleNumbers[circle] == nil {
      open.insert(circle)
      let members = circleOf.filter { $0.value == circle }.map(\.key)
      var contents: [String] = []
      for member in members { contents.append("\(self.name(member)): \(self.content(of: member, &table))") }
      open.remove(circle)
      circleNumbers[circle] = table.number("circle \(contents.sorted())")
    }
    return table.number("in \(circleNumbers[circle] ?? 0) \(name)")
  }

  mutating func content(of entity: Entity, _ table: inout MeaningTable) -> String {
    switch entity {
    case .definition(let id): content(id, &table)
    case .rule(let id): content(id, &table)
    case .place(let id): content(id, &table)
    case .rows(let id): content(id, &table)
    }
  }

  func name(_ entity: Entity) -> String {
    switch entity {
    case .definition(let id): return "definition \(program.library[map.definitions[id.index].id].name)"
    case .rule(let id): return "rule \(name(id))"
    case .place(let id):
      let trace = map.places[id.index]
      return "place \(name(graph[id].rule)) \(trace.conclusion)"
    case .rows(let id):
      switch map.relations[id.index] {
      case .record(let record): return "rows \(program.library.vocabulary[record].name)"
      case .kind(let kind): return "rows of \(program.library.vocabulary[kind].name)"
      case .table(let table): return "rows of table \(program.library[table].name)"
      }
    }
  }

  func name(_ id: RuleNodeID) -> String {
    let trace = map.rules[id.index]
    let rule = program.library[trace.id]
    let rows = trace.variables.map { variable in
      switch variable {
      case .tableRow(let table, let row): "\(program.library[table].name)#\(row)"
      case .variable(let number): "\(number)"
      }
    }
    return "\(program.library[rule.document].id)/\(rule.name) \(rows)"
  }

  // MARK: Contents

  mutating func content(_ id: RuleNodeID, _ table: inout MeaningTable) -> String {
    let rule = graph[id]
    var text = "rule \(meaning(rule.scope, &table))"
    for relation in rule.relations { text += " over \(meaning(relation, &table))" }
    text += " when \(sorted(rule.conditions, &table))"
    if let unless = rule.unless { text += " unless \(meaning(unless, &table))" }
    var overriders: [Int] = []
    for overrider in graph.overridersOfRule[id.index] { overriders.append(meaning(overrider, &table)) }
    return text + " under \(overriders.sorted())"
  }

  mutating func content(_ id: PlaceID, _ table: inout MeaningTable) -> String {
    let place = graph[id]
    let kind = program.library.vocabulary[map.places[id.index].kind]
    var text = "place \(meaning(place.rule, &table)) \(kind.name) by \(describe(graph.ownerOfPlace[id.index]))"
    for field in place.fields {
      let name = kind.fields.indices.contains(Int(field.column)) ? kind.fields[Int(field.column)].name : ""
      text += " \(name)=\(meaning(field.value, &table))\(field.ifKnown ? "?" : "")"
    }
    var overriders: [String] = []
    for override in graph.overridersOfPlace[id.index] {
      overriders.append("\(meaning(override.rule, &table)) \(describe(override.pattern, &table))")
    }
    return text + " under \(overriders.sorted())"
  }

  mutating func content(_ id: DefinitionNodeID, _ table: inout MeaningTable) -> String {
    let full = describe(graph[id].full)
    switch graph[id].form {
    case .means(let condition): return "means \(meaning(condition, &table)) \(full)"
    case .value(let value): return "value \(meaning(value, &table)) \(full)"
    case .agree(let values): return "agree \(list(values, &table)) \(full)"
    case .first(let clauses):
      var text = "first"
      for clause in clauses {
        let condition = clause.condition.map { "\(meaning($0, &table))" } ?? "otherwise"
        text += " \(condition): \(meaning(clause.value, &table))"
      }
      return text + " \(full)"
    }
  }

  mutating func content(_ id: RelationID, _ table: inout MeaningTable) -> String {
    let columns = graph[id].fulls.map { describe($0) }
    switch graph[id].origin {
    case .given(let slot):
      guard let record = recordOfCollection[slot].map({ program.library.vocabulary[$0] }) else { return "rows \(slot)" }
      return "record \(record.name) \(record.fields.map { "\($0.name): \(describe($0.type))" }) \(columns)"
    case .knowledge(let cells): return "table \(columns) \(cells.map { describe($0) })"
    case .derived:
      var rows: [String] = []
      for index in graph.rules.indices {
        for derivation in graph.rules[index].derivations where derivation.relation == id {
          let cells = derivation.columns.map { $0.map { "\(meaning($0, &table))" } ?? "none" }
          rows.append("\(meaning(RuleNodeID(index), &table)) \(cells)")
        }
      }
      return "derived \(columns) \(rows.sorted())"
    case .conclusions(let kind):
      var rows: [Int] = []
      for place in graph.placesOfKind[Int(kind)] { rows.append(meaning(place, &table)) }
      return "conclusions \(columns) \(rows.sorted())"
    }
  }

  // MARK: Conditions

  mutating func meaning(_ id: ConditionID, _ table: inout MeaningTable) -> Int {
    if let known = conditions[id] { return known }
    let number = table.number(content(id, &table))
    if open.isEmpty { conditions[id] = number }
    return number
  }

  mutating func content(_ id: ConditionID, _ table: inout MeaningTable) -> String {
    switch graph[id] {
    case .constant(let truth): return "\(truth)"
    case .all(let list): return "all \(sorted(graph.conditionIDs(list), &table))"
    case .any(let list): return "any \(sorted(graph.conditionIDs(list), &table))"
    case .not(let inner): return "not \(meaning(inner, &table))"
    case .atLeast(let count, let list): return "least \(count) \(sorted(graph.conditionIDs(list), &table))"
    case .member(let value, let mask): return "member \(meaning(value, &table)) \(describe(graph[mask]))"
    case .related(let first, let second, let classes):
      return "related \(meaning(first, &table)) \(meaning(second, &table)) \(describe(graph.classes[classes.index]))"
    case .compare(let first, let comparator, let second):
      return "compare \(meaning(first, &table)) \(comparator) \(meaning(second, &table))"
    case .settled(let test, let subject): return "\(test) \(describe(subject, &table))"
    case .certainly(let inner): return "certainly \(meaning(inner, &table))"
    case .includes(let slot, let mask): return "includes \(describe(slot)) \(describe(graph[mask]))"
    case .includesValue(let slot, let value, let classes):
      return "includes \(describe(slot)) \(meaning(value, &table)) \(describe(graph.classes[classes.index]))"
    case .exists(let rows): return "exists \(describe(rows, &table))"
    case .anyPoint(let slot, let window, let inner):
      return "point \(describe(slot)) \(describe(window, &table)) \(meaning(inner, &table))"
    case .applies(let list):
      var rules: [Int] = []
      for rule in graph.ruleIDs(list) { rules.append(meaning(rule, &table)) }
      return "applies \(rules.sorted())"
    case .concluded(let pattern):
      var places: [Int] = []
      for place in graph.placesMatching[pattern.index] { places.append(meaning(place, &table)) }
      return "concluded \(describe(pattern, &table)) \(places.sorted())"
    }
  }

  mutating func sorted(_ list: [ConditionID], _ table: inout MeaningTable) -> [Int] {
    var numbers: [Int] = []
    for id in list { numbers.append(meaning(id, &table)) }
    return numbers.sorted()
  }

  mutating func describe(_ subject: SettledSubject, _ table: inout MeaningTable) -> String {
    switch subject {
    case .value(let value): "value \(meaning(value, &table))"
    case .set(let slot): describe(slot)
    case .series(let slot): describe(slot)
    case .collection(let slot): "rows \(recordOfCollection[slot].map { program.library.vocabulary[$0].name } ?? "")"
    }
  }

  mutating func describe(_ id: RowsID, _ table: inout MeaningTable) -> String {
    let rows = graph[id]
    return "rows \(meaning(rows.relation, &table)) \(rows.variable) "
      + "\(sorted(graph.conditionIDs(rows.conditions), &table))"
  }

  mutating func describe(_ id: PatternID, _ table: inout MeaningTable) -> String {
    let pattern = graph[id]
    let kind =
      program.library.vocabulary.kinds.indices.contains(Int(pattern.kind))
      ? program.library.vocabulary.kinds[Int(pattern.kind)] : nil
    var tests: [String] = []
    for test in pattern.tests {
      let name = kind.flatMap { $0.fields.indices.contains(Int(test.column)) ? $0.fields[Int(test.column)].name : nil }
      tests.append("\(name ?? "\(test.column)") \(test.isOpen) \(list(test.values, &table).sorted())")
    }
    return "pattern \(kind?.name ?? "") \(tests.sorted())"
  }

  // MARK: Pieces

  mutating func describe(_ window: WindowID?, _ table: inout MeaningTable) -> String {
    guard let window else { return "always" }
    switch graph[window] {
    case .within(let length): return "within \(describe(length))"
    case .since(let start): return "since \(meaning(start, &table))"
    }
  }

  func describe(_ slot: ScalarSlotID) -> String { factOfScalar[slot].map(describe) ?? "slot \(slot) \(salt)" }
  func describe(_ slot: SetSlotID) -> String { factOfSet[slot].map(describe) ?? "slot \(slot) \(salt)" }
  func describe(_ slot: SeriesSlotID) -> String { (factOfSeries[slot].map(describe) ?? "slot \(slot) \(salt)") + day }

  func describe(_ id: FactID) -> String {
    let fact = program.library.vocabulary[id]
    let range = fact.range.map { "\(describe($0.low)) \(describe($0.high))" } ?? ""
    let valid = fact.validForDays.map { describe($0) } ?? ""
    return "\(fact.shape) \(fact.name) \(describe(fact.type)) [\(range)] [\(valid)]"
  }

  func describe(_ type: ValueType) -> String {
    switch type {
    case .term(let group): "of \(program.library.vocabulary[group].name)"
    case .quantity(let unit): "in \(unit.symbol)"
    case .number: "number"
    case .date: "date\(day)"
    case .duration: "duration"
    case .text: "text"
    }
  }

  func describe(_ number: Rational) -> String { "\(number.numerator)/\(number.denominator)" }

  func describe(_ terms: TermSet) -> String { terms.isEmpty ? "[]" : "\(Array(terms.indices))\(salt)" }

  func describe(_ mask: Mask) -> String { "\(describe(mask.yes)) \(describe(mask.maybe))" }

  func describe(_ table: ClassTable) -> String {
    "\(table.members.map { describe($0) }) \(table.classes.map { describe($0) })"
  }

  func describe(_ id: EstimateID) -> String {
    let estimate = graph.estimates[id.index]
    let none = estimate.mayBeNone ? " or none" : ""
    switch estimate.values {
    case .nothing: return "none"
    case .terms(let terms): return "terms \(describe(terms))\(none)"
    case .anyText: return "any text\(none)"
    case .text(let id):
      let texts = map.texts
      return "\"\(texts.indices.contains(Int(id.index)) ? texts[Int(id.index)] : "")\"\(none)"
    case .interval(let interval): return "number \(describe(interval.low)) to \(describe(interval.high))\(none)"
    }
  }

  func describe(_ bound: Bound) -> String { bound.number.map { describe($0) } ?? "open" }
}
