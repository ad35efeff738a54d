import ClinicalValues
import GuidelineModel
import RuleEngine
import SourceText

/// Turns a library into a rule graph: the state that all parts of the translation share.
struct Lowering {
  let library: Library
  var builder = RuleGraphBuilder()
  var map = SourceMap()
  var scopes: [ConditionID] = []

  var definitionNodes: [DefinitionNodeID] = []
  var recordRelations: [RecordID: RelationID] = [:]
  var tableRelations: [TableID: RelationID] = [:]
  var kindRelations: [KindID: RelationID] = [:]
  private var classesOfGroup: [GroupID: ClassesID] = [:]
  private var families: [TermOrigin: TermFamily] = [:]
  /// Constants that were met: their nodes by the number of the term or text, or by the number that they are.
  private var termNodes: [ValueID?] = []
  private var textNodes: [ValueID?] = []
  private var numberNodes: [Rational: ValueID] = [:]
  /// By fact; the map has the same.
  private var scalarSlots: [ScalarSlotID?]
  /// By document: its id as a text.
  private var owners: [EstimateID?] = []

  /// Rule nodes in the order of their ids.
  var pending: [PendingRule] = []
  /// Conclusions in the order of their places.
  var stated: [StatedConclusion] = []
  /// Rules whose tables hold too many combinations of rows.
  var overgrown: [RuleID] = []

  /// What the variables of the rule that is being translated stand for; empty outside of rules.
  var environment = Environment()

  init(_ library: Library) {
    self.library = library
    scalarSlots = Array(repeating: nil, count: library.vocabulary.facts.count)
    builder.expect(rules: library.rules.count)
  }

  var vocabulary: Vocabulary { library.vocabulary }

  // MARK: Types

  /// All that a value of a type may be, none included.
  mutating func full(_ type: ValueType) -> EstimateID {
    switch type {
    case .term(let group):
      builder.estimate(.terms(TermSet(allOf: vocabulary[group].terms.count), mayBeNone: true))
    case .quantity, .number, .date, .duration: RuleGraphBuilder.anyNumber
    case .text: RuleGraphBuilder.anyText
    }
  }

  mutating func classes(_ group: GroupID) -> ClassesID {
    if let known = classesOfGroup[group] { return known }
    let terms = vocabulary[group]
    let table = ClassTable(
      members: terms.terms.indices.map { terms.members(of: $0) },
      classes: terms.terms.indices.map { terms.classes(of: $0) })
    let id = builder.classes(table)
    classesOfGroup[group] = id
    return id
  }

  mutating func text(_ text: String) -> TextID {
    if let known = map.textIDs[text] { return known }
    let id = TextID(index: UInt32(map.texts.count))
    map.texts.append(text)
    map.textIDs[text] = id
    return id
  }

  mutating func estimate(_ constant: Constant) -> Estimate {
    switch constant {
    case .term(let index): .term(index)
    case .number(let number): .exactly(number)
    case .day(let day): .exactly(day.rational)
    case .text(let text): .text(self.text(text))
    case .none: .none
    }
  }

  /// The node of a constant.
  mutating func constantNode(_ constant: Constant) -> ValueID {
    switch constant {
    case .term(let index) where index >= 0:
      if termNodes.indices.contains(index), let known = termNodes[index] { return known }
      let node = builder.constant(.term(index))
      termNodes.keep(node, at: index)
      return node
    case .text(let text):
      let id = self.text(text)
      if textNodes.indices.contains(Int(id.index)), let known = textNodes[Int(id.index)] { return known }
      let node = builder.constant(.text(id))
      textNodes.keep(node, at: Int(id.index))
      return node
    case .number(let number):
      if let known = numberNodes[number] { return known }
      let node = builder.constant(.exactly(number))
      numberNodes[number] = node
      return node
    case .term, .day, .none: return builder.constant(estimate(constant))
    }
  }

  mutating func owner(_ document: DocumentID) -> EstimateID {
    if owners.isEmpty { owners = Array(repeating: nil, count: library.documents.count) }
    if let known = owners[document.index] { return known }
    let owner = builder.estimate(estimate(.text(library[document].id)))
    owners[document.index] = owner
    return owner
  }

