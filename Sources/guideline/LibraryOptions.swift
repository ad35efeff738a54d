internal import ArgumentParser
internal import CommandSupport
internal import GuidelineKit
internal import SourceText

/// Which library to read, and how to speak about it.
struct LibraryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder that holds vocabularies, guidelines and tests.", valueName: "folder"))
  var library = Self.folder

  static let folder = "guidelines"

  @Option(help: ArgumentHelp("Colours: auto, always or never; NO_COLOR is respected.", valueName: "when"))
  var color = ColorChoice.auto

  /// Reads the library; with anything wrong in it nothing goes on.
  func load() throws -> GuidelineLibrary { try load(adding: []).library }

  /// Reads the library and files besides it, and says what these are called among the library's files.
  func load(adding paths: [String]) throws -> (library: GuidelineLibrary, added: [String]) {
    var content = ContentFiles()
    try content.add(library: library)
    var added: [String] = []
    for path in paths { added += try content.add(path: path) }
    for link in content.skippedLinks {
      OutputStream.errors.tell("note: `\(link)` is a symbolic link and is not followed\n")
    }
    let files = content.files
    let read = withProgress("reading \(files.all.count) files") { GuidelineLibrary(files, on: Threads(nil)) }
    guard read.isValid else {
      throw refuse(read.diagnostics.filter { $0.code.severity == .error }, in: files, color: color)
    }
    guard read.hasGuidelines else {
      throw Stop(
        .misuse, "there are no guidelines in `\(library)`\nname the folder that holds them with `--library FOLDER`")
    }
    return (read, added)
  }

  /// Does what may meet invalid content, and shows it.
  func checked<Result>(_ work: () throws(InvalidContent) -> Result) throws(Stop) -> Result {
    try showingFaults(color, work)
  }
}

/// Does what may meet invalid content; shows it, and ends the command.
func showingFaults<Result>(_ color: ColorChoice, _ work: () throws(InvalidContent) -> Result) throws(Stop) -> Result {
  do throws(InvalidContent) { return try work() } catch {
    throw refuse(error.diagnostics, in: error.files, color: color)
  }
}
