/// A word, number or sign of a line, with the bytes it takes there.
struct Token: Hashable {
  enum Kind: Hashable {
    /// A name, a keyword, or a reference such as `document/rule#row`.
    case word
    case number
    /// The unit behind a number.
    case unit
    /// Four, two and two digits; whether there is such a day is checked where days are known.
    case date
    /// A text between quotes; `text` is what stands between them.
    case quoted
    /// An operator, a bracket or a comma.
    case sign
    /// What is no token of the language, and why.
    case broken(Fault)
    case end
  }

  var kind: Kind
  var text: String
  /// Bytes of the line.
  var range: Range<Int>

  /// Whether this is the given keyword or sign.
  func `is`(_ keyword: String) -> Bool {
    (kind == .word || kind == .sign) && text == keyword
  }

  /// Whether this may be the name of a fact, term, field, record or kind.
  var isName: Bool {
    kind == .word && !Words.reserved.contains(text) && NameForm.snake.fits(text)
  }
}

/// The first thing that is wrong with a line; it ends the reading of that line.
///
/// Faults are thrown inside this room only: one line has one good error, and what follows it is not looked at.
struct Fault: Error, Hashable {
  var code: SyntaxCode
  var message: String
  var help: String?
  /// Bytes of the line.
  var range: Range<Int>

  init(_ code: SyntaxCode, _ message: String, help: String? = nil, at range: Range<Int>) {
    self.code = code
    self.message = message
    self.help = help
    self.range = range
  }
}
