internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

/// Takes an item of a list or a key with its value out of a file, and leaves everything else as it was written.
///
/// Nothing is taken out that a comment belongs to: within it, behind it in its line, or directly above it. What becomes
/// of the comment, a person decides.
struct Removal {
  private let file: SourceFile
  private let tree: YAMLTree
  private let comments: [Span]

  /// Nil: the file is no YAML.
  init?(_ file: FileID, _ context: LintContext) {
    guard let tree = context.tree(of: file) else { return nil }
    self.tree = tree
    self.file = context.files[file]
    comments = tree.comments.map(\.span)
  }

  // MARK: What to take out

  /// The item of a list under one of these keys that is written at a place; nil: it cannot go alone.
  func item(at place: Span, ofListUnder keys: Set<String>) -> TextEdit? {
    var under = ""
    var list: NodeID?
    for step in path(to: place) {
      if let key = step.key { under = key }
      if tree[step.node].isSequence, keys.contains(under) { list = step.node }
      if isWhole(step.node, place), let list, tree.items(list).contains(step.node) { return item(step.node, of: list) }
    }
    return nil
  }

  /// The key whose value holds a place, innermost of that name, with its value.
  func entry(_ key: String, around place: Span) -> TextEdit? {
    var parent: NodeID?
    var found: (YAMLEntry, NodeID)?
    for step in path(to: place) {
      if step.key == key, let parent, let entry = tree.entries(parent).first(where: { $0.value == step.node }) {
        found = (entry, parent)
      }
      parent = step.node
    }
    return found.flatMap { entry($0.0, of: $0.1) }
  }

  /// A key with its value, found by the place of the key.
  func entry(at key: Span) -> TextEdit? {
    for step in path(to: key).reversed() where tree[step.node].isMapping {
      if let entry = tree.entries(step.node).first(where: { tree.span($0.key) == key }) {
        return self.entry(entry, of: step.node)
      }
    }
    return nil
  }

  // MARK: Where it stands

  private struct Step {
    var node: NodeID
    /// The key behind which it stands; nil: it is an item of a list, a key, or the root.
    var key: String?
  }

  /// From the root to the innermost node that holds a place.
  private func path(to place: Span) -> [Step] {
    guard let root = tree.root else { return [] }
    var steps = [Step(node: root)]
    while let last = steps.last {
      var inner: Step?
      for item in tree.items(last.node) where holds(item, place) { inner = Step(node: item) }
      for entry in tree.entries(last.node) where holds(entry.value, place) {
        inner = Step(node: entry.value, key: tree.text(entry.key))
      }
      guard let inner else { break }
      steps.append(inner)
    }
    return steps
  }

  private func holds(_ node: NodeID, _ place: Span) -> Bool {
    let span = tree.span(node)
    return span.start <= place.start && place.end <= span.end
  }

  /// Whether a node is what stands at the place and nothing more; quotes may stand around it.
  private func isWhole(_ node: NodeID, _ place: Span) -> Bool {
    let span = tree.span(node)
    switch tree[node].kind {
    case .scalar(.singleQuoted), .scalar(.doubleQuoted):
      return span.start + 1 == place.start && place.end + 1 == span.end
    case .scalar(.literal), .scalar(.folded), .broken: return false
    default: return span == place
    }
  }

  // MARK: Taking it out

  private func item(_ node: NodeID, of list: NodeID) -> TextEdit? {
    let items = tree.items(list)
    guard items.count > 1, let index = items.firstIndex(of: node) else { return nil }
    let spans = items.map { tree.span($0) }
    if case .sequence(isFlow: true) = tree[list].kind { return between(spans, index) }
    return lines(from: spans[index], to: spans[index], startingWith: "- ")
  }

  private func entry(_ entry: YAMLEntry, of mapping: NodeID) -> TextEdit? {
    let entries = tree.entries(mapping)
    guard entries.count > 1, let index = entries.firstIndex(of: entry) else { return nil }
    let spans = entries.map { tree.span($0.key).joined(with: tree.span($0.value)) }
    if case .mapping(isFlow: true) = tree[mapping].kind { return between(spans, index) }
    return lines(from: spans[index], to: spans[index], startingWith: "")
  }

  /// Between brackets: with the comma behind it, or of the last one with the comma before it.
  private func between(_ spans: [Span], _ index: Int) -> TextEdit? {
    var cut = spans[index]
    if index + 1 < spans.count { cut.end = spans[index + 1].start } else { cut.start = spans[index - 1].end }
    let isClean = !comments.contains { $0.start < cut.end && cut.start < $0.end }
    let line = file.position(at: spans[index].end).line
    // A comment at the end of the line may speak of it.
    let hasComment = comments.contains { file.position(at: $0.start).line == line }
    guard isClean, !hasComment else { return nil }
    return TextEdit(span: cut, replacement: "")
  }

  /// Whole lines: nothing else stands in them.
  private func lines(from first: Span, to last: Span, startingWith mark: String) -> TextEdit? {
    let start = file.position(at: first.start).line
    let end = file.position(at: max(last.start, last.end == 0 ? 0 : last.end - 1)).line
    let begin = file.lineSpan(start)
    let before = file.text(Span(file: file.id, start: begin.start, end: first.start))
    let behind = file.text(Span(file: file.id, start: last.end, end: file.lineSpan(end).end))
    guard before.drop(while: { $0 == " " }) == mark[...], behind.allSatisfy({ $0 == " " }) else { return nil }
    var cut = Span(file: file.id, start: begin.start, end: file.lineSpan(end).end)
    if end < file.lineCount {
      cut.end = file.lineStart(end + 1)
    } else if start > 1 {
      // The last line has no end: that of the line before goes with it.
      cut.start = file.lineSpan(start - 1).end
    }
    guard !hasComment(in: cut), !isCommented(above: start) else { return nil }
    return TextEdit(span: cut, replacement: "")
  }

  private func hasComment(in cut: Span) -> Bool {
    comments.contains { $0.start < cut.end && cut.start < $0.end }
  }

  private func isCommented(above line: Int) -> Bool {
    line > 1 && file.lineText(line - 1).drop { $0 == " " || $0 == "\u{FEFF}" }.first == "#"
  }
}
