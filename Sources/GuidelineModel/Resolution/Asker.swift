internal import SourceText

/// What asks for a value of a type, to be named in a message; its words are put together only when one is written.
struct Asker: ExpressibleByStringLiteral {
  private enum Form {
    case words(String)
    case named(String, String)
    case written(String, Span)
  }

  private let form: Form

  init(stringLiteral words: String) { form = .words(words) }

  /// ``the field `dose` ``.
  static func named(_ noun: String, _ name: String) -> Asker { Asker(.named(noun, name)) }

  /// What the author wrote at a place, with words before it.
  static func written(_ words: String = "", at span: Span) -> Asker { Asker(.written(words, span)) }

  private init(_ form: Form) { self.form = form }

  /// `text`: what stands at a place.
  func words(_ text: (Span) -> String) -> String {
    switch form {
    case .words(let words): words
    case .named(let noun, let name): noun.isEmpty ? "`\(name)`" : "\(noun) `\(name)`"
    case .written(let words, let span): "\(words)`\(text(span))`"
    }
  }
}
