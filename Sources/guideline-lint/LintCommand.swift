internal import ArgumentParser
internal import CommandSupport
internal import GuidelineLint
internal import SourceText

/// Checks a library and shows what was found.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check guidelines, and show every finding with its place and what to do. This is the default.",
    discussion: """
      Reads all *.yaml, *.yml and *.csv below the paths as one library.

        guideline-lint guidelines
        guideline-lint guidelines --format short
        guideline-lint guidelines --format json > findings.json
        guideline-lint guidelines --fail-on warning --ignore GL12
        guideline-lint guidelines --watch
        guideline-lint guidelines --fix
        guideline-lint guidelines --fix=suggested --diff
        guideline-lint - guidelines --stdin-filename guidelines/a.yaml < a.yaml
      """)

  @OptionGroup var options: LintOptions

  @Option(help: ArgumentHelp("How findings are written: \(OutputFormat.allNames).", valueName: "format"))
  var format = OutputFormat.full

  @Option(
    help: ArgumentHelp("The severity that fails the run: error, warning or info.", valueName: "severity"),
    transform: readSeverity)
  var failOn: Severity?

  @Flag(help: "Show allowed and known findings too.")
  var showSuppressed = false

  @Flag var fix: FixChoice?

  @Flag(help: "Write nothing, and show what `--fix` would change as a unified diff.")
  var diff = false

  @Flag(help: "Check again whenever a file changes, until interrupted.")
  var watch = false

  @Option(help: ArgumentHelp("Colours: auto, always or never; NO_COLOR is respected.", valueName: "when"))
  var color = ColorChoice.auto

  func validate() throws {
    if watch, fix != nil || diff { throw ValidationError("`--watch` only looks: leave out `--fix` and `--diff`") }
  }

  func run() throws {
    guard fix == nil, !diff else { return try finish(mend()) }
    guard watch else { return try finish(runOnce()) }
    guard !options.paths.contains("-") else {
      throw Stop(.misuse, "standard input cannot be watched\nleave out `--watch`, or name a file")
    }
    try watchForever(options) { _ = try runOnce() }
  }

  private func runOnce() throws -> (report: LintReport, failOn: Severity) {
    let run = try LintRun(options)
    let report = run.lint()
    let failOn = failOn ?? run.configuration.failOn ?? .error
    try output(failOn).write(report)
    return (report, failOn)
  }

  private func output(_ failOn: Severity) -> Output {
    Output(format: format, color: color, showsSuppressed: showSuppressed, failOn: failOn)
  }

  /// The report that decides about the exit code: with `--diff` that on the files as they are.
  private func mend() throws -> (report: LintReport, failOn: Severity) {
    let run = try LintRun(options)
    let failOn = failOn ?? run.configuration.failOn ?? .error
    let fixed = run.fix(fix == .suggested ? .suggested : .safe)
    let summary = FixSummary(fixed, isWritten: !diff)
    if diff {
      for change in fixed.changed { try OutputStream.output.write(UnifiedDiff(change).bytes) }
      OutputStream.errors.tell(summary.text)
      return (fixed.reportBefore, failOn)
    }
    guard run.paths.contains("-") else {
      for change in fixed.changed { try replaceFile(change.path, change.before, with: change.after) }
      try output(failOn).write(fixed.report, after: summary.text)
      return (fixed.report, failOn)
    }
    let draft = fixed.changed.first { $0.path == options.stdinFilename }?.after
    try OutputStream.output.write(draft ?? run.files.all.first { $0.path == options.stdinFilename }?.bytes ?? [])
    OutputStream.errors.tell(output(failOn).text(fixed.report, on: .errors) + summary.text)
    return (fixed.report, failOn)
  }

  /// What could not be read is never hidden behind what was found.
  private func finish(_ result: (report: LintReport, failOn: Severity)) throws {
    let report = result.report
    for file in report.unreadable { OutputStream.errors.tell("error: \(file.reason)\n") }
    if report.isIncomplete { throw Stop(.unreadable, "") }
    if report.hasConfigurationFault { throw Stop(.misuse, "") }
    if let worst = report.worst, worst >= result.failOn, worst > .info || result.failOn == .info {
      throw Stop(.failure, "")
    }
  }
}

private func readSeverity(_ text: String) throws -> Severity {
  if let severity = Severity(rawValue: text) { return severity }
  throw ValidationError("`\(text)` is no severity: write error, warning or info")
}
