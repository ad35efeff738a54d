package import SourceText

/// A rule: who (`when`, `unless`, `for_each`), what (`then`), instead of what (`overrides`), and on whose word.
package struct RuleSyntax: Hashable, Sendable {
  package var id: LocatedText
  package var title: LocatedText?
  package var forEach: [ForEachSyntax] = []
  /// All of these; empty: always.
  package var when: [ConditionSyntax] = []
  /// All of these; empty: never.
  package var unless: [ConditionSyntax] = []
  package var overrides: [OverrideSyntax] = []
  package var then: [ConclusionSyntax] = []
  package var annotations = AnnotationsSyntax()
  /// The fingerprint of the cited statements as they were when somebody last compared the rule with them.
  package var reviewed: LocatedText?
  package var span: Span

  package init(id: LocatedText, span: Span) {
    self.id = id
    self.span = span
  }
}

/// `<variable>: <collection> where …`.
package struct ForEachSyntax: Hashable, Sendable {
  package var variable: LocatedText
  package var rows: RowsSyntax

  package init(variable: LocatedText, rows: RowsSyntax) {
    self.variable = variable
    self.rows = rows
  }
}

/// One thing that a rule overrides: a rule, or every conclusion that matches one of the patterns.
package struct OverrideSyntax: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case rule(RuleReferenceSyntax)
    case conclusions([PatternSyntax])
    case broken
  }

  package var target: Target
  package var because: LocatedText?
  package var span: Span

  package init(target: Target, because: LocatedText?, span: Span) {
    self.target = target
    self.because = because
    self.span = span
  }
}

/// One line under `then`.
package struct ConclusionSyntax: Hashable, Sendable {
  /// A conclusion kind, or `derive`.
  package var kind: LocatedText
  /// The values beside the kind: several make as many conclusions.
  ///
  /// For `derive` the name of the record.
  package var subjects: [ValueSyntax]
  package var fields: [ConclusionFieldSyntax]
  package var annotations = AnnotationsSyntax()
  package var span: Span

  package init(kind: LocatedText, subjects: [ValueSyntax], fields: [ConclusionFieldSyntax], span: Span) {
    self.kind = kind
    self.subjects = subjects
    self.fields = fields
    self.span = span
  }
}

/// A field of a conclusion, or of a derived row.
package struct ConclusionFieldSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var value: ValueSyntax
  /// `… if known`: the field is left out when it cannot be computed.
  package var ifKnown: Bool
  /// The scalar as it was written, its quotes undone.
  package var raw: LocatedText?
  /// Whether it stood in quotes or as a block; then `value` is the template of a text.
  package var isQuoted = false
  /// What the scalar says as the other of value and text; nil when it cannot be read so.
  package var otherReading: ValueSyntax?

  package init(name: LocatedText, value: ValueSyntax, ifKnown: Bool) {
    self.name = name
    self.value = value
    self.ifKnown = ifKnown
  }
}

/// What is inherited key by key from the nearest of conclusion, row, rule or table, guideline.
///
/// Behind one reference, and none where nothing is said: there is one of these at every rule and every conclusion.
package struct AnnotationsSyntax: Hashable, Sendable {
  /// The keys as they were read.
  package struct Keys: Hashable, Sendable {
    /// strong, conditional, or `variable.column`.
    package var strength: LocatedText?
    /// high, moderate, low, very_low, or `variable.column`.
    package var certainty: LocatedText?
    /// The word of another scheme; it may hold `{variable.column}`.
    package var gradedAs: LocatedTemplate?
    package var sources: [CitationSyntax]?
    package var at: LocatedText?
    package var quote: LocatedText?
    package var because: LocatedText?
    package var comment: LocatedText?

    package init() {}
  }

  private indirect enum Content: Hashable, Sendable {
    case nothing
    case keys(Keys)
  }

  private let content: Content

  package init() { content = .nothing }

  package init(_ keys: Keys) { content = keys == Keys() ? .nothing : .keys(keys) }

  package var isEmpty: Bool { if case .nothing = content { true } else { false } }

  package var strength: LocatedText? { if case .keys(let keys) = content { keys.strength } else { nil } }
  package var certainty: LocatedText? { if case .keys(let keys) = content { keys.certainty } else { nil } }
  package var gradedAs: LocatedTemplate? { if case .keys(let keys) = content { keys.gradedAs } else { nil } }
  package var sources: [CitationSyntax]? { if case .keys(let keys) = content { keys.sources } else { nil } }
  package var at: LocatedText? { if case .keys(let keys) = content { keys.at } else { nil } }
  package var quote: LocatedText? { if case .keys(let keys) = content { keys.quote } else { nil } }
  package var because: LocatedText? { if case .keys(let keys) = content { keys.because } else { nil } }
  package var comment: LocatedText? { if case .keys(let keys) = content { keys.comment } else { nil } }
}

