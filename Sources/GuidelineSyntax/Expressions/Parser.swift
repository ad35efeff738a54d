internal import SourceText

/// A reader of one line by recursive descent, with two tokens of look-ahead.
struct Parser {
  /// What kind of line is read; it decides the code of its faults.
  enum Topic {
    case condition
    case value
    case cell
    case type

    var code: SyntaxCode {
      switch self {
      case .condition: .conditionNotUnderstood
      case .value: .valueNotUnderstood
      case .cell: .cellNotUnderstood
      case .type: .typeNotUnderstood
      }
    }

    /// What to do with words behind something that was complete without them.
    var leftOverHelp: String {
      switch self {
      case .condition: "write each condition as an item of the list; quotes stand around a text"
      case .value: "numbers and names are joined by `+`, `-`, `*` and `/`; a blank stands around each"
      case .cell: "a cell is a term, a number with its unit, `1 .. 2 mg`, `any`, `unknown`, or several with `|` between"
      case .type: "a unit stands behind `quantity`, the name of a list behind `one of`"
      }
    }

    var name: String {
      switch self {
      case .condition: "condition"
      case .value: "value"
      case .cell: "cell"
      case .type: "type"
      }
    }
  }

  /// Trees and brackets nest at most so deep (`architecture.md` §2, 8).
  static let depthLimit = 64

  let line: ExpressionText
  let topic: Topic
  private(set) var tokens: [Token]
  private(set) var position = 0
  /// Brackets and `where` around the place that is read.
  private var depth = 0
  /// The height of the tree that was read last; chains of operators count.
  var height = 0

  /// Nobody asks what is wrong: texts in quotes are tried as values, too.
  private let isQuiet: Bool

  init(_ line: ExpressionText, _ topic: Topic, isQuiet: Bool = false) {
    self.line = line
    self.topic = topic
    self.isQuiet = isQuiet
    self.tokens = Lexer.tokens(of: line.bytes)
  }

  // MARK: Tokens

  var current: Token { token(ahead: 0) }

  func token(ahead: Int) -> Token {
    let index = position + ahead
    return index < tokens.count ? tokens[index] : tokens[tokens.count - 1]
  }

  /// The token, which is left behind.
  mutating func take() -> Token {
    let token = current
    if position < tokens.count - 1 { position += 1 }
    return token
  }

  /// Goes past the word if it is next.
  mutating func takes(_ word: Keyword) -> Bool {
    guard current.is(word) else { return false }
    _ = take()
    return true
  }

  mutating func expect(_ word: Keyword, _ reason: String) throws(Fault) {
    guard !takes(word) else { return }
    throw unexpected("`\(word.rawValue)` \(reason)", words: [word.rawValue])
  }

  func mark() -> Int { position }

  mutating func rewind(to mark: Int) { position = mark }

  /// From now on the unit behind a bare number is read as the word that it may also be.
  mutating func readUnitsAsWords(from mark: Int) {
    for index in tokens.indices where index >= mark && tokens[index].kind == .unit {
      let word = line.bytes[tokens[index].range]
      guard NameForm.snake.fits(word) else { continue }
      tokens[index].kind = .word
      tokens[index].isName = true
      tokens[index].keyword = WordTable.shared.keyword(word)
    }
  }

  /// The last token of the line must have been read.
  mutating func end() throws(Fault) {
    guard current.kind != .end else { return }
    throw leftOver()
  }

  // MARK: Places

  /// The place from the token at `mark` to the last token that was taken.
  func span(from mark: Int) -> Span {
    line.span(bytes(from: mark))
  }

  func bytes(from mark: Int) -> Range<Int> {
    let first = tokens[min(mark, tokens.count - 1)].range.lowerBound
    let last = position > mark ? tokens[position - 1].range.upperBound : first
    return first..<max(first, last)
  }

  func text(_ token: Token) -> String { token.text(in: line.bytes) }

  func located(_ token: Token) -> LocatedText {
    LocatedText(text(token), line.span(token.range))
  }

  // MARK: Depth

