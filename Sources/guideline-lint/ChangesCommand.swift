internal import ArgumentParser
internal import CommandSupport
internal import FindingFormats
internal import GuidelineJSON
internal import GuidelineLint
internal import SourceText

/// Compares the library with an earlier version of it.
struct ChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "Say for whom the advice changes, against a folder or a revision of git.",
    discussion: """
      Every conclusion of the two versions is compared for all patients: for
      each that changes a minimal patient is shown, with what the engine says
      before and after; when nothing changes, that is proved.

        guideline-lint changes guidelines --against main
        guideline-lint changes guidelines --against ../released/guidelines
        guideline-lint changes guidelines --against v2.1.0 --format markdown

      The version of each changed document has to rise: major when some
      patient's advice changes, minor when something is said that was said of
      nobody before, patch when it is proved that nobody's advice changes.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case full
    case short
    case json
    case markdown
  }

  @OptionGroup var options: LintOptions

  @Option(help: ArgumentHelp("The earlier version.", valueName: "folder or revision"))
  var against: String

  @Option(help: "How the changes are written: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = Format.full

  @Option(help: ArgumentHelp("Colours: auto, always or never; NO_COLOR is respected.", valueName: "when"))
  var color = ColorChoice.auto

  func run() throws {
    var run = try LintRun(options)
    run.settings.against = try withProgress("reading \(against)") { try earlier(run) }
    run.settings.changelogs = try changelogs(run.files)
    if run.settings.select.isEmpty { run.settings.select = ["GL0702", "GL11"] }
    let report = run.lint("comparing \(run.files.all.count) files with \(against)")
    try write(report)
    for file in report.unreadable { OutputStream.errors.tell("error: \(file.reason)\n") }
    guard report.unreadable.isEmpty else { throw Stop(.unreadable, "") }
    if report.findings.contains(where: { $0.state == .open && $0.diagnostic.code.severity == .error }) {
      throw Stop(.failure, "")
    }
  }

  private func earlier(_ run: LintRun) throws(Stop) -> SourceFiles {
    guard Folders.isFolder(against) else { return try GitRevision(name: against).content(below: run.paths) }
    var content = ContentFiles()
    try content.add(path: against)
    return content.files
  }

  /// `CHANGELOG.md` of every folder with content.
  private func changelogs(_ files: SourceFiles) throws(Stop) -> [InputFile] {
    var found: [InputFile] = []
    for folder in Set(files.all.map { Folders.parent(of: $0.path) }).sorted() {
      if let file = try LintRun.readIfThere(Folders.join(folder, "CHANGELOG.md")) { found.append(file) }
    }
    return found
  }

  private func write(_ report: LintReport) throws(Stop) {
    guard let changes = report.changes else { return }
    switch format {
    case .markdown: try OutputStream.output.write(ChangesMarkdown(changes).text)
    case .json: try OutputStream.output.write(changes.json.prettyBytes)
    case .short, .full:
      let output = Output(
        format: format == .full ? .full : OutputFormat(machine: .short), color: color, showsSuppressed: false,
        failOn: .error)
      guard format == .full else { return try output.write(report) }
      try OutputStream.output.write(ChangesText(changes).text + "\n")
      // What only says who is affected stands above already.
      var rest = report
      rest.findings.removeAll { $0.diagnostic.code.severity == .info }
      rest.remarks = []
      try output.write(rest)
    }
  }
}
