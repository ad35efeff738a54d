package import ClinicalValues
package import GuidelineSyntax
package import SourceText

/// A condition with every name resolved, every type and unit checked (`semantics.md` §2).
package struct Condition: Hashable, Sendable {
  package indirect enum Form: Hashable, Sendable {
    /// Known at compile time; also stands for a condition that is broken (unknown).
    case constant(Truth)
    case group(GroupKind, [Condition])
    case not(Condition)
    /// `is`, `in` over terms, by class; a yes_no value that stands alone is `is yes`.
    case isTerm(Value, [Operand])
    /// `is`, `in` over quantities, numbers, dates and texts, by value.
    case isEqual(Value, [Value])
    case compare(Value, Comparator, Value)
    case isKnown(Subject)
    case isUnknown(Subject)
    case isNone(Subject)
    /// Two-valued: known, and one of these (terms by class, others by value).
    case isKnownToBe(Value, [Operand])
    case includes(SetReference, SetQuantifier, [Operand])
    case exists(Rows)
    /// True when some point of the window meets the condition, which reads it as `Value.Form.currentPoint`.
    case anyPoint(FactID, Window?, Condition)
    /// Some instance of one of these rules is in effect; none of them loaded: false.
    case applies([RuleID])
    case concluded(Pattern)
  }

  package var form: Form
  package var span: Span

  package init(_ form: Form, _ span: Span) {
    self.form = form
    self.span = span
  }
}

/// What `is known`, `is unknown` and `is none` may be asked of.
package enum Subject: Hashable, Sendable {
  case value(Value)
  case set(FactID)
  case series(FactID)
  case collection(RecordID)
}

/// A set that is asked what it includes.
package enum SetReference: Hashable, Sendable {
  case fact(FactID)
  /// A set-valued column of a knowledge table.
  case column(variable: Int, field: Int)
}

/// A term or value that another may be.
package enum Operand: Hashable, Sendable {
  /// A term of the group of the value that is tested.
  case term(Int)
  /// A field, fact or definition of the same type (a join), or a literal that is no term.
  case value(Value)
}

/// Rows of a collection that meet a condition; the row is variable number `variable` inside it.
package struct Rows: Hashable, Sendable {
  package var collection: Collection
  /// Index in the environment: the number of variables that stand outside.
  package var variable: Int
  package var condition: Condition?
  package var span: Span

  package init(collection: Collection, variable: Int, condition: Condition?, span: Span) {
    self.collection = collection
    self.variable = variable
    self.condition = condition
    self.span = span
  }
}

/// What a variable ranges over.
package enum Collection: Hashable, Sendable {
  /// A patient's record, or rows that rules derive (`Library.isDerived`).
  case record(RecordID)
  case table(TableID)
  /// What rules conclude.
  case kind(KindID)
}

/// The part of a series that is looked at.
package enum Window: Hashable, Sendable {
  /// Days back from today, both ends included.
  case within(days: Rational)
  case since(Value)
}

/// A pattern over conclusions.
///
/// Names compare exactly, quantities by value.
package struct Pattern: Hashable, Sendable {
  package var kind: KindID
  /// One entry per field that is named, the subject (field 0) among them.
  package var fields: [PatternField]
  package var span: Span

  package init(kind: KindID, fields: [PatternField], span: Span) {
    self.kind = kind
    self.fields = fields
    self.span = span
  }
}

/// One field of a pattern: it must be there, and be one of the values unless they are left open.
package struct PatternField: Hashable, Sendable {
  package var field: Int
  /// Nil: `any`.
  ///
  /// Mostly constants; a field of a variable in `is concluded` and in overrides of rules with `for_each`.
  package var values: [Value]?

  package init(field: Int, values: [Value]?) {
    self.field = field
    self.values = values
  }
}
