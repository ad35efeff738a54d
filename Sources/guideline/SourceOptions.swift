internal import ArgumentParser
internal import CommandSupport
internal import GuidelineKit

/// Where the guidelines come from: a library, or a program that was made of one.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder that holds vocabularies and guidelines (default: guidelines).", valueName: "folder"))
  var library: String?

  @Option(
    help: ArgumentHelp(
      "A program that `guideline compile` has made, in place of the library: the same answers, without reading it.",
      valueName: "file"))
  var program: String?

  @Option(help: ArgumentHelp("Colours: auto, always or never; NO_COLOR is respected.", valueName: "when"))
  var color = ColorChoice.auto

  func validate() throws {
    if library != nil, program != nil {
      throw ValidationError("`--program` takes the place of `--library`: give one of the two")
    }
  }

  /// Reads the library or the program, and says in which folder its files are shown.
  func load() throws -> (source: GuidelineSource, folder: String) {
    guard let program else {
      let options = libraryOptions
      return (try options.load().source, options.library)
    }
    let bytes = try readFile(program)
    do throws(UnusableProgram) {
      let source = try GuidelineSource(program: bytes, engine: productVersion)
      return (source, source.folder ?? LibraryOptions.folder)
    } catch {
      throw Stop(.misuse, "`\(shownName(program))` cannot be run: \(error.message)\n\(error.help)")
    }
  }

  /// What is given as a library.
  private var libraryOptions: LibraryOptions {
    var options = LibraryOptions()
    options.library = library ?? LibraryOptions.folder
    options.color = color
    return options
  }
}
