/// A place to underline in an excerpt, cut to the line on which it begins.
struct Mark: Hashable {
  let line: Int
  let start: UInt32
  let end: UInt32
  let isPrimary: Bool
  let label: String
  /// Whether the place goes on in later lines.
  let continues: Bool

  init(_ span: Span, _ label: String, isPrimary: Bool, in file: SourceFile) {
    line = file.line(at: span.start)
    let content = file.lineSpan(line)
    start = min(max(span.start, content.start), content.end)
    end = max(start, min(span.end, content.end))
    self.isPrimary = isPrimary
    self.label = DisplayText.visible(label)
    continues = Self.hasText(from: content.end, to: span.end, in: file.bytes)
  }

  /// White space at its end does not make a place longer for a reader.
  private static func hasText(from start: UInt32, to end: UInt32, in bytes: [UInt8]) -> Bool {
    guard start < end, Int(start) < bytes.count else { return false }
    return bytes[Int(start)..<min(Int(end), bytes.count)].contains { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }
}

/// The lines of one file that belong to a finding, with its places underlined.
struct Excerpt {
  let file: SourceFile
  let marks: [Mark]
  let frame: Frame
  let severity: Severity

  /// The lines in order; lines left out between them are shown as one colon.
  func rows() -> [String] {
    var rows = [frame.bar("")]
    var last: Int?
    for line in Set(marks.map(\.line)).sorted() {
      if let last, line > last + 1 { rows.append(frame.gap) }
      for group in groups(on: line) { rows += show(group, line) }
      last = line
    }
    return rows
  }

  /// The marks of a line, the primary first: together if one window can show them all, else each by itself.
  private func groups(on line: Int) -> [[Mark]] {
    var seen: Set<Mark> = []
    let here = marks.filter { $0.line == line && seen.insert($0).inserted }
      .sorted { ($0.isPrimary ? 0 : 1, $0.start, $0.end) < ($1.isPrimary ? 0 : 1, $1.start, $1.end) }
    guard let first = here.first, here.count > 1 else { return [here] }
    let shown = DisplayLine(line, of: file, near: first.start)
    let isWhole = !shown.isCutBefore && !shown.isCutAfter && shown.width <= frame.room
    return isWhole ? [here] : here.map { [$0] }
  }

  private func show(_ group: [Mark], _ line: Int) -> [String] {
    guard let first = group.first else { return [] }
    let shown = DisplayLine(line, of: file, near: first.start)
    let window = DisplayWindow(shown, around: shown.columns(from: first.start, to: first.end), room: frame.room)
    let places = group.flatMap { underline($0, shown.columns(from: $0.start, to: $0.end), window) }
    return [frame.numbered(line, window.text)] + places.map(frame.bar)
  }

  /// The underline with its label behind it, or below it where it does not fit.
  private func underline(_ mark: Mark, _ columns: Range<Int>, _ window: DisplayWindow) -> [String] {
    let start = max(columns.lowerBound, window.shown.lowerBound)
    let end = max(start + 1, min(columns.upperBound, window.shown.upperBound))
    let isOpen = mark.continues || end < columns.upperBound
    let signs =
      String(repeating: mark.isPrimary ? "^" : "-", count: end - start) + (isOpen ? DisplayWindow.ellipsis : "")
    let indent = max(0, start + window.shift)
    let label = DisplayText.width(mark.label)
    if label == 0 { return [row(indent, signs, mark)] }
    if frame.fits(indent + signs.count + 1 + label) { return [row(indent, signs + " " + mark.label, mark)] }
    return [row(indent, signs, mark), row(frame.indent(indent, for: label), mark.label, mark)]
  }

  private func row(_ indent: Int, _ text: String, _ mark: Mark) -> String {
    String(repeating: " ", count: indent) + frame.paint(text, mark.isPrimary ? .severity(severity) : .frame)
  }
}
