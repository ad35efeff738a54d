internal import ArgumentParser
internal import CommandSupport
internal import FindingFormats
internal import GuidelineLint
internal import SourceText

/// The forms in which findings are written: with excerpts for people, or one of those for machines and pages.
struct OutputFormat: Hashable, ExpressibleByArgument, CustomStringConvertible {
  /// Nil: with excerpts, for a terminal.
  let machine: FindingFormat?

  static let full = OutputFormat(machine: nil)
  static let all = [full] + FindingFormat.allCases.map(OutputFormat.init(machine:))
  static var allValueStrings: [String] { all.map(\.description) }

  init(machine: FindingFormat?) { self.machine = machine }

  init?(argument: String) {
    guard let format = Self.all.first(where: { $0.description == argument }) else { return nil }
    self = format
  }

  var description: String { machine?.rawValue ?? "full" }
  static var allNames: String { all.map(\.description).joined(separator: ", ") }
  var defaultValueDescription: String { description }
}

/// Writes a report where it belongs.
struct Output {
  let format: OutputFormat
  let color: ColorChoice
  let showsSuppressed: Bool
  let failOn: Severity

  /// `mended`: what was done before, for people.
  func write(_ report: LintReport, after mended: String = "") throws(Stop) {
    let options = FormatOptions(version: productVersion, failOn: failOn)
    guard let machine = format.machine else {
      return try OutputStream.output.write(text(report, on: .output) + mended)
    }
    OutputStream.errors.tell(mended)
    try OutputStream.output.write(FindingFormats.format(report, as: machine, options: options))
    if machine == .github, let summary = Environment.value("GITHUB_STEP_SUMMARY"), !summary.isEmpty {
      try appendFile(summary, jobSummary(report, options: options))
    }
  }

  /// With excerpts, for people: the findings, how many there are, and what was looked at.
  func text(_ report: LintReport, on stream: OutputStream) -> String {
    let renderer = DiagnosticRenderer(style: .full, color: stream.usesColor(color), width: stream.columns)
    let shown = report.findings.filter { showsSuppressed || $0.state == .open }
    let text = renderer.render(shown.map(\.diagnostic), in: report.files) { shown[$0].remarks }
    let last = [report.summary(renderer)] + report.remarks
    return text + (text.isEmpty ? "" : "\n") + last.joined(separator: "\n") + "\n"
  }
}
