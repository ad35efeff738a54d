internal import ArgumentParser
internal import ClinicalValues
internal import CommandSupport
internal import GuidelineKit

/// Makes a program of a library.
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Make one file of a library that answers at once.",
    discussion: """
      Reading, checking and compiling a library takes most of the time of one
      answer. `compile` does that once and writes a program: a file that
      `eval`, `explain` and `batch` take in place of the library.

        guideline compile --library guidelines
        guideline compile --library guidelines --output guidelines.glprogram
        guideline eval --program guidelines.glprogram --facts patient.yaml

      The answers have the same bytes as those from the library, on every day:
      the program holds each choice of guidelines that is in force on some day,
      and each edition that never is. What else `eval --use` is to name is
      named here, with a comma between those that are to be used together.

        guideline compile --use cpic-thiopurines@2018
        guideline compile --use cpic-thiopurines@2018,thiopurine-alleles

      Without --output the file is named for its content: the fingerprint of
      the library, and `.glprogram`; its name is printed. The same library
      gives the same bytes. A program is run by the version that has made it,
      and refused by any other, as is a file that is damaged.

      Exit codes: 0 done, 2 misuse or invalid content, 3 something could not be
      read or written.
      """)

  @OptionGroup var options: LibraryOptions

  @Option(help: ArgumentHelp("Write the program to this file.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Also hold this choice of guidelines: an edition or version, or several with commas; may be repeated.",
      valueName: "id@edition"))
  var use: [String] = []

  func run() throws {
    let library = try options.load()
    let bytes = try withProgress("compiling") {
      try options.checked { () throws(InvalidContent) in
        try library.program(pinned: choices, today: localToday(), folder: options.library, engine: productVersion)
      }
    }
    let path = output ?? name(library.fingerprint(seenFrom: options.library))
    try writeFile(path, bytes)
    try OutputStream.output.write("\(path)\n")
  }

  private var choices: [[String]] {
    use.map { $0.split(separator: ",").map { name in String(name.filter { $0 != " " }) } }
  }

  /// `fnv1a64:0123456789abcdef` is no name for a file everywhere.
  private func name(_ fingerprint: String) -> String {
    "\(fingerprint.split(separator: ":").last ?? "guidelines").glprogram"
  }
}
