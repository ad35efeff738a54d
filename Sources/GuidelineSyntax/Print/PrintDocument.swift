package import LocatedYAML
package import SourceText

/// The document in canonical form: the key that says its kind first, canonical blanks, quotes and indentation.
///
/// Comments keep their places, keys and rows their order; the meaning does not change, and printing twice changes
/// nothing more. A document that cannot be read is given back as it is.
package func printDocument(_ tree: YAMLTree, file: SourceFile) -> String {
  let asItIs = String(decoding: file.bytes, as: UTF8.self)
  guard let id = tree.root else { return asItIs }
  let root = Node(tree: tree, id: id)
  guard case .mapping(let entries) = root.form, !root.hasBroken else { return asItIs }
  var printer = DocumentPrinter(tree, file, hasExpressions: !entries.contains { $0.key.value == "tests" })
  return printer.print(entries)
}

/// What the grammar reads in a scalar, which decides how its blanks and quotes may be changed.
private enum Role {
  /// A condition, or what holds conditions.
  case condition
  /// A value, a cell, rows to range over: blanks mean nothing, nor do quotes.
  case expression
  /// A field of a conclusion: quotes say that it is a text.
  case field
  /// Keys with texts and with parts of other roles.
  case structure
  /// Words: nothing may change.
  case text
}

private struct DocumentPrinter {
  let bytes: [UInt8]
  private var comments: Comments
  private var lines: [OutputLine] = []
  /// Tests hold data and patterns only.
  private let hasExpressions: Bool

  init(_ tree: YAMLTree, _ file: SourceFile, hasExpressions: Bool) {
    self.bytes = file.bytes
    self.comments = Comments(tree.comments.map(\.span), in: file.bytes)
    self.hasExpressions = hasExpressions
  }

  mutating func print(_ entries: [Entry]) -> String {
    leading(before: start(entries.first), indent: 0)
    let head = takeLines()
    let blocks = entryBlocks(entries)
    leading(before: bytes.count + 1, indent: 0)
    let tail = takeLines()
    let kinds = Set(DocumentKind.allCases.map(\.rawValue))
    let first = blocks.indices.filter { kinds.contains(entries[$0].key.value) }.prefix(1)
    let others = blocks.indices.filter { !first.contains($0) }
    var all = head
    for index in Array(first) + others { all += blocks[index] }
    return rendered(all + tail)
  }

  private mutating func entryBlocks(_ entries: [Entry]) -> [[OutputLine]] {
    var blocks: [[OutputLine]] = []
    for (index, entry) in entries.enumerated() {
      let limit = index + 1 < entries.count ? start(entries[index + 1]) : bytes.count + 1
      self.entry(entry, indent: 0, prefix: "", role: .structure, limit: limit)
      blocks.append(takeLines())
    }
    return blocks
  }

  private mutating func takeLines() -> [OutputLine] {
    defer { lines = [] }
    return lines
  }

  private func start(_ entry: Entry?) -> Int {
    entry.map { Int($0.key.span.start) } ?? bytes.count
  }

  // MARK: Comments

  /// The comments before a place, each on a line of its own.
  private mutating func leading(before end: Int, indent: Int) {
    while let comment = comments.next(before: end) {
      lines.append(OutputLine(text: pad(indent) + comment.text, followsGap: comment.followsGap))
    }
  }

  /// The comments behind the last part of a block that stand as far to the right as its parts.
  private mutating func closing(column: Int, indent: Int, limit: Int) {
    while let comment = comments.next(before: limit, where: { $0.isAlone && $0.column >= column }) {
      lines.append(OutputLine(text: pad(indent) + comment.text, followsGap: comment.followsGap))
    }
  }

