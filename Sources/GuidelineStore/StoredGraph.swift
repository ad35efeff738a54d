internal import ClinicalValues
internal import RuleEngine

extension Mask: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(yes: try TermSet(from: &reader), maybe: try TermSet(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    yes.store(in: &writer)
    maybe.store(in: &writer)
  }
}

extension ClassTable: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let members = try [TermSet](from: &reader)
    let classes = try [TermSet](from: &reader)
    guard members.count == classes.count else { throw reader.damage("a table of classes is uneven") }
    self.init(members: members, classes: classes)
  }

  func store(in writer: inout ProgramWriter) {
    members.store(in: &writer)
    classes.store(in: &writer)
  }
}

extension Translation: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let count = try reader.number(below: TermSet.mostTerms)
    let targets = try [Int?](from: &reader)
    guard targets.allSatisfy({ $0.map { $0 < count } ?? true }) else { throw reader.damage("a term goes nowhere") }
    self.init(targets: targets, count: count)
  }

  func store(in writer: inout ProgramWriter) {
    writer.number(count)
    targets.store(in: &writer)
  }
}

extension WindowNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self = try Bool(from: &reader) ? .since(ID(from: &reader)) : .within(ID(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .within(let length): writer.tagged(0, length)
    case .since(let value): writer.tagged(1, value)
    }
  }
}

extension RowsNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      relation: try ID(from: &reader), variable: try reader.variable(), conditions: try Members(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    relation.store(in: &writer)
    variable.store(in: &writer)
    conditions.store(in: &writer)
  }
}

extension PatternNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(kind: try reader.kind(), tests: try [FieldTest](from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    kind.store(in: &writer)
    tests.store(in: &writer)
  }
}

extension PatternNode.FieldTest: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      column: try UInt16(from: &reader), values: try [ValueID](from: &reader), isOpen: try Bool(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    column.store(in: &writer)
    values.store(in: &writer)
    isOpen.store(in: &writer)
  }
}

extension ProgramReader {
  mutating func kind() throws(Damage) -> UInt32 { UInt32(try number(below: limits[StoredTable.kinds.rawValue])) }
}

extension DefinitionNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let full = try EstimateID(from: &reader)
    let form: Form
    switch try reader.number(below: 4) {
    case 0: form = .means(try ID(from: &reader))
    case 1: form = .value(try ID(from: &reader))
    case 2:
      var clauses: [(condition: ConditionID?, value: ValueID)] = []
      for _ in 0..<(try reader.count()) {
        clauses.append((try ConditionID?(from: &reader), try ValueID(from: &reader)))
      }
      form = .first(clauses)
    default: form = .agree(try [ValueID](from: &reader))
    }
    self.init(form: form, full: full)
  }

  func store(in writer: inout ProgramWriter) {
    full.store(in: &writer)
    switch form {
    case .means(let condition): writer.tagged(0, condition)
    case .value(let value): writer.tagged(1, value)
    case .first(let clauses):
      writer.tagged(2, clauses.count)
      for clause in clauses {
        clause.condition.store(in: &writer)
        clause.value.store(in: &writer)
      }
    case .agree(let values): writer.tagged(3, values)
    }
  }
}

/// Its places are found by what they say of themselves.
extension RuleNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      family: try UInt32(from: &reader), scope: try ID(from: &reader), relations: try [RelationID](from: &reader),
      conditions: try [ConditionID](from: &reader), unless: try ConditionID?(from: &reader))
    overriddenRules = try [RuleNodeID](from: &reader)
    overriddenPatterns = try [PatternID](from: &reader)
    derivations = try [DerivationNode](from: &reader)
    guard relations.count < 62 else { throw reader.damage("a rule has too many variables") }
  }

  func store(in writer: inout ProgramWriter) {
    family.store(in: &writer)
    scope.store(in: &writer)
    relations.store(in: &writer)
    conditions.store(in: &writer)
    unless.store(in: &writer)
    overriddenRules.store(in: &writer)
    overriddenPatterns.store(in: &writer)
    derivations.store(in: &writer)
  }
}

extension DerivationNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(relation: try ID(from: &reader), columns: try [ValueID?](from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    relation.store(in: &writer)
    columns.store(in: &writer)
  }
}

extension PlaceNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(rule: try ID(from: &reader), kind: try reader.kind(), fields: try [Field](from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    rule.store(in: &writer)
    kind.store(in: &writer)
    fields.store(in: &writer)
  }
}

extension PlaceNode.Field: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(column: try UInt16(from: &reader), value: try ID(from: &reader), ifKnown: try Bool(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    column.store(in: &writer)
    value.store(in: &writer)
    ifKnown.store(in: &writer)
  }
}

