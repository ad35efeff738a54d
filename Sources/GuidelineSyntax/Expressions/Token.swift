/// A word, number or sign of a line: what it is, and the bytes it takes there.
///
/// It holds no text of its own: lines are taken apart by the hundred thousand, and hardly any word is asked for its text.
struct Token: Hashable {
  enum Kind: Hashable {
    /// A name, a keyword, or a reference such as `document/rule#row`.
    case word
    case number
    /// The unit behind a number.
    case unit
    /// Four, two and two digits; whether there is such a day is checked where days are known.
    case date
    /// A text between quotes; its text is what stands between them.
    case quoted
    /// An operator, a bracket or a comma.
    case sign
    /// What is no token of the language; `Fault.of` says why.
    case broken
    case end
  }

  var kind: Kind
  /// Of a word or sign that the grammar knows.
  var keyword: Keyword?
  /// Whether this may be the name of a fact, term, field, record or kind.
  var isName = false
  private var start: UInt32
  private var stop: UInt32

  init(_ kind: Kind, _ range: Range<Int>, keyword: Keyword? = nil) {
    self.kind = kind
    self.keyword = keyword
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    stop = UInt32(truncatingIfNeeded: range.upperBound)
  }

  /// Bytes of the line.
  var range: Range<Int> { Int(start)..<Int(max(start, stop)) }

  /// Whether this is the given keyword or sign.
  func `is`(_ keyword: Keyword) -> Bool { self.keyword == keyword }

  /// Whether the grammar keeps the word for itself.
  var isReserved: Bool { keyword?.isReserved ?? false }

  /// Whether a field of a record or conclusion may be called so, though the grammar keeps the word.
  var mayBeField: Bool { kind == .word && (keyword == .to || keyword == .over || keyword == .before) }

  var order: OrderSyntax? {
    switch keyword {
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }

  /// The sign of a sum.
  var sum: ArithmeticOperator? {
    switch keyword {
    case .plus: .add
    case .minus: .subtract
    default: nil
    }
  }

  /// The sign of a product.
  var product: ArithmeticOperator? {
    switch keyword {
    case .times: .multiply
    case .slash: .divide
    default: nil
    }
  }

  /// What it says, in the line that it is of.
  func text(in line: [UInt8]) -> String {
    let quote = kind == .quoted ? 1 : 0
    return String(decoding: line[(range.lowerBound + quote)..<(range.upperBound - quote)], as: UTF8.self)
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

  /// For those who only ask whether there is one.
  static let unsaid = Fault(.valueNotUnderstood, "", at: 0..<0)

  init(_ code: SyntaxCode, _ message: String, help: String? = nil, at range: Range<Int>) {
    self.code = code
    self.message = message
    self.help = help
    self.range = range
  }
}
