internal import ArgumentParser
internal import ClinicalValues
internal import CommandSupport
internal import GuidelineKit

/// From which day the guidelines are seen, and which editions of them.
struct EditionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The day to advise for, YYYY-MM-DD (default: today).", valueName: "date"),
    transform: readDay)
  var today: Day?

  @Option(
    help: ArgumentHelp(
      "Use exactly this edition or version of a guideline, and those it uses; may be repeated.",
      valueName: "id@edition"))
  var use: [String] = []

  func choose(from source: GuidelineSource, _ color: ColorChoice) throws -> Guidelines {
    let day = today ?? localToday()
    let guidelines = try showingFaults(color) { () throws(InvalidContent) in
      use.isEmpty ? try source.guidelines(inForceOn: day) : try source.guidelines(pinned: use, today: day)
    }
    UntilExit.keep(guidelines)
    return guidelines
  }
}

/// Whom to advise.
struct PatientOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is known of the patient, as YAML or JSON; `-` reads standard input.", valueName: "file"))
  var facts: String

  func read(with source: GuidelineSource, _ color: ColorChoice) throws -> Facts {
    let bytes = try readFile(facts)
    return try showingFaults(color) { () throws(InvalidContent) in
      try source.facts(path: shownName(facts), bytes: bytes)
    }
  }
}

/// A day as people write it on the command line.
func readDay(_ text: String) throws -> Day {
  switch Day.read(iso: text) {
  case .success(let day): return day
  case .failure(let problem): throw ValidationError("`\(text)` is no day: \(problem.message)")
  }
}
