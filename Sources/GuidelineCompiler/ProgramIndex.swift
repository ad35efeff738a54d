package import GuidelineModel
package import RuleEngine

/// What reports ask of a program for every patient, found once.
package struct ProgramIndex: Sendable {
  /// A rule that is a row of a table in which one row should hold.
  package struct UniqueRow: Sendable {
    package let node: RuleNodeID
    package let guideline: String
    package let table: String
    package let row: String
  }

  /// The conditions of a rule node whose answers are asked for.
  package struct RuleConditions: Sendable {
    package let filters: [ConditionID]
    package let when: ConditionID
  }

  /// What a conclusion says of its rule, whoever the patient is.
  package struct PlaceWords: Sendable {
    package let document: DocumentID
    package let guideline: String
    package let rule: String
    package let title: String?
    package let kind: String
    /// The place of its kind among all kinds by name.
    package let kindRank: Int
    /// The titles of the sources that are cited, in their order.
    package let sourceTitles: [String?]
    /// By field of the place; nil: its kind has no such field.
    package let fields: [PlaceField?]
    /// The fields of the place in the order of their names.
    package let order: [Int]
    /// Those that are dates.
    package let dates: [Int]
  }

  /// A field that a place states.
  package struct PlaceField: Sendable {
    package let name: String
    package let type: ValueType
    package let isSubject: Bool
  }

  /// By slot.
  package let scalarFacts: [FactID?]
  package let setFacts: [FactID?]
  package let seriesFacts: [FactID?]
  package let records: [RecordID?]
  /// By `RuleNodeID`.
  package let rules: [RuleConditions]
  package let uniqueRows: [UniqueRow]
  /// By `PlaceID`.
  package let places: [PlaceWords]
  /// By `DocumentID`; nil: always in scope.
  package let scopes: [ConditionID?]
  package let askable: Askable
  /// By `ConditionID`: whether it asks what is known, by itself or by a part of the group that it is.
  package let asksWhatIsKnown: [Bool]
  /// By `RelationID`: the rules that derive rows of it.
  package let derivers: [[RuleNodeID]]
  /// The definitions in the order of their names.
  package let definitionsByName: [Int]

  /// Of the graph its nodes are enough.
  init(_ library: Library, _ map: SourceMap, _ graph: RuleGraph) {
    scalarFacts = Self.inverse(map.scalarSlots) { $0.index }
    setFacts = Self.inverse(map.setSlots) { $0.index }
    seriesFacts = Self.inverse(map.seriesSlots) { $0.index }
    records = Self.inverse(map.collectionSlots) { $0.index }
    rules = map.rules.indices.map { rule in
      RuleConditions(filters: map.rules[rule].filters.map(\.node), when: map.rules[rule].when.node)
    }
    uniqueRows = map.rules.indices.compactMap { index in
      let rule = map.rules[index].id.index
      guard let table = library.rules[rule].uniqueIn else { return nil }
      return UniqueRow(
        node: RuleNodeID(index), guideline: library.documents[library.rules[rule].document.index].id, table: table,
        row: library.rules[rule].name)
    }
    var writer = PlaceWriter(library)
    places = map.places.indices.map { writer.words(map.places[$0], graph.places[$0]) }
    scopes = map.scopes.map { $0?.node }
    askable = Askable(library, map)
    asksWhatIsKnown = Self.asksWhatIsKnown(graph)
    derivers = Self.derivers(graph)
    definitionsByName = library.definitions.indices.sorted { left, right in
      let (first, second) = (library.definitions[left].name, library.definitions[right].name)
      return first == second ? left < right : Self.precedes(first, second)
    }
  }

  /// Children stand before parents.
  private static func asksWhatIsKnown(_ graph: RuleGraph) -> [Bool] {
    var asks: [Bool] = []
    asks.reserveCapacity(graph.conditions.count)
    for node in graph.conditions {
      switch node {
      case .settled, .certainly: asks.append(true)
      case .all(let list), .any(let list), .atLeast(_, let list):
        asks.append(graph.members(list).contains { asks.indices.contains(Int($0)) && asks[Int($0)] })
      case .not(let inner): asks.append(asks.indices.contains(inner.index) && asks[inner.index])
      default: asks.append(false)
      }
    }
    return asks
  }

  private static func derivers(_ graph: RuleGraph) -> [[RuleNodeID]] {
    var derivers = [[RuleNodeID]](repeating: [], count: graph.relations.count)
    for index in graph.rules.indices where !graph.rules[index].derivations.isEmpty {
      for derivation in graph.rules[index].derivations where derivers[derivation.relation.index].last?.index != index {
        derivers[derivation.relation.index].append(RuleNodeID(index))
      }
    }
    return derivers
  }

  /// The order of code points.
  fileprivate static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func inverse<Name, Slot>(_ slots: [Name: Slot], by index: (Slot) -> Int) -> [Name?] {
    var names = [Name?](repeating: nil, count: (slots.values.map(index).max() ?? -1) + 1)
    for (name, slot) in slots { names[index(slot)] = name }
    return names
  }
}

