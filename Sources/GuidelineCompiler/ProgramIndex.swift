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
    /// The titles of the sources that are cited, in their order.
    package let sourceTitles: [String?]
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

  init(_ library: Library, _ map: SourceMap) {
    scalarFacts = Self.inverse(map.scalarSlots, by: \.index)
    setFacts = Self.inverse(map.setSlots, by: \.index)
    seriesFacts = Self.inverse(map.seriesSlots, by: \.index)
    records = Self.inverse(map.collectionSlots, by: \.index)
    rules = map.rules.map { RuleConditions(filters: $0.filters.map(\.node), when: $0.when.node) }
    uniqueRows = map.rules.enumerated().compactMap { index, trace in
      let rule = library[trace.id]
      guard let table = rule.uniqueIn else { return nil }
      return UniqueRow(
        node: RuleNodeID(index), guideline: library[rule.document].id, table: table, row: rule.name)
    }
    places = map.places.map { trace in
      let rule = library[trace.rule]
      let titles = trace.citations.map { citation in
        library.documents.first { $0.id == citation.document }?.sources.first { $0.id == citation.source }?.title
      }
      return PlaceWords(
        document: rule.document, guideline: library[rule.document].id, rule: rule.name, title: rule.title,
        sourceTitles: titles)
    }
    scopes = map.scopes.map { $0?.node }
  }

  private static func inverse<Name, Slot>(_ slots: [Name: Slot], by index: (Slot) -> Int) -> [Name?] {
    var names = [Name?](repeating: nil, count: (slots.values.map(index).max() ?? -1) + 1)
    for (name, slot) in slots { names[index(slot)] = name }
    return names
  }
}
