internal import ArgumentParser
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineKit

/// Why a rule speaks for a patient, or why not.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    _superCommandName: GuidelineCommand.name,
    abstract: "Say why a rule holds for a patient, or why not and what would change it.",
    discussion: """
      The conditions of the rule as they stand, those in the way with their
      distance (`lab.wbc 2.3, limit 2`), and the smallest changes of the facts
      after which the rule holds; each change was tried out.

        guideline explain --rule usual-dose --facts patient.yaml
        guideline explain --rule cpic-thiopurines/poor-metabolizer --facts -

      A row of a table is `table#row`; `guideline graph` shows all rules.
      """)

  @Option(help: ArgumentHelp("The rule: `rule`, `guideline/rule` or `table#row`.", valueName: "id"))
  var rule: String

  @OptionGroup var patient: PatientOptions
  @OptionGroup var editions: EditionOptions
  @OptionGroup var options: SourceOptions

  @Option(help: "text for people, or json.")
  var format = ResultFormat.text

  func run() throws {
    let source = try options.load().source
    let facts = try patient.read(with: source, options.color)
    let guidelines = try editions.choose(from: source, options.color)
    let explanation = try withProgress("looking for what would change it") {
      do throws(UnknownRule) { return try guidelines.explain(rule: rule, facts) } catch { throw Stop(error) }
    }
    switch format {
    case .json: try OutputStream.output.write(explanation.json.canonicalBytes + [UInt8(ascii: "\n")])
    case .text: try OutputStream.output.write(TextExplanation(explanation, page: Page(options.color)).render())
    }
  }
}