  /// The comment behind the last line, on the same line of the file.
  private mutating func trailing(from end: Int) {
    let lineEnd = bytes[min(end, bytes.count)...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    guard let comment = comments.next(before: lineEnd, where: { !$0.isAlone }), !lines.isEmpty else { return }
    lines[lines.count - 1].comment = comment.text
  }

  // MARK: Blocks

  /// `prefix` stands before the first line in place of its indentation: the dash of an item.
  private mutating func entry(_ entry: Entry, indent: Int, prefix: String, role: Role, limit: Int) {
    let start = Int(entry.key.span.start)
    let gap = hasGap(bytes, before: lineStart(bytes, start)) && prefix.isEmpty
    if prefix.isEmpty { leading(before: start, indent: indent) }
    let isGap = gap && (lines.last.map { !$0.isComment } ?? true)
    let key = (prefix.isEmpty ? pad(indent) : prefix) + keyText(entry.key) + ":"
    value(entry.value, head: key, indent: indent, role: self.role(of: entry, in: role), limit: limit, gap: isGap)
  }

  private mutating func value(_ node: Node, head: String, indent: Int, role: Role, limit: Int, gap: Bool) {
    let start = Int(node.span.start)
    switch node.form {
    case .mapping(let entries) where !node.isFlow:
      lines.append(OutputLine(text: head, followsGap: gap))
      trailingBefore(start)
      mapping(entries, indent: indent + 2, role: role, limit: limit)
    case .list(let items) where !node.isFlow:
      lines.append(OutputLine(text: head, followsGap: gap))
      trailingBefore(start)
      list(items, indent: indent + 2, role: role, limit: limit)
    case .scalar where node.style == .literal || node.style == .folded:
      block(node, head: head, indent: indent + 2, gap: gap)
    default:
      hoist(node, indent: head.prefix { $0 == " " }.count)
      lines.append(OutputLine(text: head + " " + inline(node, role, inFlow: false), followsGap: gap))
      trailing(from: Int(node.span.end))
    }
  }

  private mutating func trailingBefore(_ start: Int) {
    while let comment = comments.next(before: start, where: { !$0.isAlone }) {
      if !lines.isEmpty { lines[lines.count - 1].comment = comment.text }
    }
  }

  /// Comments inside something that is printed on one line stand before it.
  private mutating func hoist(_ node: Node, indent: Int) {
    leading(before: Int(node.span.end), indent: indent)
  }

  private mutating func mapping(_ entries: [Entry], indent: Int, role: Role, limit: Int, prefix: String = "") {
    for (index, entry) in entries.enumerated() {
      let end = index + 1 < entries.count ? start(entries[index + 1]) : limit
      self.entry(entry, indent: indent, prefix: index == 0 ? prefix : "", role: role, limit: end)
    }
    guard let first = entries.first else { return }
    let start = Int(first.key.span.start)
    closing(column: start - lineStart(bytes, start), indent: indent, limit: limit)
  }

  private mutating func list(_ items: [Node], indent: Int, role: Role, limit: Int) {
    for (index, item) in items.enumerated() {
      let end = index + 1 < items.count ? Int(items[index + 1].span.start) : limit
      self.item(item, indent: indent, role: role, limit: end)
    }
    guard let first = items.first else { return }
    let line = lineStart(bytes, Int(first.span.start))
    let dash = bytes[line...].firstIndex { $0 != UInt8(ascii: " ") } ?? line
    closing(column: dash - line, indent: indent, limit: limit)
  }

  private mutating func item(_ node: Node, indent: Int, role: Role, limit: Int) {
    let start = Int(node.span.start)
    leading(before: start, indent: indent)
    let gap = hasGap(bytes, before: lineStart(bytes, start)) && (lines.last.map { !$0.isComment } ?? true)
    let dash = pad(indent) + "- "
    switch node.form {
    case .mapping(let entries) where !node.isFlow:
      let before = lines.count
      mapping(entries, indent: indent + 2, role: role, limit: limit, prefix: dash)
      if before < lines.count { lines[before].followsGap = gap }
    default:
      value(node, head: pad(indent) + "-", indent: indent, role: role, limit: limit, gap: gap)
    }
  }

  /// A block scalar keeps its lines; only their indentation is made canonical.
  private mutating func block(_ node: Node, head: String, indent: Int, gap: Bool) {
    guard case .scalar(let text, _) = node.form else { return }
    let first = text.unicodeScalars.first
    guard node.style == .literal, first != " ", first != "\n", !text.isEmpty else {
      lines.append(OutputLine(text: head + " " + quotedText(text), followsGap: gap))
      return
    }
    lines.append(OutputLine(text: head + " " + blockHeader(text), followsGap: gap))
    var body = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if text.hasSuffix("\n") { body.removeLast() }
    for line in body {
      lines.append(OutputLine(text: line.isEmpty ? "" : pad(indent) + line, followsGap: false, isVerbatim: true))
    }
  }

  private func blockHeader(_ text: String) -> String {
    guard text.hasSuffix("\n") else { return "|-" }
    return text.hasSuffix("\n\n") ? "|+" : "|"
  }

  // MARK: One line

  private func inline(_ node: Node, _ role: Role, inFlow: Bool) -> String {
    switch node.form {
    case .scalar(let text, _): return scalar(text, node, role, inFlow)
    case .list(let items):
      return "[" + items.map { inline($0, role, inFlow: true) }.joined(separator: ", ") + "]"
    case .mapping(let entries):
      let parts = entries.map { entry in
        keyText(entry.key) + ": " + inline(entry.value, self.role(of: entry, in: role), inFlow: true)
      }
      return "{" + parts.joined(separator: ", ") + "}"
    case .broken: return ""
    }
  }

  private func scalar(_ text: String, _ node: Node, _ role: Role, _ inFlow: Bool) -> String {
    let isQuoted = node.isQuoted
    switch role {
    case .condition, .expression:
      return scalarText(canonicalBlanks(text) ?? text, inFlow: inFlow)
    case .field where !isQuoted:
      return scalarText(canonicalBlanks(text) ?? text, inFlow: inFlow)
    case .field, .structure, .text:
      return isQuoted ? quotedText(text) : scalarText(text, inFlow: inFlow)
    }
  }

  private func keyText(_ key: LocatedText) -> String {
    scalarText(key.value, inFlow: true)
  }

  // MARK: Roles

  private func role(of entry: Entry, in outer: Role) -> Role {
    guard hasExpressions else { return .text }
    switch outer {
    case .text, .expression: return outer
    case .field: return Place.annotations.contains(entry.key.value) ? .text : .field
    case .condition: return .condition
    case .structure: break
    }
    switch entry.key.value {
    case "when", "unless", "means", "never", "scope", "where": return .condition
    case "value", "in", "look_up", "if", "otherwise", "for_each": return .expression
    case "then": return .field
    default: return .structure
    }
  }
}

/// One line of the output, and the comment behind it.
private struct OutputLine {
  var text: String
  var comment: String?
  var followsGap: Bool
  /// A line of a block scalar: not even its blanks are touched.
  var isVerbatim = false

