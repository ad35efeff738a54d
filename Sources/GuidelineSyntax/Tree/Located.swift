package import SourceText

/// A piece of what was written, together with the place where it stands.
package struct Located<Value: Hashable & Sendable>: Hashable, Sendable {
  package var value: Value
  package var span: Span

  package init(_ value: Value, _ span: Span) {
    self.value = value
    self.span = span
  }
}

extension Located where Value == String {
  /// The same for names: what is generic is not specialized for other modules, and names are made at every step.
  package init(_ value: String, _ span: Span) {
    self.value = value
    self.span = span
  }
}

/// A name or a text as the author wrote it.
package typealias LocatedText = Located<String>

/// Plain data inside a document, untyped: the facts of a patient before a vocabulary types them.
///
/// Every scalar is text. A mapping keeps its keys in the order in which they were written.
package struct DataSyntax: Hashable, Sendable {
  package indirect enum Form: Hashable, Sendable {
    case scalar(String, quoted: Bool)
    case list([DataSyntax])
    case mapping([DataEntry])
    /// A part that could not be read; it has been reported.
    case broken
  }

  package var form: Form
  package var span: Span

  package init(_ form: Form, _ span: Span) {
    self.form = form
    self.span = span
  }
}

/// One key of a mapping in plain data.
package struct DataEntry: Hashable, Sendable {
  package var key: LocatedText
  package var value: DataSyntax

  package init(key: LocatedText, value: DataSyntax) {
    self.key = key
    self.value = value
  }
}
