package import ClinicalValues
package import GuidelineSyntax
package import SourceText

/// What the loaded documents mean together: names resolved, types and units checked.
///
/// A library is one choice of documents, in force on a day or pinned with `use`. All ids index its arrays.
package struct Library: Sendable {
  package var vocabulary: Vocabulary
  package var documents: [Document] = []
  package var definitions: [Definition] = []
  package var tables: [KnowledgeTable] = []
  /// Written rules and rows of grids, in the order of documents by id and of names within a document.
  package var rules: [Rule] = []
  package var invariants: [Invariant] = []
  /// The definition that derives a fact when it is not given.
  package var derivations: [FactID: DefinitionID] = [:]
  /// Records whose rows rules derive; a patient cannot be given them.
  package var derivedRecords: Set<RecordID> = []

  package init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  package subscript(id: DocumentID) -> Document { documents[id.index] }
  package subscript(id: DefinitionID) -> Definition { definitions[id.index] }
  package subscript(id: TableID) -> KnowledgeTable { tables[id.index] }
  package subscript(id: RuleID) -> Rule { rules[id.index] }
}

/// A guideline or shared definitions, as loaded.
package struct Document: Sendable {
  package var id: String
  package var kind: DocumentKind
  package var version: String
  package var edition: String?
  package var title: String
  package var from: Day?
  package var until: Day?
  package var reviewBy: Day?
  package var sources: [Source] = []
  /// Nil: always.
  package var scope: Condition?
  package var span: Span

  package init(id: String, kind: DocumentKind, version: String, title: String, span: Span) {
    self.id = id
    self.kind = kind
    self.version = version
    self.title = title
    self.span = span
  }
}

/// A source with its statements; those of a file are read in.
package struct Source: Sendable {
  package var id: String
  package var title: String
  package var published: Day?
  package var doi: String?
  package var pmid: String?
  package var url: String?
  package var edition: String?
  package var statements: [Statement] = []
  /// The file of its statements lacks something: nobody knows which statements there are.
  package var isIncomplete = false
  package var span: Span

  package init(id: String, title: String, span: Span) {
    self.id = id
    self.title = title
    self.span = span
  }
}

/// One claim of a source.
package struct Statement: Sendable {
  package var id: String
  package var says: String
  package var quote: String?
  package var at: String?
  /// Why no rule follows from it; nil: it is to be cited.
  package var notEncoded: String?
  package var span: Span

  package init(id: String, says: String, span: Span) {
    self.id = id
    self.says = says
    self.span = span
  }
}

/// A named condition or value.
///
/// A definition whose name is a fact derives that fact.
package struct Definition: Sendable {
  package indirect enum Form: Sendable {
    /// Type yes_no.
    case means(Condition)
    case value(Value)
    /// A nil guard is `otherwise`.
    case first([FirstClause])
    /// The common value of those of these facts that are known.
    case agree([FactID])
    /// The column `field` in the one row of a knowledge table that meets the condition.
    case lookUp(Rows, field: Int)
  }

  package var name: String
  package var document: DocumentID
  /// The fact it derives.
  package var fact: FactID?
  package var type: ValueType
  package var form: Form
  package var because: String?
  package var citations: [Citation] = []
  package var span: Span

  package init(name: String, document: DocumentID, fact: FactID?, type: ValueType, form: Form, span: Span) {
    self.name = name
    self.document = document
    self.fact = fact
    self.type = type
    self.form = form
    self.span = span
  }
}

/// One clause of `first`.
package struct FirstClause: Sendable {
  package var condition: Condition?
  package var value: Value
  package var span: Span

  package init(condition: Condition?, value: Value, span: Span) {
    self.condition = condition
    self.value = value
    self.span = span
  }
}

/// Rows of knowledge, complete and known, already filtered by the table's `where`.
package struct KnowledgeTable: Sendable {
  package var name: String
  package var document: DocumentID
  package var columns: [Field]
  package var rows: [KnowledgeRow]
  package var span: Span

  package init(name: String, document: DocumentID, columns: [Field], rows: [KnowledgeRow], span: Span) {
    self.name = name
    self.document = document
    self.columns = columns
    self.rows = rows
    self.span = span
  }
}

/// One row; `cells` has an entry for each column.
package struct KnowledgeRow: Sendable {
  /// The value of the column `id`, if there is one.
  package var id: String?
  package var cells: [Cell]
  package var span: Span

  package init(id: String?, cells: [Cell], span: Span) {
    self.id = id
    self.cells = cells
    self.span = span
  }
}

