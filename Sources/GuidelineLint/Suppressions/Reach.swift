internal import LocatedYAML
internal import SourceText

/// The piece of a file for which a comment speaks.
///
/// A comment behind something speaks for its line. A comment that has its line for itself speaks for the next line that
/// holds more than a comment and, where a key or an item of a list begins there, for all that belongs to it; above the
/// first key of a document (`guideline: …`) it speaks for the whole file.
func reach(of comment: Span, in file: SourceFile, _ tree: YAMLTree) -> Span {
  let line = file.position(at: comment.start).line
  guard isAlone(comment, in: file) else { return wholeLine(line, of: file) }
  guard let target = nextLine(after: line, in: file, comments: tree.comments) else {
    return Span(file: file.id, start: comment.end, end: comment.end)
  }
  let span = wholeLine(target, of: file)
  let content = contentStart(of: span, in: file)
  let isItem = file.text(content).hasPrefix("-")
  return tree.outermostPart(beginningIn: content, isItem: isItem).map { span.joined(with: $0) } ?? span
}

func isAlone(_ comment: Span, in file: SourceFile) -> Bool {
  let line = file.lineSpan(file.position(at: comment.start).line)
  return file.text(Span(file: file.id, start: line.start, end: comment.start)).allSatisfy(\.isWhitespace)
}

private func wholeLine(_ line: Int, of file: SourceFile) -> Span {
  let span = file.lineSpan(line)
  // What is missing at the end of a line is reported behind its last byte.
  return Span(file: file.id, start: span.start, end: span.end &+ 1)
}

private func nextLine(after line: Int, in file: SourceFile, comments: [YAMLComment]) -> Int? {
  let starts = Set(comments.map(\.span.start))
  for next in (line + 1)..<(max(line + 1, file.lineCount + 1)) {
    let start = contentStart(of: file.lineSpan(next), in: file)
    let isEmpty = start.start == start.end
    if !isEmpty, !starts.contains(start.start) { return next }
  }
  return nil
}

/// A line without the blanks before its first sign.
private func contentStart(of line: Span, in file: SourceFile) -> Span {
  let blanks = file.text(line).utf8.prefix { $0 == UInt8(ascii: " ") || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }.count
  return Span(file: line.file, start: min(line.end, line.start &+ UInt32(truncatingIfNeeded: blanks)), end: line.end)
}

extension YAMLTree {
  /// The largest key with its value, or item of a list, that begins at the start of a piece; the whole file for the key
  /// that names the document.
  fileprivate func outermostPart(beginningIn line: Span, isItem: Bool) -> Span? {
    guard let root else { return nil }
    var open = [root]
    while let node = open.popLast() {
      for entry in entries(node) {
        let whole = span(entry.key).joined(with: span(entry.value))
        if span(entry.key).start == line.start {
          return node == root && isKind(entry.key) ? Span(file: file, start: 0, end: .max) : whole
        }
        if whole.start <= line.start, line.start < whole.end { open.append(entry.value) }
      }
      for item in items(node) {
        // The dash stands before the item.
        if isItem, line.start <= span(item).start, span(item).start < line.end { return span(item) }
        if span(item).start <= line.start, line.start < span(item).end { open.append(item) }
      }
    }
    return nil
  }

  private func isKind(_ key: NodeID) -> Bool {
    ["vocabulary", "guideline", "definitions", "tests"].contains(text(key))
  }
}
