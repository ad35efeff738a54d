internal import SourceText

/// Says in plain words why the parser stopped.
struct SyntaxProblem {
  let file: SourceFile
  let failure: ParserFailure
  /// Byte offsets.
  let place: Int
  let contextPlace: Int
  /// The quoted text that was read last.
  var lastQuoted: Span?

  func diagnostic() -> Diagnostic {
    if hasTab { return tab() }
    switch failure.context {
    case "while scanning a quoted scalar": return quoted()
    case "while parsing a quoted scalar": return escape()
    case "while scanning a directive", "while scanning a %YAML directive", "while scanning a %TAG directive":
      return directive()
    case "while scanning a tag", "while parsing a tag": return tag()
    case "while scanning an anchor": return name(YAMLCode.anchor, "&")
    case "while scanning an alias": return name(YAMLCode.alias, "*")
    case "while scanning a block scalar": return blockScalar()
    case "while parsing a flow sequence": return bracket(.list)
    case "while parsing a flow mapping": return bracket(.group)
    default: return byProblem()
    }
  }

  func byProblem() -> Diagnostic {
    switch failure.problem {
    case "mapping values are not allowed in this context": return colon()
    case "could not find expected ':'": return lostColon()
    case "did not find expected key": return unexpectedLine("the block", "begins here")
    case "did not find expected '-' indicator": return unexpectedLine("the list", "begins here")
    case "block sequence entries are not allowed in this context": return misplacedItem()
    case "mapping keys are not allowed in this context": return misplacedQuestionMark()
    case "found character that cannot start any token": return badStart()
    case "did not find expected node content": return missingContent()
    case "did not find expected <document start>": return behindTheEnd()
    case "found undefined tag handle": return tag()
    case "found duplicate %YAML directive", "found duplicate %TAG directive", "found incompatible YAML document":
      return directive()
    default: return other()
    }
  }

  // MARK: - Places

  /// The character at a place; empty at the end of a line.
  func character(at offset: Int) -> Span {
    let bytes = file.bytes
    var end = min(offset, bytes.count)
    if end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D {
      end += 1
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    }
    return Span(file: file.id, start: UInt32(clamping: min(offset, bytes.count)), end: UInt32(clamping: end))
  }

  /// From a place to the end of the text of its line.
  func restOfLine(_ offset: Int) -> Span {
    var end = min(offset, file.bytes.count)
    while end < file.bytes.count, file.bytes[end] != 0x0A, file.bytes[end] != 0x0D { end += 1 }
    while end > offset, file.bytes[end - 1] <= 0x20 { end -= 1 }
    return Span(file: file.id, start: UInt32(clamping: min(offset, end)), end: UInt32(clamping: end))
  }

  /// The bytes of the line before a place.
  func lineBefore(_ offset: Int) -> ArraySlice<UInt8> {
    let bytes = file.bytes[..<min(offset, file.bytes.count)]
    let start = bytes.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
    return bytes[start...]
  }

  var isAtEnd: Bool { !file.bytes[min(place, file.bytes.count)...].contains { $0 > 0x20 } }

  // MARK: - Frequent problems

  /// Tabs are no problem between brackets, and in the middle of a line; so not every tab is to blame.
  private var hasTab: Bool {
    if failure.problem.contains("tab character") { return true }
    let isOnTab = place < file.bytes.count && file.bytes[place] == 0x09
    if failure.problem == "found character that cannot start any token" { return isOnTab }
    return Self.indentationProblems.contains(failure.problem)
      && lineBefore(place + 1).prefix { $0 == 0x20 || $0 == 0x09 }.contains(0x09)
  }

  private static let indentationProblems: Set<String> = [
    "mapping values are not allowed in this context", "could not find expected ':'", "did not find expected key",
    "did not find expected '-' indicator",
  ]

  private func tab() -> Diagnostic {
    let line = lineBefore(place + 1)
    let tab = line.firstIndex(of: 0x09) ?? place
    return Diagnostic(
      YAMLCode.tabIndentation, "this line is indented with a tab", at: character(at: tab),
      help: ["indent with blanks: two for each level"])
  }

  private func quoted() -> Diagnostic {
    Diagnostic(
      YAMLCode.syntax, "this quote is never closed", at: character(at: contextPlace), label: "opened here",
      related: [RelatedPlace(character(at: place), "the text goes on up to here")],
      help: ["write the closing quote at the end of the text"])
  }

  private func escape() -> Diagnostic {
    // The parser stands somewhere behind the backslash.
    let end = min(place + 1, file.bytes.count)
    let start = file.bytes[max(0, end - 12)..<end].lastIndex(of: UInt8(ascii: "\\")) ?? min(place, end)
    return Self.badEscape(file, character(at: start).joined(with: character(at: start + 1)))
  }

  static func badEscape(_ file: SourceFile, _ span: Span) -> Diagnostic {
    Diagnostic(
      YAMLCode.syntax, "`\(file.text(span))` stands for no character", at: span,
      help: ["write `\\\\` for a backslash, or put single quotes around the text"])
  }

  private func colon() -> Diagnostic {
    let line = String(decoding: lineBefore(place), as: UTF8.self)
    if line.contains(": ") {
      return Diagnostic(
        YAMLCode.syntax, "a `: ` inside this text", at: character(at: place), label: "this colon",
        help: ["put quotes around the text"])
    }
    return Diagnostic(
      YAMLCode.syntax, "a `: ` where no entry can begin", at: character(at: place),
      help: [
        "if the line is an entry of its own: indent it like the entries beside it",
        "if it belongs to the text above: put quotes around the whole text",
      ])
  }

  private func lostColon() -> Diagnostic {
    Diagnostic(
      YAMLCode.syntax, "a `: ` is missing behind this", at: restOfLine(contextPlace),
      help: ["write the key, a colon, a blank and the value", "begin an item of a list with `- `"])
  }
}
