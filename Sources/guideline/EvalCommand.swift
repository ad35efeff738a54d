internal import ArgumentParser
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineKit

/// How a result is written.
enum ResultFormat: String, WordChoice {
  case text
  case json
}

/// What the guidelines advise for one patient.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    _superCommandName: GuidelineCommand.name,
    abstract: "Say what the guidelines advise for a patient, and why.",
    discussion: """
      The facts are YAML or JSON in the shape of `given:` in the tests, for example

        patient.age: 55 a
        diagnosis: [sjogren]
        ild: {present: yes, severity: moderate}
        medication: []
        lab.wbc: [{value: 6.0 10*9/L, on: 2025-05-29}]

      What is left out is unknown; `[]` says that there are none. `guideline facts` lists all names.

        guideline eval --facts patient.yaml --today 2025-06-01
        guideline eval --facts patient.yaml --explain
        guideline eval --facts - --format json < patient.json
        guideline eval --facts patient.yaml --use cpic-thiopurines@2018
      """)

  @OptionGroup var patient: PatientOptions
  @OptionGroup var editions: EditionOptions
  @OptionGroup var options: SourceOptions

  @Option(help: "text for people, json in canonical form.")
  var format = ResultFormat.text

  @Flag(help: "Show the conditions behind every conclusion, with file and line.")
  var explain = false

  func run() throws {
    let (source, folder) = try options.load()
    let facts = try patient.read(with: source, options.color)
    let guidelines = try editions.choose(from: source, options.color)
    var wanted = Guidelines.Options()
    // Without `--explain` a text says only why guidelines do not apply.
    wanted.reasons = explain || format == .json
    wanted.scopeReasons = true
    let report = withProgress("evaluating") { guidelines.evaluate(facts, wanted) }
    switch format {
    case .json: try OutputStream.output.write(canonicalJSON(report.seen(from: folder)) + [UInt8(ascii: "\n")])
    case .text: try OutputStream.output.write(TextReport(report, explains: explain, page: Page(options.color)).render())
    }
  }
}