/// What a cell of a knowledge table holds.
package enum Cell: Hashable, Sendable {
  /// An empty cell is `.one(.none)`.
  case one(Constant)
  case set([Constant])
  /// The cell `unknown`: compared with `is`, it reads `is unknown`.
  case unknown
  /// The cell `any`: compared with `is`, it is no condition.
  case any
}

/// A written rule, or one row of a grid.
package struct Rule: Sendable {
  /// Rule id, or `table#row`.
  package var name: String
  package var document: DocumentID
  /// Rows of one grid have the same family.
  ///
  /// They never override each other. Every other rule is its own family.
  package var family: Int
  package var title: String?
  package var variables: [RuleVariable] = []
  package var when: Condition
  package var unless: Condition?
  package var overrides: [Override] = []
  package var conclusions: [Conclusion] = []
  /// The name of the grid whose rows must not hold together (`hit: unique`).
  package var uniqueIn: String?
  package var because: String?
  package var citations: [Citation] = []
  package var quote: String?
  package var comment: String?
  /// The whole rule.
  package var span: Span
  /// Its id.
  package var nameSpan: Span

  package init(name: String, document: DocumentID, family: Int, when: Condition, span: Span, nameSpan: Span) {
    self.name = name
    self.document = document
    self.family = family
    self.when = when
    self.span = span
    self.nameSpan = nameSpan
  }
}

/// A variable of `for_each`; its number is its position, and `condition` (of `where`) reads the row under that number.
package struct RuleVariable: Sendable {
  package var name: String
  package var rows: Rows

  package init(name: String, rows: Rows) {
    self.name = name
    self.rows = rows
  }
}

/// What a rule overrides.
package struct Override: Sendable {
  package enum Target: Sendable {
    /// Empty when the rule's document is not loaded: no effect.
    case rules([RuleID])
    case conclusions([Pattern])
  }

  package var target: Target
  package var because: String?
  package var span: Span

  package init(target: Target, because: String?, span: Span) {
    self.target = target
    self.because = because
    self.span = span
  }
}

/// One thing that a rule concludes, or a row that it derives.
package struct Conclusion: Sendable {
  package enum Head: Hashable, Sendable {
    case kind(KindID)
    case derive(RecordID)
  }

  package var head: Head
  /// For a kind the subject (field 0) comes first.
  package var fields: [ConclusionField]
  package var strength: Grade?
  package var certainty: Grade?
  /// Words, and cells of the rows over which the rule is unrolled.
  package var gradedAs: [TemplateElement] = []
  package var citations: [Citation] = []
  package var at: String?
  package var quote: String?
  package var comment: String?
  package var span: Span

  package init(head: Head, fields: [ConclusionField], span: Span) {
    self.head = head
    self.fields = fields
    self.span = span
  }
}

/// A field that is stated.
package struct ConclusionField: Sendable {
  package var field: Int
  package var value: Value
  package var ifKnown: Bool

  package init(field: Int, value: Value, ifKnown: Bool) {
    self.field = field
    self.value = value
    self.ifKnown = ifKnown
  }
}

/// A GRADE word (strong, conditional; high, moderate, low, very_low), or the column that holds it.
package enum Grade: Hashable, Sendable {
  case word(String)
  /// An empty cell: no grade.
  case column(variable: Int, field: Int)
}

/// What a rule rests on.
package struct Citation: Hashable, Sendable {
  package enum StatementReference: Hashable, Sendable {
    case id(String)
    case column(variable: Int, field: Int)
  }

  /// Nil: a document that is not loaded; `documentName` says which.
  package var document: DocumentID?
  package var documentName: String
  package var source: String
  package var statements: [StatementReference]
  package var span: Span

  package init(
    document: DocumentID?, documentName: String, source: String, statements: [StatementReference], span: Span
  ) {
    self.document = document
    self.documentName = documentName
    self.source = source
    self.statements = statements
    self.span = span
  }
}

/// What must hold for every patient: the condition is never true.
package struct Invariant: Sendable {
  package var name: String
  package var document: DocumentID
  package var never: Condition
  package var because: String?
  package var span: Span

  package init(name: String, document: DocumentID, never: Condition, because: String?, span: Span) {
    self.name = name
    self.document = document
    self.never = never
    self.because = because
    self.span = span
  }
}