  /// The terms that are a term or below it, and its classes.
  mutating func family(of term: Int, in group: GroupID) -> TermFamily {
    let origin = TermOrigin(group: group, term: term)
    if let known = families[origin] { return known }
    let terms = vocabulary[group]
    let family = TermFamily(members: terms.members(of: term), classes: terms.classes(of: term))
    families[origin] = family
    return family
  }

  // MARK: Slots

  mutating func scalarSlot(_ fact: FactID) -> ScalarSlotID {
    if let known = scalarSlots[fact.index] { return known }
    let slot = builder.scalarSlot(full: full(vocabulary[fact].type))
    map.scalarSlots[fact] = slot
    scalarSlots[fact.index] = slot
    return slot
  }

  mutating func setSlot(_ fact: FactID) -> SetSlotID {
    if let known = map.setSlots[fact] { return known }
    let slot = builder.setSlot()
    map.setSlots[fact] = slot
    return slot
  }

  mutating func seriesSlot(_ fact: FactID) -> SeriesSlotID {
    if let known = map.seriesSlots[fact] { return known }
    let slot = builder.seriesSlot(full: full(vocabulary[fact].type))
    map.seriesSlots[fact] = slot
    return slot
  }

  mutating func collectionSlot(_ record: RecordID) -> CollectionSlotID {
    if let known = map.collectionSlots[record] { return known }
    let slot = builder.collectionSlot()
    map.collectionSlots[record] = slot
    return slot
  }

  // MARK: Relations

  mutating func relation(_ collection: Collection) -> RelationID {
    switch collection {
    case .record(let record): relation(of: record)
    case .table(let table): relation(of: table)
    case .kind(let kind): relation(of: kind)
    }
  }

  private mutating func relation(of record: RecordID) -> RelationID {
    if let known = recordRelations[record] { return known }
    let origin: RelationNode.Origin =
      library.derivedRecords.contains(record) ? .derived : .given(collectionSlot(record))
    let id = add(origin, vocabulary[record].fields, .record(record))
    recordRelations[record] = id
    return id
  }

  private mutating func relation(of kind: KindID) -> RelationID {
    if let known = kindRelations[kind] { return known }
    let id = add(.conclusions(kind: UInt32(kind.index)), vocabulary[kind].fields, .kind(kind))
    kindRelations[kind] = id
    return id
  }

  private mutating func relation(of table: TableID) -> RelationID {
    if let known = tableRelations[table] { return known }
    var cells: [EstimateID] = []
    for row in library[table].rows {
      for (cell, column) in zip(row.cells, library[table].columns) { cells.append(runtimeCell(cell, column.type)) }
    }
    let id = add(.knowledge(cells), library[table].columns, .table(table))
    tableRelations[table] = id
    return id
  }

  /// A cell that is a question has no value of its own: whoever looks it up does not know it.
  private mutating func runtimeCell(_ cell: Cell, _ type: ValueType) -> EstimateID {
    guard case .one(let constant) = cell else { return full(type) }
    return builder.estimate(estimate(constant))
  }

  private mutating func add(_ origin: RelationNode.Origin, _ fields: [Field], _ trace: RelationTrace) -> RelationID {
    let fulls = fields.map { full($0.type) }
    map.relations.append(trace)
    return builder.relation(RelationNode(origin: origin, fulls: fulls))
  }
}

/// What stands below a term, itself among it, and what stands above it.
struct TermFamily {
  var members: TermSet
  var classes: TermSet
}

extension [ValueID?] {
  fileprivate mutating func keep(_ node: ValueID, at index: Int) {
    while count <= index { append(nil) }
    self[index] = node
  }
}

/// What the variables of a written rule stand for while one of its unrolled forms is translated.
struct Environment {
  var bindings: [VariableBinding] = []

  /// The cell of a variable that is bound to a row of a table.
  func cell(_ variable: Int, _ field: Int, in library: Library) -> Cell? {
    guard bindings.indices.contains(variable), case .tableRow(let table, let row) = bindings[variable] else {
      return nil
    }
    let rows = library[table].rows
    guard rows.indices.contains(row), rows[row].cells.indices.contains(field) else { return .one(.none) }
    return rows[row].cells[field]
  }

  /// The engine's number of a variable; variables bound inside conditions keep theirs.
  func number(_ variable: Int) -> UInt8 {
    if bindings.indices.contains(variable), case .variable(let number) = bindings[variable] { return number }
    return UInt8(truncatingIfNeeded: min(variable, 62))
  }
}
