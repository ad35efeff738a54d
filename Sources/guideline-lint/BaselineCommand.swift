internal import ArgumentParser
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineLint
internal import SourceText

/// Writes down what is found now, so that only what is new is reported.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Write down the findings of today as known, or take away those that no longer occur.",
    discussion: """
      The list is read when the configuration names it:
      `baseline: guideline-lint-baseline.json`. A finding is known by its
      check and the words of the rule it is about, not by its line. Checks
      that guard patients are never known.

        guideline-lint baseline guidelines
        guideline-lint baseline guidelines --prune
      """)

  @OptionGroup var options: LintOptions

  @Option(
    help: ArgumentHelp("Where the list is; default: what the configuration says.", valueName: "file"))
  var output: String?

  @Flag(help: "Only take away what no longer occurs; add nothing.")
  var prune = false

  func run() throws {
    var run = try LintRun(options)
    let path = output ?? run.baselinePath ?? "guideline-lint-baseline.json"
    run.settings.baseline = try LintRun.readIfThere(path)
    let report = run.lint()
    guard report.unreadable.isEmpty else {
      throw Stop(.unreadable, report.unreadable.map(\.reason).joined(separator: "\n"))
    }
    let baseline = prune ? report.knownFindings() : report.findingsToKnow()
    try writeFile(path, bytes(baseline))
    let count = baseline.entries.count
    OutputStream.errors.tell("\(path): \(count) known finding\(count == 1 ? "" : "s")\n")
  }

  /// An entry a line, so that a change is read easily.
  private func bytes(_ baseline: Baseline) -> [UInt8] {
    let rows = baseline.entries.map { entry in
      "    "
        + JSONValue.object([
          "check": .string(entry.check), "fingerprint": .string(entry.fingerprint), "part": .string(entry.part),
        ]).canonicalText
    }
    return Array(("{\n  \"findings\": [\n" + rows.joined(separator: ",\n") + "\n  ]\n}\n").utf8)
  }
}
