package import SourceText

/// What can be said about a patient and concluded.
package struct VocabularySyntax: Hashable, Sendable {
  package var groups: [TermGroupSyntax] = []
  package var facts: [FactSyntax] = []
  package var records: [RecordSyntax] = []
  package var kinds: [ConclusionKindSyntax] = []
  package var conflicts: [ConflictSyntax] = []

  package init() {}
}

/// A closed list of names.
package struct TermGroupSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var terms: [TermSyntax]

  package init(name: LocatedText, terms: [TermSyntax]) {
    self.name = name
    self.terms = terms
  }
}

/// A name of a list, the class it belongs to, and its codes elsewhere.
package struct TermSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var parent: LocatedText?
  package var label: LocatedText?
  package var codes: [CodeSyntax] = []
  package var span: Span

  package init(name: LocatedText, span: Span) {
    self.name = name
    self.span = span
  }
}

/// A code of another system, such as `rxnorm: "1256"`.
package struct CodeSyntax: Hashable, Sendable {
  package var system: LocatedText
  package var code: LocatedText

  package init(system: LocatedText, code: LocatedText) {
    self.system = system
    self.code = code
  }
}

/// A type as it was written.
package struct TypeSyntax: Hashable, Sendable {
  package indirect enum Form: Hashable, Sendable {
    case yesNo
    /// `one of agent`, `one of agent or test`.
    case oneOf([LocatedText])
    case setOf(LocatedText)
    /// The unit is required of a fact; in a column `quantity mg/d` and `{type: quantity, unit: mg/d}` are the same.
    case quantity(unit: LocatedText?)
    case wholeNumber
    case text
    case date
    case duration
    case series(TypeSyntax)
    /// `set of text`, in knowledge tables.
    case setOfText
    case broken
  }

  package var form: Form
  package var span: Span

  package init(_ form: Form, _ span: Span) {
    self.form = form
    self.span = span
  }
}

/// One fact that can be stated of a patient.
package struct FactSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var type: TypeSyntax
  package var ordered: Bool = false
  /// The ends as written, in the unit of the fact.
  package var range: RangeSyntax?
  package var ask: LocatedText?
  package var codes: [CodeSyntax] = []
  package var validFor: LocatedText?
  package var span: Span

  package init(name: LocatedText, type: TypeSyntax, span: Span) {
    self.name = name
    self.type = type
    self.span = span
  }
}

/// `0.5 .. 400`.
package struct RangeSyntax: Hashable, Sendable {
  package var low: LocatedText
  package var high: LocatedText

  package init(low: LocatedText, high: LocatedText) {
    self.low = low
    self.high = high
  }
}

/// Things a patient has several of.
package struct RecordSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var ask: LocatedText?
  package var codes: [CodeSyntax] = []
  package var fields: [ColumnSyntax] = []
  package var span: Span

  package init(name: LocatedText, span: Span) {
    self.name = name
    self.span = span
  }
}

/// A kind of conclusion.
package struct ConclusionKindSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var subject: TypeSyntax
  package var fields: [ColumnSyntax] = []
  package var graded: Bool = false
  package var span: Span

  package init(name: LocatedText, subject: TypeSyntax, span: Span) {
    self.name = name
    self.subject = subject
    self.span = span
  }
}

/// Two kinds of conclusion that exclude each other when the named fields are the same.
package struct ConflictSyntax: Hashable, Sendable {
  package var between: [LocatedText]
  package var same: [LocatedText]
  package var span: Span

  package init(between: [LocatedText], same: [LocatedText], span: Span) {
    self.between = between
    self.same = same
    self.span = span
  }
}
