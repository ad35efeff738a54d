internal import ArgumentParser
internal import CommandSupport
internal import GuidelineKit

/// A document in canonical writing.
struct PrintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print",
    abstract: "Write a document in its canonical form, comments kept.",
    discussion: """
      The order of keys is that of the grammar, conditions have plain blanks.
      The meaning stays as it is, and printing twice changes nothing more.
      The file is left alone:

        guideline print guidelines/cpic-thiopurines/2025.yaml > tidy.yaml
      """)

  @Argument(help: ArgumentHelp("The document; `-` reads standard input.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Colours of messages: auto, always or never.", valueName: "when"))
  var color = ColorChoice.auto

  func run() throws {
    let bytes = try readFile(file)
    let text = try showingFaults(color) { () throws(InvalidContent) in
      try GuidelineLibrary.canonicalText(path: shownName(file), bytes: bytes)
    }
    try OutputStream.output.write(text)
  }
}
