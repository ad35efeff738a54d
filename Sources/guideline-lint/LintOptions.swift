internal import ArgumentParser
internal import ClinicalValues
internal import CommandSupport
internal import GuidelineLint
internal import SourceText

/// What to read, and which checks are wanted.
struct LintOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Folders and files that make up the library; `-` is standard input.", valueName: "path"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp("The configuration; without it `.guideline-lint.yaml` is looked for.", valueName: "file"))
  var config: String?

  @Flag(help: "Read no configuration.")
  var noConfig = false

  @Option(
    name: .customLong("select"),
    help: ArgumentHelp(
      "Only these checks: ids, beginnings of ids or names, separated by commas; may be repeated.",
      valueName: "checks"))
  var selectLists: [String] = []

  @Option(
    name: .customLong("ignore"),
    help: ArgumentHelp("Not these checks, separated by commas; may be repeated.", valueName: "checks"))
  var ignoreLists: [String] = []

  @Option(help: ArgumentHelp("What standard input is called, as if it were saved there.", valueName: "path"))
  var stdinFilename = "stdin.yaml"

  @Option(
    help: ArgumentHelp("The day from which content is seen; default: today.", valueName: "date"),
    transform: readDay)
  var today: Day?

  @Option(help: ArgumentHelp("How many threads work; the findings are the same.", valueName: "number"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Where proofs are kept for the next run; default: the user's folder for such files.", valueName: "folder"))
  var cache: String?

  @Flag(help: "Keep no proofs, and use none.")
  var noCache = false

  var select: [String] { Self.names(in: selectLists) }

  var ignore: [String] { Self.names(in: ignoreLists) }

  /// `GL0806,GL0805`: what is meant does not depend on blanks around the commas.
  private static func names(in lists: [String]) -> [String] {
    lists.flatMap { list in
      list.split(separator: ",", omittingEmptySubsequences: false).map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    }
  }

  func validate() throws {
    if cache != nil, noCache { throw ValidationError("`--cache` and `--no-cache` exclude each other") }
    if config != nil, noConfig { throw ValidationError("`--config` and `--no-config` exclude each other") }
    if let threads, threads < 1 { throw ValidationError("`--threads` is at least 1") }
    for name in select + ignore where !Self.isKnown(name) {
      let hint = NearestNames.didYouMean(name, among: Catalogue.allNames) ?? "`guideline-lint checks` lists them all"
      throw ValidationError("there is no check `\(name)`; \(hint)")
    }
  }

  private static func isKnown(_ name: String) -> Bool {
    Catalogue.check(named: name) != nil
      || name.hasPrefix("GL") && Catalogue.checks.contains { $0.code.id.hasPrefix(name) }
  }
}

/// A day as people write it on the command line.
private func readDay(_ text: String) throws -> Day {
  switch Day.read(iso: text) {
  case .success(let day): return day
  case .failure(let problem): throw ValidationError("`\(text)` is no day: \(problem.message)")
  }
}
