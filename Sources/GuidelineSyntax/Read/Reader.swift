internal import LocatedYAML
internal import SourceText

/// Reads a document: what was written becomes a tree, what is wrong becomes a diagnostic.
struct Reader {
  let file: SourceFile
  var diagnostics: Diagnostics

  // MARK: Reports

  mutating func report(_ code: SyntaxCode, _ message: String, help: String? = nil, at span: Span) {
    diagnostics.report(code, message, help: help, at: span)
  }

  mutating func report(_ fault: Fault, in line: ExpressionText) {
    report(fault.code, fault.message, help: fault.help, at: line.span(fault.range))
  }

  /// The first line of a place: enough to find it.
  func headSpan(_ span: Span) -> Span {
    let bytes = file.bytes
    let end = min(Int(span.end), bytes.count)
    var head = min(Int(span.start), end)
    while head < end, bytes[head] != 0x0A, bytes[head] != 0x0D { head += 1 }
    return Span(file: span.file, start: span.start, end: UInt32(clamping: head))
  }

  // MARK: Texts and lists

  /// A text; anything else is reported.
  mutating func text(_ node: Node?, what: @autoclosure () -> String) -> LocatedText? {
    guard let node else { return nil }
    if node.isScalar { return LocatedText(node.scalarText, node.span) }
    if !node.isBroken {
      report(
        .wrongKind, "\(what()) is one text, but \(node.kindName) \(node.isSequence ? "stands" : "stand") here",
        help: "write one text, in quotes if it holds brackets, commas or `: `", at: headSpan(node.span))
    }
    return nil
  }

  /// Whether it is a text; anything else is reported.
  mutating func isText(_ node: Node, what: @autoclosure () -> String) -> Bool {
    node.isScalar || text(node, what: what()) != nil
  }

  /// The items of a list; anything else is reported.
  mutating func items(of node: Node?, what: @autoclosure () -> String) -> [Node] {
    guard let node else { return [] }
    switch node.form {
    case .list(let items): return items
    case .broken: return []
    case .scalar:
      report(
        .wrongKind, "\(what()) is a list, but \(node.kindName) stands here",
        help: "put `- ` before each item, or brackets around them", at: headSpan(node.span))
      return []
    case .mapping:
      report(
        .wrongKind, "\(what()) is a list, but \(node.kindName) stand here",
        help: "put `- ` before each item", at: headSpan(node.span))
      return []
    }
  }

  mutating func texts(_ node: Node?, what: @autoclosure () -> String) -> [LocatedText] {
    items(of: node, what: what()).compactMap { text($0, what: "an item of \(what())") }
  }

  /// The keys with their values; anything else is reported.
  mutating func entries(of node: Node?, what: @autoclosure () -> String) -> [Entry]? {
    guard let node else { return nil }
    switch node.form {
    case .mapping(let entries): return entries
    case .broken: return nil
    case .scalar, .list:
      report(
        .wrongKind, "\(what()) consists of keys and values, but \(node.kindName) stands here",
        help: node.isSequence
          ? "leave the `- ` out, and write each entry as `key: value`" : "write each entry as `key: value`",
        at: headSpan(node.span))
      return nil
    }
  }

  // MARK: Words of a closed list

  /// A word that must be one of a few.
  mutating func word(_ node: Node?, what: String, of words: [String]) -> LocatedText? {
    guard let text = text(node, what: what) else { return nil }
    guard words.contains(text.value) else {
      let near = nearestWord(text.value, words)
      report(
        .valueNotInList, "`\(text.value)` is no \(what)",
        help: near.map { "did you mean `\($0)`?" } ?? "write \(words.count > 1 ? "one of " : "")\(list(words))",
        at: text.span)
      return nil
    }
    return text
  }

  mutating func yesNo(_ node: Node?, what: String) -> Bool {
    if let node, case .scalar(let text, _) = node.form, text == "true" || text == "false" { return text == "true" }
    return word(node, what: what, of: ["yes", "no"])?.value == "yes"
  }

  mutating func date(_ node: Node?, what: String) -> LocatedText? {
    guard let text = text(node, what: what) else { return nil }
    if !isDate(text.value) {
      report(
        .dateForm, "`\(text.value)` is not a date", help: "write year, month and day as in `2026-06-01`", at: text.span)
    }
    return text
  }

  // MARK: Names

  /// Reports a name that is reserved or has not the form of a name.
  mutating func check(_ name: LocatedText, _ form: NameForm, what: @autoclosure () -> String, dots: Bool = true) {
    guard form.fits(name.value), dots || !name.value.utf8.contains(UInt8(ascii: ".")) else {
      let corrected = form.corrected(dots ? name.value : name.value.split(separator: ".").joined(separator: "_"))
      let rule = form == .kebab ? "lower-case words joined by `-`" : "lower-case words joined by `_`"
      report(
        .nameForm, "`\(name.value)` is not the form of \(what()): \(rule)", help: corrected.map { "write `\($0)`" },
        at: name.span)
      return
    }
    if form == .snake, WordTable.shared.isReserved(name.value.utf8) {
      report(
        .reservedWord, "`\(name.value)` is a word of the language and cannot be \(what())", help: "choose another name",
        at: name.span)
    }
  }

  mutating func checkField(_ name: LocatedText) {
    if !WordTable.shared.mayBeField(name.value.utf8) { check(name, .snake, what: "a field", dots: false) }
  }
}
