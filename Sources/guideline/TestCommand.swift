internal import ArgumentParser
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineKit

/// Runs the tests of a library.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests of a library, and show what does not hold.",
    discussion: """
      Without a path all `tests:` documents of the library run; with paths
      only those files, which may lie outside the library. A failure shows
      what was expected, what came nearest, and why it differs.

        guideline test
        guideline test more-patients.yaml --library guidelines
        guideline test --coverage
        guideline test --format junit > tests.xml

      Exit codes: 0 all passed, 1 a case failed, 2 misuse or invalid content,
      3 something could not be read.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case junit
  }

  @Argument(help: ArgumentHelp("Test documents, or folders that hold them.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var options: LibraryOptions

  @Option(help: "text for people, json, or junit for build servers.")
  var format = Format.text

  @Flag(help: "Name the rules, rows and boundaries that no case reaches.")
  var coverage = false

  func run() throws {
    let (library, added) = try options.load(adding: paths)
    let chosen = paths.isEmpty ? nil : Set(added)
    let result = withProgress("running the tests") { library.runTests(in: chosen, coverage: coverage) }
    guard !result.cases.isEmpty else {
      let place = paths.isEmpty ? options.library : paths.joined(separator: ", ")
      throw Stop(.misuse, "there are no test cases in `\(place)`\na test document begins with `tests: NAME`")
    }
    try OutputStream.output.write(show(result))
    if result.failed > 0 { throw Stop(.failure, "") }
  }

  private func show(_ result: TestRun) -> [UInt8] {
    switch format {
    case .text: Array(TextTestRun(result, page: Page(options.color)).render().utf8)
    case .json: result.json.canonicalBytes + [UInt8(ascii: "\n")]
    case .junit: Array(junit(result).utf8)
    }
  }
}
