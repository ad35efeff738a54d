internal import SourceText

// References to rules, sources and statements.

/// Reads `[document/]rule[#row]`.
func readRuleReference(
  _ text: String, at range: Range<Int>, of line: ExpressionText
) throws(Fault) -> RuleReferenceSyntax {
  let parts = ReferenceParts(text, range.lowerBound, line)
  let help = "a rule is named `rule-id`, `document-id/rule-id` or `table-id#row-id`"
  for part in [parts.document, parts.main].compactMap({ $0 }) where !NameForm.kebab.fits(part.value) {
    throw Fault.id(part.value, help, range)
  }
  guard parts.behind?.value.isEmpty != true else {
    throw Fault(.referenceNotUnderstood, "`\(text)` names no row behind `#`", help: help, at: range)
  }
  return RuleReferenceSyntax(
    document: parts.document, rule: parts.main, row: parts.behind, span: line.span(range))
}

/// Reads `[document/]source[#statement statement …]`.
func readCitation(_ line: ExpressionText) throws(Fault) -> CitationSyntax {
  let range = 0..<line.bytes.count
  let text = String(decoding: line.bytes, as: UTF8.self)
  let parts = ReferenceParts(text, 0, line)
  let help = "a source is cited as `source-id` or `source-id#S0-07 S0-10`"
  for part in [parts.document, parts.main].compactMap({ $0 }) where !NameForm.kebab.fits(part.value) {
    throw Fault.id(part.value, help, range)
  }
  var statements: [LocatedText] = []
  if let behind = parts.behind {
    let start = line.bytes.count - behind.value.utf8.count
    let found = words(of: behind.value, from: start)
    statements = found.map { LocatedText($0.text, line.span($0.range)) }
    if let wrong = found.first(where: { $0.text.contains("#") || $0.text.contains(",") }) {
      throw Fault(
        .referenceNotUnderstood, "`\(wrong.text)` is not the id of a statement",
        help: "statements of one source are separated by blanks", at: wrong.range)
    }
    guard !statements.isEmpty else {
      throw Fault(.referenceNotUnderstood, "`\(text)` names no statement behind `#`", help: help, at: range)
    }
  }
  return CitationSyntax(document: parts.document, source: parts.main, statements: statements, span: line.span(range))
}

/// The words of a text with the bytes they take.
func words(of text: String, from start: Int = 0) -> [(text: String, range: Range<Int>)] {
  var found: [(text: String, range: Range<Int>)] = []
  var begin: Int?
  let bytes = Array(text.utf8)
  for index in 0...bytes.count {
    let isBlank = index == bytes.count || bytes[index] == UInt8(ascii: " ") || (0x09...0x0D).contains(bytes[index])
    if !isBlank {
      begin = begin ?? index
    } else if let first = begin {
      found.append((String(decoding: bytes[first..<index], as: UTF8.self), start + first..<start + index))
      begin = nil
    }
  }
  return found
}

/// A reference taken apart at its first `#`, and before that at its first `/`.
private struct ReferenceParts {
  var document: LocatedText?
  var main: LocatedText
  var behind: LocatedText?

  init(_ text: String, _ start: Int, _ line: ExpressionText) {
    let bytes = Array(text.utf8)
    let hash = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
    func part(_ range: Range<Int>) -> LocatedText {
      LocatedText(
        String(decoding: bytes[range], as: UTF8.self),
        line.span(start + range.lowerBound..<start + range.upperBound))
    }
    if let slash = bytes[..<hash].firstIndex(of: UInt8(ascii: "/")) {
      document = part(0..<slash)
      main = part(slash + 1..<hash)
    } else {
      main = part(0..<hash)
    }
    if hash < bytes.count { behind = part(hash + 1..<bytes.count) }
  }
}

extension Fault {
  /// An id of a document, rule or source that has not the form of one.
  static func id(_ text: String, _ help: String, _ range: Range<Int>) -> Fault {
    let corrected = NameForm.kebab.corrected(text)
    return Fault(
      .nameForm, "`\(text)` is not an id: ids are lower-case words joined by `-`",
      help: corrected.map { "write `\($0)`" } ?? help, at: range)
  }
}
