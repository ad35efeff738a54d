package import ClinicalValues
package import SourceText

/// What is given of one patient, read with a vocabulary but not yet seen from a day.
///
/// A fact that is given twice keeps every value: whether they agree is settled when the facts are taken in.
package struct PatientFacts: Sendable {
  package var scalars: [FactID: [GivenScalar]] = [:]
  package var sets: [FactID: [GivenSet]] = [:]
  package var series: [FactID: [GivenSeries]] = [:]
  package var records: [RecordID: [GivenRows]] = [:]

  package init() {}
}

/// One value as given.
package enum GivenValue: Hashable, Sendable {
  /// `{unknown: <word>}`.
  case unknown(cause: String)
  /// Known not to exist.
  case none
  /// An index into the group of the fact's type.
  case term(Int)
  /// In the canonical unit; durations in days.
  case number(Rational)
  case day(Day)
  case text(String)
}

/// A single value, dated (`{value, on}`) or of today.
package struct GivenScalar: Hashable, Sendable {
  package var value: GivenValue
  package var on: Day?
  package var span: Span

  package init(value: GivenValue, on: Day?, span: Span) {
    self.value = value
    self.on = on
    self.span = span
  }
}

/// A set: complete, or unknown with a cause.
package struct GivenSet: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case unknown(cause: String)
    case members([Int])
  }

  package var content: Content
  package var span: Span

  package init(content: Content, span: Span) {
    self.content = content
    self.span = span
  }
}

/// A series: complete, or unknown with a cause.
package struct GivenSeries: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case unknown(cause: String)
    case points([GivenPoint])
  }

  package var content: Content
  package var span: Span

  package init(content: Content, span: Span) {
    self.content = content
    self.span = span
  }
}

/// A dated value; both may be unknown.
package struct GivenPoint: Hashable, Sendable {
  package var value: GivenValue
  /// `.day`, `.unknown` or `.none`.
  package var on: GivenValue
  package var span: Span

  package init(value: GivenValue, on: GivenValue, span: Span) {
    self.value = value
    self.on = on
    self.span = span
  }
}

/// The rows of a record: complete, or unknown with a cause.
package struct GivenRows: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case unknown(cause: String)
    case rows([GivenRow])
  }

  package var content: Content
  package var span: Span

  package init(content: Content, span: Span) {
    self.content = content
    self.span = span
  }
}

/// One row; a field that is missing is unknown (`never_given`).
package struct GivenRow: Hashable, Sendable {
  package var fields: [Int: GivenValue]
  package var span: Span

  package init(fields: [Int: GivenValue], span: Span) {
    self.fields = fields
    self.span = span
  }
}
