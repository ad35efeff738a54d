internal import ArgumentParser
internal import CommandSupport

/// The door for people and scripts.
@main
struct GuidelineCommand: ParsableCommand {
  static let name = "guideline"

  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Advice from clinical guidelines written as YAML, with its reasons.",
    discussion: """
      A library is a folder of YAML documents: vocabularies, guidelines and
      tests. The commands look for it in `guidelines`, or where --library says.

        guideline eval --facts patient.yaml        what the guidelines advise
        guideline explain --rule ID --facts FILE   why a rule speaks, or why not
        guideline batch --facts patients.ndjson    the same for many patients
        guideline compile                          one file that answers at once
        guideline test                             run the tests of a library
        guideline facts                            what can be said of a patient

      Results go to standard output, everything else to standard error. Exit
      codes: 0 done, 1 a test failed or something is missing, 2 misuse or
      invalid content, 3 something could not be read or written.

      Guidelines and advice are for people who can judge them: check before
      you act.
      """,
    version: productVersion,
    subcommands: [
      EvalCommand.self, BatchCommand.self, ExplainCommand.self, CompileCommand.self, TestCommand.self,
      CoverageCommand.self, FactsCommand.self, GraphCommand.self, PrintCommand.self, SchemaCommand.self,
    ])

  static func main() { runCommand(Self.self) }
}
