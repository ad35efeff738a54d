package import ClinicalValues
package import GuidelineSyntax
package import SourceText

/// A value with every name resolved and its type and dimension checked (`semantics.md` §2).
package struct Value: Hashable, Sendable {
  /// Only what is small stands here by itself; most values are constants and facts.
  package enum Form: Hashable, Sendable {
    case constant(Constant)
    case today
    /// Given, or derived by the definition of the same name (`Library.derivations`).
    case fact(FactID)
    case definition(DefinitionID)
    /// A field of a bound row: a record's field, a table's column, a kind's field.
    case field(variable: Int, field: Int)
    /// Inside `Condition.Form.anyPoint` only.
    case currentPoint
    indirect case point(Pick, FactID, Window?)
    indirect case dateOf(Pick, FactID, Window?)
    indirect case change(relative: Bool, FactID, days: Rational)
    indirect case aggregate(RowsAggregate, Rows, field: Int)
    indirect case countRows(Rows)
    indirect case countPoints(FactID, Window?)
    /// Between canonical units: no factor is left to apply.
    indirect case arithmetic(ArithmeticOperator, Value, Value)
    /// `min of`, `earlier of` (`least`), `max of`, `later of`.
    indirect case extreme(least: Bool, [Value])
    /// To a multiple of this many canonical units, half away from zero.
    indirect case round(Value, to: Rational)
    indirect case template([TemplateElement])
    /// A term carried over from one group into a union that contains it, or back: entry `i` is where term `i` goes.
    ///
    /// Nil: it is not in the other group.
    indirect case translated(Value, [Int?])
  }

  package var form: Form
  package var type: ValueType
  package var span: Span

  package init(_ form: Form, type: ValueType, _ span: Span) {
    self.form = form
    self.type = type
    self.span = span
  }
}

/// A value that stands in the content.
package enum Constant: Hashable, Sendable {
  /// An index into the group of the type.
  case term(Int)
  /// In canonical units; durations in days.
  case number(Rational)
  case day(Day)
  case text(String)
  /// An empty cell.
  case none
}

/// A piece of a text.
package enum TemplateElement: Hashable, Sendable {
  case words(String)
  case value(Value)
}
