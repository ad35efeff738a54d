internal import GuidelineLint
internal import SourceText

/// What every format is made from: the report, and the words that all of them share.
struct FormatInput {
  let report: LintReport
  let options: FormatOptions
  private let checks: [String: Check]

  init(_ report: LintReport, _ options: FormatOptions) {
    self.report = report
    self.options = options
    checks = Dictionary(options.checks.map { ($0.code.id, $0) }) { first, _ in first }
  }

  var files: SourceFiles { report.files }

  /// The findings that nobody has allowed.
  var open: [Finding] { report.findings.filter(\.isOpen) }

  /// The check behind a finding; nil: it has no page.
  func check(_ code: DiagnosticCode) -> Check? { checks[code.id] }

  func isSafety(_ finding: Finding) -> Bool { check(finding.diagnostic.code)?.isSafety ?? false }

  /// The path as a machine compares it: `./a.yaml` and `a.yaml` are one file.
  func path(_ file: FileID) -> String { relativePath(files[file].path) }

  /// The file to name where a format demands one: a finding about no place belongs to the first file that it mentions.
  func file(of diagnostic: Diagnostic) -> FileID? {
    diagnostic.span?.file ?? diagnostic.related.first?.span.file ?? diagnostic.fixes.first?.edits.first?.span.file
  }

  /// The same as a path; the folder itself when no file is mentioned.
  func anyPath(of diagnostic: Diagnostic) -> String { file(of: diagnostic).map(path) ?? "." }

  /// The address of the page of a check.
  func page(_ code: DiagnosticCode) -> String? { options.pages.map { $0 + code.id } }
}

extension Finding {
  var isOpen: Bool { state == .open }
}

extension UnreadableFile {
  /// The sentence for it, the same in every format.
  var message: String { "this file cannot be read: " + DisplayText.visible(reason) }

  /// What stands in place of a check.
  static let code = "unreadable-file"
}

/// The path without a leading `./`.
func relativePath(_ path: String) -> String {
  var rest = path[...]
  while rest.hasPrefix("./"), rest.utf8.count > 2 { rest = rest.dropFirst(2) }
  return String(rest)
}

/// `1 error`, `2 errors`.
func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) " + (count == 1 ? one : many) }

// MARK: - Words

extension FormatInput {
  /// The message in one line.
  func message(_ diagnostic: Diagnostic) -> String { DisplayText.visible(diagnostic.message) }

  /// `GL0801 contradiction`.
  func heading(_ code: DiagnosticCode) -> String { code.id + " " + code.name }

  /// All that stands below the message where a format has room for plain lines.
  func details(_ diagnostic: Diagnostic) -> [String] {
    var lines = diagnostic.related.map { place($0.span) + ": " + DisplayText.visible($0.label) }
    lines += diagnostic.notes.map { "note: " + DisplayText.visible($0) }
    lines += diagnostic.example.map(exampleLines) ?? []
    lines += diagnostic.help.map { "help: " + DisplayText.visible($0) }
    lines += diagnostic.fixes.map { "fix [\($0.safety.rawValue)]: " + DisplayText.visible($0.title) }
    return lines
  }

  /// The place without white space at its end: a line that is only touched by a line's end does not belong to it.
  ///
  /// What is nothing but white space stays as it is.
  func shown(_ span: Span) -> Span {
    let bytes = files[span.file].bytes
    let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    let end = min(Int(span.end), bytes.count)
    guard Int(span.start) < end, let last = bytes[Int(span.start)..<end].lastIndex(where: { !blanks.contains($0) })
    else { return span }
    return Span(file: span.file, start: span.start, end: UInt32(truncatingIfNeeded: last + 1))
  }

  /// `path:line:column`.
  func place(_ span: Span) -> String { DisplayText.visible(files.describe(span)) }

  private func exampleLines(_ example: ExamplePatient) -> [String] {
    [exampleHeading + ":"] + example.facts.map { "  " + DisplayText.visible($0) }
      + example.outcome.map { "the engine answers: " + DisplayText.visible($0) }
  }

  /// What makes the patient worth believing.
  var exampleHeading: String { "example patient (confirmed by the engine; every other fact is free)" }

  /// How many findings are not shown because the project has spoken about them; nil: none.
  var silent: String? {
    let known = report.findings.count { $0.state == .inBaseline }
    let allowed = report.findings.count - open.count - known
    let parts = [
      allowed == 0 ? nil : counted(allowed, "finding is", "findings are") + " allowed with a reason",
      known == 0 ? nil : counted(known, "finding was", "findings were") + " there when the baseline was written",
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
