internal import ArgumentParser
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineKit
internal import SourceText

/// The door for those who write guidelines: everything that is wrong, at its place.
@main
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guideline-lint",
    abstract: "Find what is wrong in clinical guidelines written as YAML.",
    discussion: """
      Reads all *.yaml, *.yml and *.csv below the paths as one library, and shows every finding with the lines
      concerned, what to do and, for a misspelt name, what was probably meant.

        guideline-lint guidelines
        guideline-lint guidelines --format short
        guideline-lint guidelines --format json > findings.json

      Exit codes: 0 nothing found, 1 findings, 2 misuse, 3 a path could not be read.
      """,
    version: productVersion)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case full
    case short
    case json
  }

  @Argument(help: ArgumentHelp("Folders and files that make up the library.", valueName: "path"))
  var paths: [String]

  @Option(help: "full with excerpts, short with a line for each finding, or json.")
  var format = Format.full

  @Option(help: ArgumentHelp("Colours: auto, always or never; NO_COLOR is respected.", valueName: "when"))
  var color = ColorChoice.auto

  static func main() { runCommand(Self.self) }

  func run() throws {
    let files = try read()
    let library = withProgress("checking \(files.all.count) files") { GuidelineLibrary(files) }
    try OutputStream.output.write(show(library.diagnostics, files))
    if !library.diagnostics.isEmpty { throw Stop(.failure, "") }
  }

  private func read() throws(Stop) -> SourceFiles {
    var content = ContentFiles()
    for path in paths { try content.add(path: path) }
    for link in content.skippedLinks {
      OutputStream.errors.tell("note: `\(link)` is a symbolic link and is not followed\n")
    }
    guard !content.files.all.isEmpty else {
      throw Stop(.misuse, "there are no *.yaml or *.csv files below \(paths.joined(separator: ", "))")
    }
    return content.files
  }

  private func show(_ found: [Diagnostic], _ files: SourceFiles) -> [UInt8] {
    guard format != .json else { return canonicalJSON(found, in: files) + [UInt8(ascii: "\n")] }
    let stream = OutputStream.output
    let renderer = DiagnosticRenderer(
      style: format == .full ? .full : .short, color: stream.usesColor(color), width: stream.columns)
    let text = renderer.render(found, in: files)
    let summary = renderer.summary(found)
    return Array((text + (format == .full && !text.isEmpty ? "\n" : "") + summary + "\n").utf8)
  }
}
