internal import SourceText

// What YAML allows and these files do not.
extension TreeBuilder {
  mutating func reportProperties(_ event: YAMLEvent, _ span: Span) {
    if event.hasAnchor {
      diagnostics.report(
        YAMLCode.anchor, "a value may not be given a name with `&`", at: propertySpan(span, UInt8(ascii: "&")),
        help: ["delete the name", "put quotes around a text that begins with `&`"])
    }
    if event.hasTag {
      diagnostics.report(
        YAMLCode.tag, "a value may not be given a type with `!`", at: propertySpan(span, UInt8(ascii: "!")),
        help: ["delete the word that begins with `!`", "put quotes around a text that begins with `!`"])
    }
  }

  /// The word that begins with a sign, among the words before a value.
  private func propertySpan(_ span: Span, _ sign: UInt8) -> Span {
    let bytes = file.bytes
    var start = Int(span.start)
    while start < bytes.count, bytes[start] == UInt8(ascii: "&") || bytes[start] == UInt8(ascii: "!") {
      let end = endOfWord(start)
      if bytes[start] == sign {
        return Span(file: file.id, start: UInt32(clamping: start), end: UInt32(clamping: end))
      }
      start = end
      while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
    }
    return span
  }

  private func endOfWord(_ start: Int) -> Int {
    let stops: [UInt8] = [
      UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
    ]
    var end = start + 1
    while end < file.bytes.count, file.bytes[end] > 0x20, !stops.contains(file.bytes[end]) { end += 1 }
    return end
  }

  mutating func reportAlias(_ span: Span) {
    diagnostics.report(
      YAMLCode.alias, "`\(file.shortText(span))` repeats a value that stands elsewhere, which is not allowed", at: span,
      help: ["write the value out", "put quotes around a text that begins with `*`"])
  }

  mutating func report(badEscape: Range<Int>) {
    let span = Span(
      file: file.id, start: UInt32(clamping: badEscape.lowerBound), end: UInt32(clamping: badEscape.upperBound))
    diagnostics.report(SyntaxProblem.badEscape(file, span))
  }

  // MARK: - Texts

