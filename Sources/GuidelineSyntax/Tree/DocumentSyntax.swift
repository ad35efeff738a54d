package import SourceText

/// One document of a library, as it was written.
package struct DocumentSyntax: Hashable, Sendable {
  package enum Body: Hashable, Sendable {
    case vocabulary(VocabularySyntax)
    /// A guideline, or shared definitions: these have no rules, scope and invariants.
    case guideline(GuidelineSyntax)
    case tests(TestSuiteSyntax)
    /// A document whose kind could not be read; it has been reported.
    case broken
  }

  package var header: DocumentHeader
  package var body: Body

  package init(header: DocumentHeader, body: Body) {
    self.header = header
    self.body = body
  }
}

/// The four kinds of document, by the key that names them.
package enum DocumentKind: String, Hashable, Sendable, CaseIterable {
  case vocabulary
  case guideline
  case definitions
  case tests
}

/// What every document says of itself.
package struct DocumentHeader: Hashable, Sendable {
  package var kind: DocumentKind
  package var id: LocatedText
  package var version: LocatedText?
  package var title: LocatedText?
  package var edition: LocatedText?
  /// draft, active or retired; absent: active.
  package var status: LocatedText?
  /// `id`, `id@version` or `id@edition` of documents whose names are seen here.
  package var uses: [LocatedText] = []
  package var inForce: InForceSyntax?
  package var alsoCalled: [LocatedText] = []
  package var comment: LocatedText?
  package var span: Span

  package init(kind: DocumentKind, id: LocatedText, span: Span) {
    self.kind = kind
    self.id = id
    self.span = span
  }
}

/// `in_force: {from, until, review_by}`; dates as written.
package struct InForceSyntax: Hashable, Sendable {
  package var from: LocatedText?
  package var until: LocatedText?
  package var reviewBy: LocatedText?
  package var span: Span

  package init(from: LocatedText?, until: LocatedText?, reviewBy: LocatedText?, span: Span) {
    self.from = from
    self.until = until
    self.reviewBy = reviewBy
    self.span = span
  }
}

/// The body of a guideline or of shared definitions.
package struct GuidelineSyntax: Hashable, Sendable {
  package var sources: [SourceSyntax] = []
  /// All of these; empty: always.
  package var scope: [ConditionSyntax] = []
  package var definitions: [DefinitionSyntax] = []
  package var tables: [TableSyntax] = []
  package var rules: [RuleSyntax] = []
  package var invariants: [InvariantSyntax] = []
  /// What all its rules inherit.
  package var annotations = AnnotationsSyntax()

  package init() {}
}

/// A source with the statements it makes.
package struct SourceSyntax: Hashable, Sendable {
  package var id: LocatedText
  package var title: LocatedText?
  package var published: LocatedText?
  package var doi: LocatedText?
  package var pmid: LocatedText?
  package var url: LocatedText?
  package var edition: LocatedText?
  /// guideline, study, label, database, secondary (tells what others say) or own (a choice of this library).
  package var kind: LocatedText?
  /// What has taken its place.
  package var supersededBy: LocatedText?
  /// The day on which it was taken back.
  package var retracted: LocatedText?
  package var statements: [StatementSyntax] = []
  /// `statements: {from: matrix.csv, says: …, not_encoded: …}`.
  package var statementsFrom: StatementsFromSyntax?
  package var span: Span

  package init(id: LocatedText, span: Span) {
    self.id = id
    self.span = span
  }
}

/// One claim of a source.
package struct StatementSyntax: Hashable, Sendable {
  package var id: LocatedText
  package var says: LocatedText?
  package var quote: LocatedText?
  package var at: LocatedText?
  package var notEncoded: LocatedText?
  package var span: Span

  package init(id: LocatedText, span: Span) {
    self.id = id
    self.span = span
  }
}

/// Every row of a file is a statement named by its `id`.
package struct StatementsFromSyntax: Hashable, Sendable {
  package var file: LocatedText
  /// Text with `{column}` in it.
  package var says: [TemplatePart]
  /// Text with `{column}` in it; an empty result means that the statement is encoded.
  package var notEncoded: [TemplatePart]
  package var span: Span

  package init(file: LocatedText, says: [TemplatePart], notEncoded: [TemplatePart], span: Span) {
    self.file = file
    self.says = says
    self.notEncoded = notEncoded
    self.span = span
  }
}

/// What must hold for every patient: the conditions are never all true.
package struct InvariantSyntax: Hashable, Sendable {
  package var id: LocatedText
  package var never: [ConditionSyntax]
  package var because: LocatedText?
  package var span: Span

  package init(id: LocatedText, never: [ConditionSyntax], because: LocatedText?, span: Span) {
    self.id = id
    self.never = never
    self.because = because
    self.span = span
  }
}
