package import SourceText

/// A condition as it was written: a line of the closed grammar, a group, or a list (*all of*).
package struct ConditionSyntax: Hashable, Sendable {
  package indirect enum Form: Hashable, Sendable {
    /// A line that could not be read; it has been reported and is checked no further.
    case broken
    /// `all:`, `any:`, `none:`, `at least n of:`.
    case group(GroupKind, [ConditionSyntax])
    /// `not:` as a group, or `not …` at the head of a line.
    case not(ConditionSyntax)
    /// A yes_no fact, definition or field that stands alone.
    case holds(LocatedText)
    /// `exists <collection> where …`; `no <collection> where …` is `not` of it.
    case exists(RowsSyntax)
    /// `any <series> [window] <relation>`.
    case anyPoint(series: LocatedText, window: WindowSyntax?, RelationSyntax)
    /// `rule [document/]id[#row] applies`.
    case applies(RuleReferenceSyntax)
    /// `<kind> <subject> … is concluded`.
    case concluded(PatternSyntax)
    /// `<value> <relation>`.
    case relation(ValueSyntax, RelationSyntax)
  }

  package var form: Form
  package var span: Span

  package init(_ form: Form, _ span: Span) {
    self.form = form
    self.span = span
  }
}

/// How the members of a group are taken together.
package enum GroupKind: Hashable, Sendable {
  case all
  case any
  case none
  case atLeast(Int)
}

/// What is said of a value: the right side of a comparison.
package struct RelationSyntax: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    case broken
    /// `<`, `<=`, `>`, `>=`; `is after` and `is before` are `>` and `<` between dates.
    case compare(OrderSyntax, ValueSyntax)
    /// `between a and b`; both ends belong to it.
    case between(ValueSyntax, ValueSyntax)
    /// `is a or b`, `in […]`; `is not` and `not in` are negated.
    case oneOf([OperandSyntax], negated: Bool)
    case known
    case unknown
    case none
    /// `is known to be a or b`, `is not known to be …`.
    case knownToBe([OperandSyntax], negated: Bool)
    /// `is older than 14 d`.
    case olderThan(ValueSyntax)
    /// `includes a or b`, `includes any of […]`, `all of`, `none of`.
    case includes(SetQuantifier, [OperandSyntax])
  }

  package var form: Form
  package var span: Span

  package init(_ form: Form, _ span: Span) {
    self.form = form
    self.span = span
  }
}

/// The four orders between values.
package enum OrderSyntax: String, Hashable, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// How many of the listed terms a set must include.
package enum SetQuantifier: String, Hashable, Sendable {
  case any
  case all
  case none
}

/// One thing a value may be: a term, `yes`, `no`, `unknown` (in a table cell), a literal, or a name.
package struct OperandSyntax: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    /// A term, a field `variable.field`, a fact or a definition: which of them is settled by the type that is asked.
    case name(String)
    case literal(LiteralSyntax)
    /// `any`: in patterns and table cells.
    case any
  }

  package var form: Form
  package var span: Span

  package init(_ form: Form, _ span: Span) {
    self.form = form
    self.span = span
  }
}

/// `<collection> where <condition> and <condition>`.
package struct RowsSyntax: Hashable, Sendable {
  package var collection: LocatedText
  /// The conditions behind `where`, joined by `and`.
  package var conditions: [ConditionSyntax]
  package var span: Span

  package init(collection: LocatedText, conditions: [ConditionSyntax], span: Span) {
    self.collection = collection
    self.conditions = conditions
    self.span = span
  }
}

/// The part of a series that is looked at.
package enum WindowSyntax: Hashable, Sendable {
  /// `within 14 d`.
  case within(ValueSyntax)
  /// `since <date>`.
  case since(ValueSyntax)
}

/// `[document/]rule[#row]`.
package struct RuleReferenceSyntax: Hashable, Sendable {
  package var document: LocatedText?
  package var rule: LocatedText
  package var row: LocatedText?
  package var span: Span

  package init(document: LocatedText?, rule: LocatedText, row: LocatedText?, span: Span) {
    self.document = document
    self.rule = rule
    self.row = row
    self.span = span
  }
}

/// A pattern that conclusions match: in overrides, in `is concluded`, in conflicts and in tests.
///
/// Names compare exactly, never by class (`semantics.md` §4).
package struct PatternSyntax: Hashable, Sendable {
  package var kind: LocatedText
  /// The subjects that fit; `any` leaves the subject open.
  package var subjects: [OperandSyntax]
  package var fields: [PatternFieldSyntax]
  package var span: Span

  package init(kind: LocatedText, subjects: [OperandSyntax], fields: [PatternFieldSyntax], span: Span) {
    self.kind = kind
    self.subjects = subjects
    self.fields = fields
    self.span = span
  }
}

/// One field of a pattern with the values that fit; in tests also `status`, `strength`, `certainty`, `rule`, `guideline`.
package struct PatternFieldSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var values: [OperandSyntax]

  package init(name: LocatedText, values: [OperandSyntax]) {
    self.name = name
    self.values = values
  }
}
