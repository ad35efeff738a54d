public import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

/// What answers need of a library: its vocabulary, which documents there are, and the program of each choice of them.
public struct GuidelineSource: Sendable {
  private enum Origin: Sendable {
    case library(GuidelineLibrary)
  }

  private let origin: Origin
  let headers: [DocumentFacts]
  let vocabulary: Vocabulary
  let quotations: Quotations

  init(_ library: GuidelineLibrary) {
    origin = .library(library)
    // What is wrong with a head is among the library's findings.
    var scratch = Diagnostics()
    headers = library.syntax.documentFacts(into: &scratch)
    vocabulary = library.vocabulary
    quotations = Quotations(library.files)
  }

  // MARK: Guidelines

  /// The guidelines in force on a day.
  public func guidelines(inForceOn today: Day) throws(InvalidContent) -> Guidelines {
    try guidelines(.inForce(on: today), files: files)
  }

  /// Exactly these guidelines (`id@edition`, `id@version` or `id`), with what they name under `uses`.
  public func guidelines(pinned names: [String], today: Day) throws(InvalidContent) -> Guidelines {
    // The names become a file of their own, so that a wrong one is shown as it was given.
    var files = files
    let file = files.add(path: "<use>", bytes: Array(names.joined(separator: "\n").utf8))
    var start: UInt32 = 0
    let pins = names.map { name in
      let end = start &+ UInt32(truncatingIfNeeded: name.utf8.count)
      defer { start = end &+ 1 }
      return Pin(name, span: Span(file: file, start: start, end: end))
    }
    return try guidelines(.pinned(pins, on: today), files: files)
  }

  private func guidelines(_ selection: Selection, files: SourceFiles) throws(InvalidContent) -> Guidelines {
    if case .library(let library) = origin, !library.isValid {
      throw InvalidContent(diagnostics: library.diagnostics, files: library.files)
    }
    var found = Diagnostics()
    let selected = select(selection, from: headers, into: &found)
    guard !found.hasErrors else { throw InvalidContent(diagnostics: found.sorted(in: files), files: files) }
    return try compile(selected, selection)
  }

  /// `selected`: indices of documents.
  func compile(_ selected: [Int], _ selection: Selection) throws(InvalidContent) -> Guidelines {
    switch origin {
    case .library(let library):
      Guidelines(
        program: try library.compile(selected), source: self, selection: selection, selected: selected,
        hashes: selected.map { library.fingerprint(ofDocument: $0) })
    }
  }

  /// The files that places are in.
  private var files: SourceFiles {
    switch origin {
    case .library(let library): library.files
    }
  }

  // MARK: Facts

  /// The facts of a patient, as YAML or JSON in the shape of `given:`; what is wrong is refused with its place.
  public func facts(path: String, bytes: [UInt8]) throws(InvalidContent) -> Facts {
    var files = files
    let id = files.add(path: path, bytes: bytes)
    var found = Diagnostics()
    let tree = readYAML(files[id], into: &found)
    let read = patient(readData(tree), &found)
    guard !found.hasErrors else { throw InvalidContent(diagnostics: found.sorted(in: files), files: files) }
    return Facts(id: read.id, read.facts)
  }

  // MARK: What it is

  /// A fingerprint of all files of the library by their names below a folder: FNV-1a, 64 bits.
  public func fingerprint(seenFrom folder: String) -> String {
    switch origin {
    case .library(let library): library.fingerprint(seenFrom: folder)
    }
  }

  /// The fields that conclusions can have, of all kinds, by name; the subject is not among them.
  public var conclusionFields: [String] {
    Set(vocabulary.kinds.flatMap { $0.fields.dropFirst().dropLast().map(\.name) }).sorted(by: byCodePoints)
  }
}
