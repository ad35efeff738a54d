package import SourceText

/// A value as it was written: a literal, a name, arithmetic, or a question to a series or to records.
package struct ValueSyntax: Hashable, Sendable {
  /// Only what is small stands here by itself; most values are names.
  package enum Form: Hashable, Sendable {
    case broken
    indirect case literal(LiteralSyntax)
    case today
    /// A fact, a definition, a term or a field.
    case name(String)
    indirect case arithmetic(ArithmeticOperator, ValueSyntax, ValueSyntax)
    /// `latest lab.wbc within 14 d`.
    indirect case pointOf(Pick, series: LocatedText, WindowSyntax?)
    /// `date of latest lab.wbc`.
    indirect case dateOf(Pick, series: LocatedText, WindowSyntax?)
    /// `[relative] change of pft.fvc over 6 mo`.
    indirect case change(relative: Bool, series: LocatedText, over: ValueSyntax)
    /// `only (medication.dose where …)` and its kin.
    indirect case fieldOf(RowsAggregate, record: LocatedText, field: LocatedText, conditions: [ConditionSyntax])
    /// `count (…)` of rows or of the points of a series; which of them is settled by the name.
    indirect case count(of: LocatedText, WindowSyntax?, conditions: [ConditionSyntax])
    /// `min of (a and b)`, `max of`, `earlier of`, `later of`.
    indirect case extreme(Extreme, [ValueSyntax])
    /// `round x to 0.5 mg`.
    indirect case round(ValueSyntax, to: ValueSyntax)
    /// A text with `{variable.field}` in it.
    indirect case template([TemplatePart])
  }

  package var form: Form
  package var span: Span

  package init(_ form: Form, _ span: Span) {
    self.form = form
    self.span = span
  }
}

/// A number with its unit, a date, or a quoted text.
package enum LiteralSyntax: Hashable, Sendable {
  /// `2.0 10*9/L`: the number as written, and the unit if there is one.
  case quantity(number: LocatedText, unit: LocatedText?)
  /// `2026-06-01`.
  case date(String)
  case text(String)
}

/// The four operations.
package enum ArithmeticOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

/// Which point of a series.
package enum Pick: String, Hashable, Sendable {
  case latest
  case earliest
  case highest
  case lowest
}

/// How one value is made of a field of several rows.
package enum RowsAggregate: String, Hashable, Sendable {
  case only
  case total
  case highest
  case lowest
  case earliest
  case latest
}

/// The least or the greatest of several values; `earlier` and `later` are said of dates.
package enum Extreme: String, Hashable, Sendable {
  case min
  case max
  case earlier
  case later
}

/// A piece of a text: words, or a field whose label is put in.
package enum TemplatePart: Hashable, Sendable {
  case words(String)
  case field(LocatedText)
}

/// A text with fields in it, and where it stands.
package struct LocatedTemplate: Hashable, Sendable {
  package var parts: [TemplatePart]
  package var span: Span

  package init(_ parts: [TemplatePart], _ span: Span) {
    self.parts = parts
    self.span = span
  }
}