  mutating func checkPlain(_ index: Int) {
    let span = nodes[index].span
    checkDeceptive(index)
    guard let line = file.bytes[Int(span.start)..<Int(span.end)].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      return
    }
    diagnostics.report(
      YAMLCode.multiLinePlainText, "a text without quotes goes on over several lines", at: span,
      related: [RelatedPlace(continuation(line, span), "this line is taken as part of the text above")],
      help: [
        "put quotes around the whole text, or write `|` and the text on the lines below",
        "if the second line is meant as an entry of its own: check its indentation and its `: ` or `- `",
      ])
    nodes[index].kind = .broken
  }

  /// What was said last about the text right before the place where the parser gave up: one mistake, not two.
  mutating func forgetLastText(before place: Int) {
    guard let last = diagnostics.items.last, let span = last.span, Int(span.end) <= place,
      last.code == YAMLCode.multiLinePlainText || last.code == YAMLCode.implicitNull,
      isWithoutContent(Int(span.end)..<place)
    else { return }
    let others = diagnostics.items.dropLast()
    diagnostics = Diagnostics()
    others.forEach { diagnostics.report($0) }
  }

  /// The quoted text of several lines that ends right before a place.
  func quotedLines(before place: Int) -> Span? {
    guard let node = nodes.last, Int(node.span.end) <= place,
      node.kind == .scalar(.doubleQuoted) || node.kind == .scalar(.singleQuoted),
      file.position(at: node.span.start).line < file.position(at: node.span.end).line,
      isWithoutContent(Int(node.span.end)..<place)
    else { return nil }
    return node.span
  }

  /// Whether there are only blanks, line ends and comments.
  private func isWithoutContent(_ range: Range<Int>) -> Bool {
    var isComment = false
    for byte in file.bytes[range] {
      if byte == 0x0A || byte == 0x0D { isComment = false }
      if byte == UInt8(ascii: "#") { isComment = true }
      if byte > 0x20, !isComment { return false }
    }
    return true
  }

  private func continuation(_ line: Int, _ span: Span) -> Span {
    var start = line
    while start < Int(span.end), file.bytes[start] <= 0x20 { start += 1 }
    var end = start
    while end < Int(span.end), file.bytes[end] != 0x0A, file.bytes[end] != 0x0D { end += 1 }
    return Span(file: file.id, start: UInt32(clamping: start), end: UInt32(clamping: end))
  }

  /// Looks for characters that nobody sees, and for letters that look like others.
  private mutating func checkDeceptive(_ index: Int) {
    let node = nodes[index]
    let text = texts[Int(node.textStart)..<Int(node.textEnd)]
    guard let found = DeceptiveText.first(in: text) else { return }
    // A text without quotes stands in the file as it is, as long as it has one line.
    let isVerbatim = node.kind == .scalar(.plain) && node.span.end - node.span.start == UInt32(clamping: text.count)
    if isVerbatim {
      diagnostics.report(found.diagnostic(textAt: node.span))
    } else {
      diagnostics.report(found.code, found.message, at: node.span, help: found.help)
    }
    guard node.kind == .scalar(.plain), Int(node.textEnd) == texts.count else { return }
    let seen = DeceptiveText.asSeen(text)
    texts.removeSubrange(Int(node.textStart)...)
    texts += seen
    nodes[index].textEnd = UInt32(clamping: texts.count)
  }

  // MARK: - Entries

  /// Whether a key may stay, its problems said.
  mutating func isUsable(_ key: Item) -> Bool {
    let node = nodes[key.node]
    guard !key.isMissing else {
      diagnostics.report(
        YAMLCode.implicitNull, "nothing stands before this colon", at: node.span,
        help: ["write the key before the colon"])
      return false
    }
    switch node.kind {
    case .broken: return false
    case .sequence, .mapping, .scalar(.literal), .scalar(.folded):
      diagnostics.report(
        YAMLCode.complexKey, "what stands before a colon has to be a simple text", at: node.span,
        help: ["put quotes around the text before the colon"])
      return false
    case .scalar(.plain): return !isExplicit(node) && !isMerge(node)
    case .scalar:
      checkDeceptive(key.node)
      return !isExplicit(node)
    }
  }

  /// Whether `? ` stands before a key: on its line nothing else with that sign can.
  private mutating func isExplicit(_ node: YAMLNode) -> Bool {
    let before = file.bytes[..<Int(node.span.start)]
    guard let sign = before.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }), before[sign] == UInt8(ascii: "?") else {
      return false
    }
    let span = Span(file: file.id, start: UInt32(clamping: sign), end: UInt32(clamping: sign + 1))
    diagnostics.report(
      YAMLCode.complexKey, "a key may not be written behind `? `", at: span.joined(with: node.span),
      help: ["write the key, a colon, a blank and the value", "put quotes around a text that begins with `? `"])
    return true
  }

  private mutating func isMerge(_ node: YAMLNode) -> Bool {
    guard node.textEnd &- node.textStart == 2,
      texts[Int(node.textStart)..<Int(node.textEnd)].elementsEqual("<<".utf8)
    else { return false }
    diagnostics.report(
      YAMLCode.mergeKey, "`<<` takes over entries from elsewhere, which is not allowed", at: node.span,
      help: ["write the entries out"])
    return true
  }

  mutating func reportMissingItem(_ span: Span) {
    diagnostics.report(
      YAMLCode.implicitNull, "this item of the list is empty", at: span,
      help: ["write the item, or delete the line"])
  }

  mutating func reportMissingValue(key: Int, mapping: Frame) {
    let span = nodes[key].span
    let name = file.shortText(span)
    if nodes[mapping.node].kind == .mapping(isFlow: true), !isFollowedByColon(span) {
      return reportLostColon(span, name, hasComma: mapping.lastChild != YAMLNode.none)
    }
    diagnostics.report(
      YAMLCode.implicitNull, "`\(name)` has no value", at: span,
      help: ["write the value behind the colon, or delete the line", "write `\"\"` for a text without letters"])
  }

  private mutating func reportLostColon(_ span: Span, _ name: String, hasComma: Bool) {
    let message =
      hasComma
      ? "a comma ended the value: `\(name)` stands alone"
      : "`\(name)` stands alone inside `{…}`: a `: ` and a value are missing"
    diagnostics.report(
      YAMLCode.implicitNull, message, at: span,
      related: hasComma ? comma(before: span).map { [RelatedPlace($0, "this comma ended the value")] } ?? [] : [],
      help: [hasComma ? "put quotes around a text that holds a comma" : "write a colon, a blank and the value"])
  }

  private func comma(before span: Span) -> Span? {
    guard let found = file.bytes[..<Int(span.start)].lastIndex(of: UInt8(ascii: ",")) else { return nil }
    return Span(file: file.id, start: UInt32(clamping: found), end: UInt32(clamping: found + 1))
  }

  private func isFollowedByColon(_ span: Span) -> Bool {
    let rest = file.bytes[Int(span.end)...]
    return rest.first { $0 > 0x20 } == UInt8(ascii: ":")
  }

  // MARK: - Duplicates

  /// Keeps the first of the entries that have the same key.
  mutating func removeDuplicates(_ mapping: Int) {
    guard KeyTable.hasDuplicate(mapping, nodes, texts) else { return }
    var seen = KeyTable()
    var lastValue = YAMLNode.none
    var place = nodes[mapping].firstChild
    while place != YAMLNode.none {
      let key = nodes[Int(place)]
      let value = key.next
      let next = nodes[Int(value)].next
      if let first = seen.insert(place, nodes, texts) {
        reportDuplicate(key.span, first: nodes[Int(first)].span)
        nodes[Int(lastValue)].next = next
      } else {
        lastValue = value
      }
      place = next
    }
  }

  private mutating func reportDuplicate(_ span: Span, first: Span) {
    diagnostics.report(
      YAMLCode.duplicateKey, "`\(file.shortText(span))` stands here a second time", at: span,
      related: [RelatedPlace(first, "it stands here first")],
      help: ["delete one of the two, or give one another name"])
  }
}