  init(text: String, followsGap: Bool, isVerbatim: Bool = false) {
    self.text = text
    self.followsGap = followsGap
    self.isVerbatim = isVerbatim
  }

  var isComment: Bool { !isVerbatim && text.drop { $0 == " " }.hasPrefix("#") }
}

private func pad(_ count: Int) -> String {
  String(repeating: " ", count: count)
}

/// The lines with their comments; comments of neighbouring lines stand below each other.
private func rendered(_ lines: [OutputLine]) -> String {
  var result = ""
  var index = 0
  while index < lines.count {
    var end = index + 1
    if lines[index].comment != nil {
      while end < lines.count, lines[end].comment != nil, !lines[end].followsGap { end += 1 }
    }
    let width = lines[index..<end].map(\.text.count).max() ?? 0
    for line in lines[index..<end] {
      if line.followsGap, !result.isEmpty { result += "\n" }
      result += line.text
      if let comment = line.comment { result += pad(width - line.text.count + 2) + comment }
      result += "\n"
    }
    index = end
  }
  return result
}

/// The line with one blank between its tokens, and none inside brackets; nil when it is no line of the grammar.
private func canonicalBlanks(_ text: String) -> String? {
  let line = Array(text.utf8)
  let tokens = Lexer.tokens(of: line)
  var result = ""
  var glue = true
  for token in tokens {
    switch token.kind {
    case .end: return result
    case .broken: return nil
    case .quoted: result += (glue ? "" : " ") + "\"\(token.text(in: line))\""
    default:
      let closes = token.is(.close) || token.is(.closeList) || token.is(.comma)
      result += (glue || closes ? "" : " ") + token.text(in: line)
    }
    glue = token.is(.open) || token.is(.openList)
  }
  return result
}
