package import ClinicalValues
package import GuidelineModel
package import RuleEngine

/// A compiled library: the rule graph, and beside it what its ids are called and where they were written.
///
/// Immutable; sessions for any number of patients share it.
package struct Program: Sendable {
  package let library: Library
  package let graph: RuleGraph
  package let sourceMap: SourceMap
  package let index: ProgramIndex

  package init(library: Library, graph: RuleGraph, sourceMap: SourceMap) {
    self.library = library
    self.graph = graph
    self.sourceMap = sourceMap
    index = ProgramIndex(library, sourceMap, graph)
  }

  init(library: Library, graph: RuleGraph, sourceMap: SourceMap, index: ProgramIndex) {
    self.library = library
    self.graph = graph
    self.sourceMap = sourceMap
    self.index = index
  }
}

/// Names and places for the ids of a rule graph, in arrays with the same indices.
package struct SourceMap: Sendable {
  /// By `DefinitionNodeID`: the same order as `Library.definitions`.
  package var definitions: [DefinitionTrace] = []
  /// By `RuleNodeID`.
  package var rules: [RuleTrace] = []
  /// By `PlaceID`.
  package var places: [PlaceTrace] = []
  /// By `DocumentID`; nil: always in scope.
  package var scopes: [ConditionTrace?] = []
  package var invariants: [ConditionTrace] = []
  /// By `RelationID`.
  package var relations: [RelationTrace] = []
  /// The text behind each `TextID` of the program.
  package var texts: [String] = []
  package var textIDs: [String: TextID] = [:]
  /// The words around the values of composite texts.
  package var templates: [[TemplatePiece]] = []

  package var scalarSlots: [FactID: ScalarSlotID] = [:]
  package var setSlots: [FactID: SetSlotID] = [:]
  package var seriesSlots: [FactID: SeriesSlotID] = [:]
  package var collectionSlots: [RecordID: CollectionSlotID] = [:]
  /// The rule nodes that each written rule was unrolled into.
  package var nodesOfRule: [[RuleNodeID]] = []

  package init() {}
}

/// A piece of a composite text.
package enum TemplatePiece: Hashable, Sendable {
  case words(String)
  /// The next value, printed as this type.
  case value(ValueType)
}

/// Where a relation's rows come from.
package enum RelationTrace: Hashable, Sendable {
  case record(RecordID)
  case table(TableID)
  case kind(KindID)
}

/// A condition as it was written, with the node that answers it and the parts it is made of.
package struct ConditionTrace: Sendable {
  package var node: ConditionID
  package var condition: Condition
  package var children: [ConditionTrace]
  /// The values that it compares.
  package var values: [ValueTrace]
  /// `exists`, counts and aggregates: the rows that were asked.
  package var rows: RowsID?

  package init(
    node: ConditionID, condition: Condition, children: [ConditionTrace], values: [ValueTrace], rows: RowsID?
  ) {
    self.node = node
    self.condition = condition
    self.children = children
    self.values = values
    self.rows = rows
  }
}

/// A value as it was written, with the node that computes it.
package struct ValueTrace: Sendable {
  package var node: ValueID
  package var value: Value

  package init(node: ValueID, value: Value) {
    self.node = node
    self.value = value
  }
}

/// What a definition was made of.
package struct DefinitionTrace: Sendable {
  package var id: DefinitionID
  package var conditions: [ConditionTrace] = []
  package var values: [ValueTrace] = []

  package init(id: DefinitionID) { self.id = id }
}

/// A rule node: the written rule, with the rows of tables to which its variables were bound.
package struct RuleTrace: Sendable {
  package var id: RuleID
  /// For each variable of the written rule: the row of its table, or the engine's variable.
  package var variables: [VariableBinding]
  package var when: ConditionTrace
  /// The conditions under `where`, by variable.
  package var filters: [ConditionTrace] = []
  package var unless: ConditionTrace?
  /// The patterns of the conclusions that it overrides, with the item under `overrides` that states them.
  package var overridePatterns: [PatternID: Int] = [:]

  package init(
    id: RuleID, variables: [VariableBinding], when: ConditionTrace, filters: [ConditionTrace] = [],
    unless: ConditionTrace? = nil
  ) {
    self.id = id
    self.variables = variables
    self.when = when
    self.filters = filters
    self.unless = unless
  }
}

/// What a variable of a written rule became.
package enum VariableBinding: Hashable, Sendable {
  case tableRow(TableID, Int)
  case variable(UInt8)
}

/// A conclusion of a rule node.
package struct PlaceTrace: Sendable {
  package var rule: RuleID
  /// Which of the rule's conclusions.
  package var conclusion: Int
  package var kind: KindID
  package var strength: String?
  package var certainty: String?
  /// The word of another scheme.
  package var gradedAs: String?
  package var citations: [ResolvedCitation]

  package init(
    rule: RuleID, conclusion: Int, kind: KindID, strength: String?, certainty: String?, gradedAs: String?,
    citations: [ResolvedCitation]
  ) {
    self.rule = rule
    self.conclusion = conclusion
    self.kind = kind
    self.strength = strength
    self.certainty = certainty
    self.gradedAs = gradedAs
    self.citations = citations
  }
}

/// A citation whose statements are all named.
package struct ResolvedCitation: Hashable, Sendable {
  package var document: String
  package var source: String
  package var statements: [String]

  package init(document: String, source: String, statements: [String]) {
    self.document = document
    self.source = source
    self.statements = statements
  }
}
