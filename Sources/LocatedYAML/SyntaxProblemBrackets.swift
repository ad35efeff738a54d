internal import SourceText

extension SyntaxProblem {
  /// What stands between brackets.
  enum Bracketed {
    case list
    case group

    var opening: String { self == .list ? "[" : "{" }
    var closing: String { self == .list ? "]" : "}" }
    var words: String { self == .list ? "list" : "group" }
  }

  func bracket(_ kind: Bracketed) -> Diagnostic {
    guard failure.problem.hasPrefix("did not find expected ','") else { return byProblem() }
    let opened = RelatedPlace(character(at: contextPlace), "opened here")
    let sign = file.text(character(at: place))
    if !isAtEnd, isOutdented { return neverClosed(kind) }
    if sign == ":", !lineBefore(place).contains(where: { $0 > 0x20 }) {
      return Diagnostic(
        YAMLCode.syntax, "the colon stands on another line than its key", at: character(at: place), related: [opened],
        help: ["write the colon directly behind the key"])
    }
    if isAtEnd { return neverClosed(kind) }
    if sign == "[" || sign == "{", !isBehindQuoteOrBracket { return bracketInText(sign, in: kind) }
    return Diagnostic(
      YAMLCode.syntax, "a comma or the closing `\(kind.closing)` is missing before this", at: character(at: place),
      related: [opened],
      help: [
        "write `\(kind.closing)` where the \(kind.words) ends",
        "put quotes around a text that holds brackets, commas or `: `",
      ])
  }

  /// The line that surprised the parser is none of those between the brackets: it begins as far left as the one with
  /// the opening bracket.
  private var isOutdented: Bool {
    let opening = lineBefore(contextPlace)
    let here = lineBefore(place)
    return here.startIndex > opening.startIndex && indentation(here.startIndex) <= indentation(opening.startIndex)
  }

  private func indentation(_ line: Int) -> Int { file.bytes[line...].prefix { $0 == 0x20 }.count }

  private func neverClosed(_ kind: Bracketed) -> Diagnostic {
    let number = file.position(at: UInt32(clamping: contextPlace)).line
    let related = isAtEnd ? [] : [RelatedPlace(restOfLine(firstText), "taken as part of the \(kind.words)")]
    return Diagnostic(
      YAMLCode.syntax, "the \(kind.words) opened with `\(kind.opening)` in line \(number) is never closed",
      at: character(at: contextPlace), label: "opened here", related: related,
      help: [
        "write `\(kind.closing)` where the \(kind.words) ends",
        "put quotes around a text that begins with `\(kind.opening)`",
      ], fixes: closing(kind).map { [$0] } ?? [])
  }

  /// The bracket behind the last line that can belong to it; nil when a comment may stand there.
  private func closing(_ kind: Bracketed) -> Fix? {
    let before = file.bytes[..<(isAtEnd ? file.bytes.count : lineBefore(place).startIndex)]
    guard let last = before.lastIndex(where: { $0 > 0x20 }), last >= contextPlace,
      !lineBefore(last).contains(UInt8(ascii: "#"))
    else { return nil }
    let end = UInt32(clamping: last + 1)
    return Fix(
      title: "close the \(kind.words) at the end of line \(file.position(at: end).line)",
      edits: [TextEdit(span: Span(file: file.id, start: end, end: end), replacement: kind.closing)], safety: .edit)
  }

  /// Where the text of the line begins on which the parser stopped.
  private var firstText: Int {
    let line = lineBefore(place).startIndex
    return line + indentation(line)
  }

  private var isBehindQuoteOrBracket: Bool {
    let last = lineBefore(place).last { $0 > 0x20 }
    return last.map { ["\"", "'", "]", "}"].map(UInt8.init(ascii:)).contains($0) } ?? true
  }

  /// `[count of [a, b]]`: a list inside a text inside a list.
  private func bracketInText(_ sign: String, in kind: Bracketed) -> Diagnostic {
    Diagnostic(
      YAMLCode.syntax, "a `\(sign)` in the middle of a text", at: character(at: place),
      related: [RelatedPlace(character(at: contextPlace), "the text stands inside this \(kind.words)")],
      help: [
        "put quotes around the whole text",
        kind == .list
          ? "or write the items on lines of their own, each behind `- `" : "or write each entry on its own line",
      ])
  }

  /// A quote that was forgotten further up, and found at the beginning of another text.
  func runawayQuote(_ text: Span) -> Diagnostic {
    let first = file.position(at: text.start).line
    let last = file.position(at: text.end).line
    return Diagnostic(
      YAMLCode.syntax, "the text opened with a quote in line \(first) goes on to the next quote, in line \(last)",
      at: character(at: Int(text.start)), label: "opened here",
      related: [RelatedPlace(character(at: Int(text.end) - 1), "taken as its end")],
      help: ["write the closing quote at the end of line \(first)"])
  }
}
