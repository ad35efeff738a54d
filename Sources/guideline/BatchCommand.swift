internal import ArgumentParser
internal import ClinicalValues
internal import CommandSupport
internal import GuidelineKit

/// How the answers for many patients are written.
enum BatchFormat: String, WordChoice {
  case ndjson
  case csv
  case summary
}

/// What the guidelines advise for many patients.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    _superCommandName: GuidelineCommand.name,
    abstract: "Say what the guidelines advise for many patients.",
    discussion: """
      The file holds a patient in each line, as JSON: the facts as `guideline
      eval` takes them, and if you like what the patient is called by.

        {"@id": "17", "patient.age": "55 a", "diagnosis": ["sjogren"]}

      The order of the answers is the order of the lines. Formats:

        ndjson   a line for each patient: {"id":…,"line":…,"report":…}; the
                 report has the bytes of `guideline eval --format json`
        csv      a row for each conclusion, for spreadsheets
        summary  for how many patients there is which conclusion, which
                 guideline applies, which fact is asked for

      A line that cannot be used is reported on standard error with its number,
      nothing of it is evaluated, and the answers say so at its place: `refused`.
      Empty lines are passed over. With --strict the first such line ends it.

        guideline batch --facts patients.ndjson --format summary
        guideline batch --facts patients.ndjson --output answers.ndjson
        guideline batch --facts patients.ndjson --explain 17

      With --output the answers grow in `FILE.partial` until they are complete.
      After an interruption the same command with --resume goes on behind the
      last patient; it refuses when the library, the day, the choice or the
      patients before are not the same.

      Exit codes: 0 done, 1 lines were refused, 2 misuse or invalid content,
      3 something could not be read or written, 130 interrupted.
      """)

  @Option(
    help: ArgumentHelp("The patients, one in each line, as JSON; `-` reads standard input.", valueName: "file"))
  var facts: String

  @OptionGroup var editions: EditionOptions
  @OptionGroup var options: SourceOptions

  @Option(help: "ndjson, csv or summary.")
  var format = BatchFormat.ndjson

  @Flag(help: "Leave reasons (`because`) and `valid_until` out of the reports: much faster.")
  var brief = false

  @Option(help: ArgumentHelp("Write the answers to this file once they are complete.", valueName: "file"))
  var output: String?

  @Flag(help: "Go on with the unfinished answers of --output.")
  var resume = false

  @Flag(help: "End at the first line that cannot be used.")
  var strict = false

  @Option(help: ArgumentHelp("The answer for this patient alone, as text with reasons.", valueName: "id"))
  var explain: String?

  @Option(help: ArgumentHelp("How many threads work; the answers are the same.", valueName: "number"))
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("`--threads` is at least 1") }
    if resume, output == nil { throw ValidationError("`--resume` goes on with the file of `--output`: name it") }
    if resume, format == .summary { throw ValidationError("a summary is not resumed: it is complete or nothing") }
    if brief, format != .ndjson { throw ValidationError("`--brief` is about the reports of `--format ndjson`") }
    if explain != nil, output != nil || resume || strict || brief {
      throw ValidationError("`--explain` shows one patient: leave `--output`, `--resume`, `--strict` and `--brief` out")
    }
  }

  func run() throws {
    let (source, folder) = try options.load()
    let guidelines = try editions.choose(from: source, options.color)
    let task = BatchTask(
      source: source, guidelines: guidelines, format: format, folder: folder, file: shownName(facts),
      isBrief: brief, isStrict: strict)
    if let explain {
      return try BatchExplanation(task: task, page: Page(options.color)).show(explain, in: LineSource(facts))
    }
    var run = try BatchRun(task: task, source: LineSource(facts), threads: Threads(threads), output: place(task))
    try run.go()
  }

  private func place(_ task: BatchTask) throws -> BatchOutput {
    guard let output else { return .stream }
    let day = (editions.today ?? localToday()).iso
    let choice = [productVersion, format.rawValue, brief ? "brief" : "", day] + editions.use
    return try .file(output, choice: choice.joined(separator: " "), resuming: resume)
  }
}