/// `[document/]source[#statement statement …]`; a statement may be `variable.column`.
package struct CitationSyntax: Hashable, Sendable {
  package var document: LocatedText?
  package var source: LocatedText
  package var statements: [LocatedText]
  package var span: Span

  package init(document: LocatedText?, source: LocatedText, statements: [LocatedText], span: Span) {
    self.document = document
    self.source = source
    self.statements = statements
    self.span = span
  }
}

/// A named condition or value.
package struct DefinitionSyntax: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    /// `means:`; a list is *all of*.
    case means([ConditionSyntax])
    case value(ValueSyntax)
    /// `first:`; the guard of `otherwise` is nil.
    case first([FirstClauseSyntax])
    case agree([LocatedText])
    /// `<column> in <table> where …`.
    case lookUp(column: LocatedText, table: LocatedText, conditions: [ConditionSyntax])
    case broken
  }

  package var name: LocatedText
  package var form: Form
  package var because: LocatedText?
  package var sources: [CitationSyntax] = []
  package var unit: LocatedText?
  package var span: Span

  package init(name: LocatedText, form: Form, span: Span) {
    self.name = name
    self.form = form
    self.span = span
  }
}

/// `{when: …, is: …}` or `{otherwise: …}`.
package struct FirstClauseSyntax: Hashable, Sendable {
  /// Nil for `otherwise`.
  package var guardConditions: [ConditionSyntax]?
  package var value: ValueSyntax
  package var span: Span

  package init(guardConditions: [ConditionSyntax]?, value: ValueSyntax, span: Span) {
    self.guardConditions = guardConditions
    self.value = value
    self.span = span
  }
}

/// A table: knowledge (columns) over which `for_each` ranges, or a grid of conditions (`in`).
package struct TableSyntax: Hashable, Sendable {
  package enum Body: Hashable, Sendable {
    case knowledge(KnowledgeTableSyntax)
    case decision(DecisionTableSyntax)
    case broken
  }

  package var id: LocatedText
  package var title: LocatedText?
  package var body: Body
  package var annotations = AnnotationsSyntax()
  package var span: Span

  package init(id: LocatedText, body: Body, span: Span) {
    self.id = id
    self.body = body
    self.span = span
  }
}

/// Rows of knowledge, in the document or in a file beside it.
package struct KnowledgeTableSyntax: Hashable, Sendable {
  package var columns: [ColumnSyntax] = []
  package var rows: [KnowledgeRowSyntax] = []
  package var file: LocatedText?
  package var ignore: [LocatedText] = []
  /// Keep these rows.
  package var conditions: [ConditionSyntax] = []

  package init() {}
}

/// A column and the type of its cells.
package struct ColumnSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var type: TypeSyntax

  package init(name: LocatedText, type: TypeSyntax) {
    self.name = name
    self.type = type
  }
}

/// The cells of a row, in the order of the columns; an empty text is no value.
package struct KnowledgeRowSyntax: Hashable, Sendable {
  package var cells: [LocatedText]
  package var span: Span

  package init(cells: [LocatedText], span: Span) {
    self.cells = cells
    self.span = span
  }
}

/// A grid of conditions; each row is a rule.
package struct DecisionTableSyntax: Hashable, Sendable {
  package var inputs: [ValueSyntax] = []
  package var when: [ConditionSyntax] = []
  package var unless: [ConditionSyntax] = []
  package var overrides: [OverrideSyntax] = []
  /// `unique` (default) or `all`.
  package var hit: LocatedText?
  package var rows: [DecisionRowSyntax] = []

  package init() {}
}

/// One row of a grid: a cell for each input, then the conclusions.
package struct DecisionRowSyntax: Hashable, Sendable {
  /// Absent: the row is named by its number.
  package var id: LocatedText?
  package var cells: [CellSyntax]
  package var unless: [ConditionSyntax] = []
  package var overrides: [OverrideSyntax] = []
  package var then: [ConclusionSyntax]
  package var annotations = AnnotationsSyntax()
  package var span: Span

  package init(id: LocatedText?, cells: [CellSyntax], then: [ConclusionSyntax], span: Span) {
    self.id = id
    self.cells = cells
    self.then = then
    self.span = span
  }
}

/// A cell of a grid: alternatives joined by `|`; `any` is no condition.
package struct CellSyntax: Hashable, Sendable {
  package enum Alternative: Hashable, Sendable {
    case any
    case unknown
    case operand(OperandSyntax)
    /// `1 .. 2 mg/kg/d`, both ends included.
    case range(LiteralSyntax, LiteralSyntax)
    /// `">= 2 mg/kg/d"`.
    case compare(OrderSyntax, ValueSyntax)
    case broken
  }

  package var alternatives: [Alternative]
  package var span: Span

  package init(alternatives: [Alternative], span: Span) {
    self.alternatives = alternatives
    self.span = span
  }
}