/// Writes down what conclusions say; most share their fields and their sources with the one before.
private struct PlaceWriter {
  let library: Library
  private var documents: [String: Int] = [:]
  /// By kind its place among the names of all kinds, and the shape that was written last.
  private var ranks: [Int]
  private var lasting: [Shape?]
  private var citations: [ResolvedCitation] = []
  private var titles: [String?] = []

  /// What follows from the kind and the columns that are stated.
  private struct Shape {
    var columns: [UInt16]
    var fields: [ProgramIndex.PlaceField?]
    var order: [Int]
    var dates: [Int]
  }

  init(_ library: Library) {
    self.library = library
    let kinds = library.vocabulary.kinds
    ranks = Array(repeating: 0, count: kinds.count)
    lasting = Array(repeating: nil, count: kinds.count)
    let sorted = kinds.indices.sorted { ProgramIndex.precedes(kinds[$0].name, kinds[$1].name) }
    for (left, right) in zip(sorted, sorted.dropFirst()) {
      ranks[right] = ranks[left] + (kinds[left].name == kinds[right].name ? 0 : 1)
    }
    for index in library.documents.indices.reversed() { documents[library.documents[index].id] = index }
  }

  mutating func words(_ trace: PlaceTrace, _ node: PlaceNode) -> ProgramIndex.PlaceWords {
    if trace.citations != citations || titles.count != citations.count {
      citations = trace.citations
      titles = citations.map { citation in
        documents[citation.document].flatMap { index in
          library.documents[index].sources.first { $0.id == citation.source }?.title
        }
      }
    }
    let shape = shape(trace.kind, node)
    let rule = trace.rule.index
    let document = library.rules[rule].document
    let kind = library.vocabulary.kinds[trace.kind.index].name
    return ProgramIndex.PlaceWords(
      document: document, guideline: library.documents[document.index].id, rule: library.rules[rule].name,
      title: library.rules[rule].title, kind: kind, kindRank: ranks[trace.kind.index], sourceTitles: titles,
      fields: shape.fields,
      order: shape.order, dates: shape.dates)
  }

  private mutating func shape(_ id: KindID, _ node: PlaceNode) -> Shape {
    if let known = lasting[id.index], known.columns.elementsEqual(node.fields.lazy.map { $0.column }) { return known }
    let kind = library.vocabulary.kinds[id.index]
    let fields = node.fields.map { field -> ProgramIndex.PlaceField? in
      let column = Int(field.column)
      guard kind.fields.indices.contains(column) else { return nil }
      return ProgramIndex.PlaceField(
        name: kind.fields[column].name, type: kind.fields[column].type, isSubject: column == 0)
    }
    let order = fields.indices.sorted { left, right in
      let (first, second) = (fields[left]?.name ?? "", fields[right]?.name ?? "")
      return first == second ? left < right : ProgramIndex.precedes(first, second)
    }
    let shape = Shape(
      columns: node.fields.map(\.column), fields: fields, order: order,
      dates: order.filter { fields[$0]?.type == .date })
    lasting[id.index] = shape
    return shape
  }
}
