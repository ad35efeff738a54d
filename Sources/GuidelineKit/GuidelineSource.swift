public import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineStore
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

/// What answers need of a library: its vocabulary, which documents there are, and the program of each choice of them.
public struct GuidelineSource: Sendable {
  private enum Origin: Sendable {
    case library(GuidelineLibrary)
    case stored(StoredLibrary)
  }

  private let origin: Origin
  let headers: [DocumentFacts]
  /// The days on which another choice of documents may begin to speak, ascending: one comes into force, or has ended.
  let turns: [Day]
  let vocabulary: Vocabulary
  let quotations: Quotations

  init(_ library: GuidelineLibrary) {
    origin = .library(library)
    // What is wrong with a head is among the library's findings.
    var scratch = Diagnostics()
    headers = library.syntax.documentFacts(into: &scratch)
    turns = Self.turns(of: headers)
    vocabulary = library.vocabulary
    quotations = Quotations(library.files)
  }

  /// Reads a program file that `GuidelineLibrary.program` has made; `engine`: the version that runs it.
  public init(program bytes: [UInt8], engine: String) throws(UnusableProgram) {
    let stored: StoredLibrary
    do throws(ProgramRefusal) {
      stored = try StoredLibrary(bytes, engine: engine)
    } catch {
      throw UnusableProgram(error, engine: engine)
    }
    origin = .stored(stored)
    headers = stored.headers
    turns = Self.turns(of: headers)
    vocabulary = stored.vocabulary
    quotations = stored.quotations
  }

  private static func turns(of headers: [DocumentFacts]) -> [Day] {
    let begins = headers.compactMap(\.from)
    let ends = headers.compactMap { $0.until.map { Day(number: $0.number &+ 1) } }
    return (begins + ends).ascendingOnce
  }

  /// The first day after this one on which the choice of documents may be another.
  func turn(after day: Day) -> Day? {
    var (low, high) = (0, turns.count)
    while low < high {
      let middle = (low + high) / 2
      if turns[middle] > day { high = middle } else { low = middle + 1 }
    }
    return low < turns.count ? turns[low] : nil
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
    guard !found.hasErrors else { throw invalid(found, files) }
    return try compile(selected, selection)
  }

  /// Places in the library are none in a program: what is said there is left out.
  private func invalid(_ found: Diagnostics, _ files: SourceFiles) -> InvalidContent {
    var shown = found.sorted(in: files)
    if case .stored = origin {
      for index in shown.indices { shown[index].related = [] }
    }
    return InvalidContent(diagnostics: shown, files: files)
  }

  /// `selected`: indices of documents.
  func compile(_ selected: [Int], _ selection: Selection) throws(InvalidContent) -> Guidelines {
    switch origin {
    case .library(let library):
      Guidelines(
        program: try library.compile(selected), source: self, selection: selection, selected: selected,
        hashes: selected.map { library.fingerprint(ofDocument: $0) })
    case .stored(let stored):
      Guidelines(
        program: try program(stored, selected, selection), source: self, selection: selection, selected: selected,
        hashes: selected.map { index in
          zip(headers, stored.hashes).first { $0.0.index == index }?.1 ?? ""
        })
    }
  }

  private func program(
    _ stored: StoredLibrary, _ selected: [Int], _ selection: Selection
  ) throws(InvalidContent) -> Program {
    var found = Diagnostics()
    do throws(ProgramRefusal) {
      if let program = try stored.program(of: selected) { return program }
      var names = "the guidelines in force on \(selection.day.iso)"
      var help = "make the program anew with `guideline compile`"
      if case .pinned(let pins, _) = selection {
        names = pins.map { "`\($0.text)`" }.joined(separator: " with ")
        help = "make it with `guideline compile --use \(pins.map(\.text).joined(separator: ","))`"
      }
      found.report(
        ModelFault.notInForce.code, "the program was not made for \(names)", at: nil, help: [help])
    } catch {
      let refusal = UnusableProgram(error, engine: "")
      found.report(ModelFault.notInForce.code, refusal.message, at: nil, help: [refusal.help])
    }
    throw InvalidContent(diagnostics: found.sorted(in: SourceFiles()), files: SourceFiles())
  }

  /// The files that places are in.
  private var files: SourceFiles {
    switch origin {
    case .library(let library): library.files
    case .stored: SourceFiles()
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
    case .stored(let stored): stored.fingerprint
    }
  }

  /// The folder of the library that a program was made of, as it was named then; nil: this is no program.
  public var folder: String? {
    if case .stored(let stored) = origin { stored.folder } else { nil }
  }

  /// The fields that conclusions can have, of all kinds, by name; the subject is not among them.
  public var conclusionFields: [String] {
    Set(vocabulary.kinds.flatMap { $0.fields.dropFirst().dropLast().map(\.name) }).sorted(by: byCodePoints)
  }
}
