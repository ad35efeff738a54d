internal import ArgumentParser
internal import CommandSupport
internal import GuidelineLint
internal import SourceText

/// Shows the page of a check.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a check: what it finds, why it matters, what to do.",
    discussion: """
        guideline-lint explain GL0305
        guideline-lint explain unused-fact --format markdown
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
  }

  @Argument(help: ArgumentHelp("Ids or names of checks.", valueName: "check"))
  var checks: [String]

  @Option(help: "text for the terminal, or markdown.")
  var format = Format.text

  @Option(help: ArgumentHelp("Colours: auto, always or never; NO_COLOR is respected.", valueName: "when"))
  var color = ColorChoice.auto

  func run() throws {
    let pages = try checks.map { name in ExplainedCheck(try Self.check(name)) }
    let usesColor = OutputStream.output.usesColor(color)
    let texts = pages.map { format == .text ? $0.text(color: usesColor) : $0.markdown }
    try OutputStream.output.write(texts.joined(separator: "\n"))
  }

  private static func check(_ name: String) throws -> Check {
    let wanted = name.hasPrefix("gl") ? name.uppercased() : name
    if let check = Catalogue.check(named: wanted) { return check }
    let hint = NearestNames.didYouMean(wanted, among: Catalogue.allNames)
    throw Stop(.misuse, "there is no check `\(name)`\n\(hint ?? "`guideline-lint checks` lists them all")")
  }
}