  /// Reads something inside brackets or behind `where`.
  mutating func nested<Result>(
    _ read: (inout Parser) throws(Fault) -> Result
  ) throws(Fault) -> Result {
    guard depth < Self.depthLimit else { throw tooDeep() }
    depth += 1
    let result = try read(&self)
    depth -= 1
    return result
  }

  /// Notes that the tree has grown by one above its highest part.
  mutating func grow(_ parts: Int...) throws(Fault) {
    height = (parts.max() ?? 0) + 1
    guard height <= Self.depthLimit else { throw tooDeep() }
  }

  private func tooDeep() -> Fault {
    Fault(
      .expressionTooDeep, "this \(topic.name) is nested deeper than \(Self.depthLimit) levels",
      help: "give its parts names under `define:`", at: 0..<line.bytes.count)
  }

  // MARK: Faults

  /// The current token is not what was expected.
  ///
  /// The help is the nearest of `words`, or else the example.
  func unexpected(_ expected: String, words: [String] = [], example: String? = nil) -> Fault {
    if isQuiet { return .unsaid }
    let token = current
    if token.kind == .broken { return Fault.of(token, in: line.bytes) }
    if tokens.count == 1 {
      return Fault(topic.code, "a \(topic.name) is missing here", help: example, at: 0..<line.bytes.count)
    }
    if token.kind == .end {
      return fault("the \(topic.name) ends where \(expected) was expected", help: example, at: endRange)
    }
    if token.is(.close) || token.is(.closeList) {
      return fault(
        "this `\(text(token))` closes nothing", help: "delete it, or write the opening bracket", at: token.range)
    }
    if token.kind == .word, let fault = Fault.unseparated(text(token), token.range) { return fault }
    let near = nearestWord(text(token), words)
    return fault(
      "`\(shown(token))` does not fit here: \(expected) was expected",
      help: near.map { "did you mean `\($0)`?" } ?? example, at: token.range)
  }

  func fault(_ message: String, help: String?, at range: Range<Int>) -> Fault {
    Fault(topic.code, message, help: help, at: range)
  }

  /// The last word of the line: what follows it is missing.
  private var endRange: Range<Int> {
    guard tokens.count >= 2 else { return 0..<line.bytes.count }
    return tokens[tokens.count - 2].range
  }

  /// A word that stands where a name must stand.
  func noName(_ token: Token) -> Fault { isQuiet ? .unsaid : .name(text(token), topic.code, token.range) }

  private func leftOver() -> Fault {
    if isQuiet { return .unsaid }
    let token = current
    if token.kind == .broken { return Fault.of(token, in: line.bytes) }
    let rest = token.range.lowerBound..<tokens[tokens.count - 2].range.upperBound
    let text = String(decoding: line.bytes[rest], as: UTF8.self)
    if token.is(.and), topic == .condition {
      return fault(
        "only one condition stands on a line", help: "write what follows `and` as an item of the list", at: rest)
    }
    if token.is(.or), topic == .condition {
      return fault("`or` joins terms behind `is`, not conditions", help: "write the conditions under `any:`", at: rest)
    }
    return fault("`\(text)` is left over behind a complete \(topic.name)", help: leftOverHelp(token), at: rest)
  }

  private func leftOverHelp(_ token: Token) -> String? {
    if token.is(.comma), position > 0, tokens[position - 1].kind == .number {
      let after = tokens.indices.contains(position + 1) ? tokens[position + 1] : token
      guard after.kind == .number else { return "the decimal sign is a point, as in `1.5`" }
      return "the decimal sign is a point: write `\(shown(tokens[position - 1])).\(shown(after))`"
    }
    if token.is(.bar) { return "write `or`" }
    if topic == .cell, token.is(.or) || token.is(.and) || token.is(.comma) { return "write `|` between alternatives" }
    if token.is(.of) { return "functions are `min of (…)`, `max of (…)`, `earlier of (…)` and `later of (…)`" }
    if Words.relations.contains(text(token)) { return "only one comparison stands on a line" }
    return nearestWord(text(token), Words.relations + Words.joints).map { "did you mean `\($0)`?" }
      ?? topic.leftOverHelp
  }

  /// A token as the author wrote it.
  func shown(_ token: Token) -> String {
    String(decoding: line.bytes[token.range], as: UTF8.self)
  }
}
