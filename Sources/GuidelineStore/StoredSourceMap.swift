internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine

extension SourceMap {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init()
    definitions = Array(try reader.table(.definitionNodes))
    rules = Array(try reader.table(.ruleNodes))
    reader.citations = try [[ResolvedCitation]](from: &reader)
    places = Array(try reader.table(.places))
    scopes = Array(try reader.table(.documents))
    invariants = try [ConditionTrace](from: &reader)
    relations = Array(try reader.table(.relations))
    templates = try [[TemplatePiece]](from: &reader)
    scalarSlots = try [FactID: ScalarSlotID](from: &reader)
    setSlots = try [FactID: SetSlotID](from: &reader)
    seriesSlots = try [FactID: SeriesSlotID](from: &reader)
    collectionSlots = try [RecordID: CollectionSlotID](from: &reader)
    nodesOfRule = Array(repeating: [], count: reader.limits[StoredTable.rules.rawValue])
    for (index, rule) in rules.enumerated() { nodesOfRule[rule.id.index].append(RuleNodeID(index)) }
  }

  func store(in writer: inout ProgramWriter) {
    writer.table(definitions)
    writer.table(rules)
    writer.citations = Numbered()
    for place in places { _ = writer.citations.number(of: place.citations) }
    writer.citations.all.store(in: &writer)
    writer.table(places)
    writer.table(scopes)
    invariants.store(in: &writer)
    writer.table(relations)
    templates.store(in: &writer)
    scalarSlots.store(in: &writer)
    setSlots.store(in: &writer)
    seriesSlots.store(in: &writer)
    collectionSlots.store(in: &writer)
  }

  /// The texts come first: estimates refer to them.
  mutating func readTexts(from reader: inout ProgramReader) throws(Damage) {
    try reader.readLimits([.texts])
    texts = Array(try reader.table(.texts))
    textIDs.reserveCapacity(texts.count)
    for (index, text) in texts.enumerated() { textIDs[text] = TextID(index: UInt32(index)) }
  }
}

extension TemplatePiece: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self = try Bool(from: &reader) ? .value(ValueType(from: &reader)) : .words(String(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .words(let words): writer.tagged(0, words)
    case .value(let type): writer.tagged(1, type)
    }
  }
}

extension RelationTrace: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 3) {
    case 0: self = .record(try RecordID(from: &reader))
    case 1: self = .table(try TableID(from: &reader))
    default: self = .kind(try KindID(from: &reader))
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .record(let id): writer.tagged(0, id)
    case .table(let id): writer.tagged(1, id)
    case .kind(let id): writer.tagged(2, id)
    }
  }
}

extension DefinitionTrace: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(id: try DefinitionID(from: &reader))
    conditions = try [ConditionTrace](from: &reader)
    values = try [ValueTrace](from: &reader)
  }

  func store(in writer: inout ProgramWriter) {
    id.store(in: &writer)
    conditions.store(in: &writer)
    values.store(in: &writer)
  }
}

extension RuleTrace: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      id: try RuleID(from: &reader), variables: try [VariableBinding](from: &reader),
      when: try ConditionTrace(from: &reader), filters: try [ConditionTrace](from: &reader),
      unless: try ConditionTrace?(from: &reader))
    overridePatterns = try [PatternID: Int](from: &reader)
  }

  func store(in writer: inout ProgramWriter) {
    id.store(in: &writer)
    variables.store(in: &writer)
    when.store(in: &writer)
    filters.store(in: &writer)
    unless.store(in: &writer)
    overridePatterns.store(in: &writer)
  }
}

extension VariableBinding: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self =
      try Bool(from: &reader) ? .variable(reader.variable()) : .tableRow(TableID(from: &reader), Int(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .tableRow(let table, let row): writer.tagged(0, table, row)
    case .variable(let number): writer.tagged(1, number)
    }
  }
}

/// What is cited is stored once for all places that cite the same.
extension PlaceTrace: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      rule: try RuleID(from: &reader), conclusion: try Int(from: &reader), kind: try KindID(from: &reader),
      strength: try String?(from: &reader), certainty: try String?(from: &reader),
      gradedAs: try String?(from: &reader),
      citations: reader.citations[try reader.number(below: reader.citations.count)])
  }

  func store(in writer: inout ProgramWriter) {
    rule.store(in: &writer)
    conclusion.store(in: &writer)
    kind.store(in: &writer)
    strength.store(in: &writer)
    certainty.store(in: &writer)
    gradedAs.store(in: &writer)
    writer.number(writer.citations.number(of: citations))
  }
}

extension ResolvedCitation: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      document: try String(from: &reader), source: try String(from: &reader),
      statements: try [String](from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    document.store(in: &writer)
    source.store(in: &writer)
    statements.store(in: &writer)
  }
}