extension RelationNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let fulls = try [EstimateID](from: &reader)
    let origin: Origin
    switch try reader.number(below: 4) {
    case 0: origin = .given(try ID(from: &reader))
    case 1: origin = .knowledge(try [EstimateID](from: &reader))
    case 2: origin = .derived
    default: origin = .conclusions(kind: try reader.kind())
    }
    self.init(origin: origin, fulls: fulls)
  }

  func store(in writer: inout ProgramWriter) {
    fulls.store(in: &writer)
    switch origin {
    case .given(let slot): writer.tagged(0, slot)
    case .knowledge(let cells): writer.tagged(1, cells)
    case .derived: writer.number(2)
    case .conclusions(let kind): writer.tagged(3, kind)
    }
  }
}

// MARK: The whole graph

extension GraphParts: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init()
    try reader.readLimits(Self.tables)
    setSlotCount = reader.limits[StoredTable.setSlots.rawValue]
    collectionSlotCount = reader.limits[StoredTable.collectionSlots.rawValue]
    kindCount = reader.limits[StoredTable.kinds.rawValue]
    estimates = try reader.table(.estimates)
    members = try reader.table(.members)
    conditions = try reader.table(.conditionNodes)
    values = try reader.table(.valueNodes)
    masks = try reader.table(.masks)
    classes = try reader.table(.classes)
    translations = try reader.table(.translations)
    windows = try reader.table(.windows)
    rows = try reader.table(.rows)
    patterns = try reader.table(.patterns)
    definitions = try reader.table(.definitionNodes)
    rules = try reader.table(.ruleNodes)
    places = try reader.table(.places)
    relations = try reader.table(.relations)
    ownerOfPlace = try reader.table(.places)
    scalarFulls = Array(try reader.table(.scalarSlots))
    seriesFulls = Array(try reader.table(.seriesSlots))
    for (index, place) in places.enumerated() { rules[place.rule.index].places.append(PlaceID(index)) }
  }

  func store(in writer: inout ProgramWriter) {
    let counts: [Int] = Self.tables.map { count(of: $0) }
    for count in counts { writer.number(count) }
    writer.table(estimates)
    writer.table(members)
    writer.table(conditions)
    writer.table(values)
    writer.table(masks)
    writer.table(classes)
    writer.table(translations)
    writer.table(windows)
    writer.table(rows)
    writer.table(patterns)
    writer.table(definitions)
    writer.table(rules)
    writer.table(places)
    writer.table(relations)
    writer.table(ownerOfPlace)
    writer.table(scalarFulls)
    writer.table(seriesFulls)
  }

  private func count(of table: StoredTable) -> Int {
    switch table {
    case .estimates: estimates.count
    case .members: members.count
    case .conditionNodes: conditions.count
    case .valueNodes: values.count
    case .masks: masks.count
    case .classes: classes.count
    case .translations: translations.count
    case .windows: windows.count
    case .rows: rows.count
    case .patterns: patterns.count
    case .definitionNodes: definitions.count
    case .ruleNodes: rules.count
    case .places: places.count
    case .relations: relations.count
    case .scalarSlots: scalarFulls.count
    case .setSlots: setSlotCount
    case .seriesSlots: seriesFulls.count
    case .collectionSlots: collectionSlotCount
    default: 0
    }
  }

  static let tables: [StoredTable] = [
    .estimates, .members, .conditionNodes, .valueNodes, .masks, .classes, .translations, .windows, .rows, .patterns,
    .definitionNodes, .ruleNodes, .places, .relations, .scalarSlots, .setSlots, .seriesSlots, .collectionSlots,
  ]
}

extension ProgramReader {
  /// How many entries tables have, before anything refers to them.
  mutating func readLimits(_ tables: [StoredTable]) throws(Damage) {
    // A slot for a set or a collection has no entry of its own, but a name in the source map.
    for table in tables { limits[table.rawValue] = try number(below: 1 << 24) }
  }

  /// As many entries as the table was said to have.
  mutating func table<Element: Stored>(_ table: StoredTable) throws(Damage) -> ContiguousArray<Element> {
    let count = limits[table.rawValue]
    var entries: ContiguousArray<Element> = []
    entries.reserveCapacity(min(count, 4_096))
    for _ in 0..<count { entries.append(try Element(from: &self)) }
    return entries
  }
}

extension ProgramWriter {
  mutating func table<Element: Stored>(_ entries: some Swift.Collection<Element>) {
    for entry in entries { entry.store(in: &self) }
  }
}
