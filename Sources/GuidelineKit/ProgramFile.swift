public import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineStore
internal import GuidelineSyntax
internal import SourceText

extension GuidelineLibrary {
  /// The library as a program file, which `GuidelineSource` reads without reading, checking and compiling the content.
  ///
  /// It holds a program for each choice of guidelines that is in force on some day, for each edition that never is, and
  /// for each choice that `pinned` names. The same library gives the same bytes.
  ///
  /// `folder`: where the library is, as it was named. `engine`: the version that is to run it.
  public func program(
    pinned choicesOfNames: [[String]] = [], today: Day, folder: String, engine: String
  ) throws(InvalidContent) -> [UInt8] {
    let source = source
    guard isValid else { throw InvalidContent(diagnostics: diagnostics, files: files) }
    // On days before the first guideline none is in force, and that is an answer too.
    var choices: [[Int]] = [[]]
    for choice in everySelection(of: syntax) where !choices.contains(choice) { choices.append(choice) }
    for asked in choicesOfNames {
      // Names that are wrong are refused here, with their place.
      let own = try source.guidelines(pinned: asked, today: today).selected
      let pins = asked.map { Pin($0, span: Span(file: FileID(0), start: 0, end: 0)) }
      choices += selections(pinned: pins, of: syntax) + [own]
    }
    var companies: [LibraryContent.Company] = []
    for choice in choices where !companies.contains(where: { $0.selected == choice }) {
      companies.append(LibraryContent.Company(selected: choice, program: try compile(choice)))
    }
    let content = LibraryContent(
      fingerprint: fingerprint(seenFrom: folder), folder: folder, headers: source.headers,
      hashes: source.headers.map { fingerprint(ofDocument: $0.index) }, vocabulary: vocabulary, companies: companies)
    return content.bytes(quoting: source.quotations, engine: engine)
  }
}

/// A file that cannot be run as a program.
public struct UnusableProgram: Error, Hashable, Sendable {
  /// What it is instead, as half a sentence.
  public let message: String
  /// What to do.
  public let help: String

  init(_ refusal: ProgramRefusal, engine: String) {
    var help = "make it anew with `guideline compile`"
    switch refusal {
    case .noProgram:
      message = "it is no program that `guideline compile` has made"
      help = "name a program, or a library with `--library`"
    case .otherFormat(let format):
      message = "it has the form \(format) of programs, and this version reads the form \(ProgramRefusal.format)"
    case .otherEngine(let other):
      message = "it was made by version \(other), and this is version \(engine)"
    case .otherLength(let length, let said):
      message = "it is damaged: it has \(length) bytes, and should have \(said)"
      help = "copy it again, or make it anew with `guideline compile`"
    case .changed:
      message = "it is damaged: its checksum does not fit its content"
      help = "copy it again, or make it anew with `guideline compile`"
    case .damaged(let damage):
      message = "it is damaged at byte \(damage.offset): \(damage.what)"
    }
    self.help = help
  }
}
