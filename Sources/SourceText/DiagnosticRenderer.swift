/// A line below a finding: a word that says what it is, and the text.
public struct Remark: Hashable, Sendable {
  public var word: String
  public var text: String

  public init(_ word: String, _ text: String) {
    self.word = word
    self.text = text
  }
}

/// Writes findings for a terminal.
///
/// The same findings always give the same text.
public struct DiagnosticRenderer: Sendable {
  public enum Style: Sendable, Hashable, CaseIterable {
    /// With the lines concerned, the places underlined, and all remarks.
    case full
    /// One line for each finding: `path:line:column: error GL0301 unknown-fact: message`.
    case short
  }

  public let style: Style
  public let color: Bool
  /// The columns of the terminal; nil: unknown.
  public let width: Int?

  public init(style: Style, color: Bool, width: Int? = nil) {
    self.style = style
    self.color = color
    self.width = width
  }

  /// The findings in the order given, each ending with a line end.
  ///
  /// `remarks` may add lines to each finding, by its place among the findings; the short style has no room for them.
  public func render(
    _ diagnostics: [Diagnostic], in files: SourceFiles, remarks: (Int) -> [Remark] = { _ in [] }
  ) -> String {
    switch style {
    case .full:
      diagnostics.enumerated().map { lines(full($0.element, files, remarks($0.offset))) }.joined(separator: "\n")
    case .short: lines(diagnostics.map { short($0, files) })
    }
  }

  /// `2 errors, 1 warning in 2 files`.
  public func summary(_ diagnostics: [Diagnostic]) -> String {
    let counts = Severity.allCases.reversed().compactMap { severity in
      let count = diagnostics.count { $0.code.severity == severity }
      return count == 0 ? nil : Self.counted(count, severity.rawValue)
    }
    guard !counts.isEmpty else { return "no findings" }
    let files = Set(diagnostics.compactMap { $0.span?.file }).count
    return counts.joined(separator: ", ") + (files == 0 ? "" : " in " + Self.counted(files, "file"))
  }

  private static func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 || word == Severity.info.rawValue ? "" : "s")"
  }

  private func lines(_ rows: [String]) -> String { rows.reduce(into: "") { $0 += $1 + "\n" } }

  private func short(_ diagnostic: Diagnostic, _ files: SourceFiles) -> String {
    let place = diagnostic.span.map { DisplayText.visible(files.describe($0)) + ": " } ?? ""
    return place + header(diagnostic, Frame(digits: 2, color: color, width: width))
  }

  private func header(_ diagnostic: Diagnostic, _ frame: Frame) -> String {
    let code = diagnostic.code
    let first = frame.paint("\(code.severity.rawValue) \(code.id) \(code.name)", .severity(code.severity))
    return first + frame.paint(": " + DisplayText.visible(diagnostic.message), .message)
  }

  private func full(_ diagnostic: Diagnostic, _ files: SourceFiles, _ remarks: [Remark]) -> [String] {
    let frame = frame(diagnostic, files)
    var rows = [header(diagnostic, frame)]
    rows += excerpts(diagnostic, files, frame)
    rows += diagnostic.example.map { example($0, frame) } ?? []
    rows += diagnostic.notes.flatMap { frame.remark("note", $0) }
    rows += diagnostic.help.flatMap { frame.remark("help", $0) }
    for fix in diagnostic.fixes { rows += self.fix(fix, diagnostic, files, frame) }
    rows += remarks.flatMap { frame.remark($0.word, $0.text) }
    return rows
  }

  private func example(_ patient: ExamplePatient, _ frame: Frame) -> [String] {
    let facts = patient.facts.isEmpty ? ["any patient at all"] : patient.facts
    let title = "example patient (confirmed by the engine; every other fact is free)"
    let rows = frame.remark(title, "") + facts.map { frame.detail(DisplayText.visible($0)) }
    let outcome =
      patient.outcome.isEmpty ? [] : frame.remark("the engine answers", patient.outcome.joined(separator: "\n"))
    return rows + outcome + (patient.test.map { test($0, isMissing: patient.isTestMissing, frame) } ?? [])
  }

  /// A document to be pasted into a file of its own.
  private func test(_ document: String, isMissing: Bool, _ frame: Frame) -> [String] {
    frame.remark(
      isMissing ? "as a test, to be judged and taken over" : "as a test, which fails until this is mended", "")
      + document.split(separator: "\n").map { frame.detail(DisplayText.visible(String($0))) }
  }

  private func frame(_ diagnostic: Diagnostic, _ files: SourceFiles) -> Frame {
    let spans = [diagnostic.span].compactMap(\.self) + diagnostic.related.map(\.span)
    let last = spans.map { files[$0.file].line(at: $0.start) }.max() ?? 1
    return Frame(digits: max(2, String(last).count), color: color, width: width)
  }

  /// One excerpt for each file, that of the primary place first.
  private func excerpts(_ diagnostic: Diagnostic, _ files: SourceFiles, _ frame: Frame) -> [String] {
    let primary = diagnostic.span.map { [RelatedPlace($0, diagnostic.label ?? "")] } ?? []
    let places = primary + diagnostic.related
    var order: [FileID] = []
    for place in places where !order.contains(place.span.file) { order.append(place.span.file) }
    return order.flatMap { id in
      let file = files[id]
      let here = places.indices.filter { places[$0].span.file == id }
      let marks = here.map {
        Mark(places[$0].span, places[$0].label, isPrimary: $0 == 0 && !primary.isEmpty, in: file)
      }
      let first = here.first.map { files.describe(places[$0].span) } ?? file.path
      return [frame.place(first, isFirst: id == order.first)]
        + Excerpt(file: file, marks: marks, frame: frame, severity: diagnostic.code.severity).rows()
    }
  }
}

// MARK: - Fixes

extension DiagnosticRenderer {
  private func fix(_ fix: Fix, _ diagnostic: Diagnostic, _ files: SourceFiles, _ frame: Frame) -> [String] {
    let edits = fix.edits.flatMap { edit in
      let position = files.position(edit.span)
      let isHere = edit.span.file == diagnostic.span?.file
      let place = isHere ? "\(position.line):\(position.column)" : DisplayText.visible(files.describe(edit.span))
      return Self.describe(edit, old: files.text(edit.span)).map { (place, $0) }
    }
    return frame.remark("fix [\(fix.safety.rawValue)]", fix.title) + edits.map { frame.detail("\($0.0): \($0.1)") }
  }

  private static func describe(_ edit: TextEdit, old: String) -> [String] {
    let new = quoted(edit.replacement)
    if old.isEmpty { return edit.replacement.isEmpty ? [] : ["insert \(new)"] }
    return [edit.replacement.isEmpty ? "remove \(quoted(old))" : "replace \(quoted(old)) with \(new)"]
  }

  /// The beginning of a text, in backticks.
  private static func quoted(_ text: String) -> String {
    let shown = text.prefix(longestQuotation)
    return "`" + DisplayText.visible(String(shown)) + (shown.endIndex < text.endIndex ? DisplayWindow.ellipsis : "")
      + "`"
  }

  private static let longestQuotation = 80
}
