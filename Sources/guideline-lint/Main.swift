internal import ArgumentParser
internal import CommandSupport

/// The door for those who write guidelines: everything that is wrong, at its place.
@main
struct GuidelineLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guideline-lint",
    abstract: "Find what is wrong in clinical guidelines written as YAML.",
    discussion: """
      Without the name of a subcommand the paths are checked:

        guideline-lint guidelines

      Exit codes: 0 nothing found that fails the run, 1 findings, 2 misuse or
      a wrong configuration, 3 something could not be read or was not decided,
      4 the linter itself failed.
      """,
    version: productVersion,
    subcommands: [
      LintCommand.self, ExplainCommand.self, ChecksCommand.self, BaselineCommand.self, ChangesCommand.self,
    ],
    defaultSubcommand: LintCommand.self)

  static func main() { runCommand(Self.self, FixChoice.spelledOut(Array(CommandLine.arguments.dropFirst()))) }
}
