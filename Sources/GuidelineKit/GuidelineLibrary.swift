public import ClinicalValues
internal import GuidelineCompiler
package import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
public import SourceText

/// A library of guidelines: read, checked, and ready to choose from.
///
/// The files come in as bytes: this room opens nothing and looks at no clock.
///
/// ```swift
/// let library = GuidelineLibrary(files)
/// let guidelines = try library.guidelines(inForceOn: today)
/// let facts = try library.facts(path: "patient.yaml", bytes: bytes)
/// let report = guidelines.evaluate(facts)
/// ```
public struct GuidelineLibrary: Sendable {
  public private(set) var files: SourceFiles
  /// All that is wrong with the content, by place.
  ///
  /// With an error among them nothing is evaluated.
  public let diagnostics: [Diagnostic]
  let syntax: LibrarySyntax
  let vocabulary: Vocabulary

  /// Reads `*.yaml` as documents and `*.csv` as rows beside them, and checks every document in every company in which it
  /// is ever in force.
  public init(_ files: SourceFiles) {
    var found = Diagnostics()
    self.files = files
    syntax = readLibrary(files, into: &found)
    let checked = checkCompanies(syntax, into: &found)
    vocabulary = checked.vocabulary
    if !found.hasErrors {
      for company in checked.companies { _ = Program.compile(company.library, into: &found) }
    }
    diagnostics = found.sorted(in: files)
  }

  /// A library that was read and checked elsewhere.
  package init(_ syntax: LibrarySyntax, vocabulary: Vocabulary, found: Diagnostics) {
    files = syntax.files
    self.syntax = syntax
    self.vocabulary = vocabulary
    diagnostics = found.sorted(in: syntax.files)
  }

  public var isValid: Bool { !diagnostics.contains { $0.code.severity == .error } }

  /// Whether any document is a guideline.
  public var hasGuidelines: Bool { syntax.documents.contains { $0.syntax.header.kind == .guideline } }

  /// The guidelines in force on a day.
  public func guidelines(inForceOn today: Day) throws(InvalidContent) -> Guidelines {
    try guidelines(.inForce(on: today))
  }

  /// Exactly these guidelines (`id@edition`, `id@version` or `id`), with what they name under `uses`.
  public func guidelines(pinned names: [String], today: Day) throws(InvalidContent) -> Guidelines {
    // The names become a file of their own, so that a wrong one is shown as it was given.
    var library = self
    let file = library.files.add(path: "<use>", bytes: Array(names.joined(separator: "\n").utf8))
    var start: UInt32 = 0
    let pins = names.map { name in
      let end = start &+ UInt32(truncatingIfNeeded: name.utf8.count)
      defer { start = end &+ 1 }
      return Pin(name, span: Span(file: file, start: start, end: end))
    }
    return try library.guidelines(.pinned(pins, on: today))
  }

  func guidelines(_ selection: Selection) throws(InvalidContent) -> Guidelines {
    guard isValid else { throw InvalidContent(diagnostics: diagnostics, files: files) }
    var found = Diagnostics()
    let selected = select(selection, from: syntax, into: &found)
    guard !found.hasErrors else { throw InvalidContent(diagnostics: found.sorted(in: files), files: files) }
    return try compile(selected, selection)
  }

  func compile(_ selected: [Int], _ selection: Selection) throws(InvalidContent) -> Guidelines {
    var found = Diagnostics()
    let library = resolve(selected, of: syntax, vocabulary: vocabulary, into: &found)
    guard let program = Program.compile(library, into: &found), !found.hasErrors else {
      throw InvalidContent(diagnostics: found.sorted(in: files), files: files)
    }
    return Guidelines(
      program: program, library: self, selection: selection, selected: selected,
      hashes: selected.map { fingerprint(syntax.documents[$0]) })
  }

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

  /// A fingerprint of all files of the library by their names below a folder: FNV-1a, 64 bits.
  public func fingerprint(seenFrom folder: String) -> String {
    var hash = FNV()
    let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    let named = files.all.map { file in
      (name: file.path.hasPrefix(prefix) ? String(file.path.dropFirst(prefix.utf8.count)) : file.path, file: file)
    }
    for (name, file) in named.sorted(by: { byCodePoints($0.name, $1.name) }) {
      hash.add(Array(name.utf8))
      hash.add(file.bytes)
    }
    return "fnv1a64:" + hash.text
  }

  /// The fields that conclusions can have, of all kinds, by name; the subject is not among them.
  public var conclusionFields: [String] {
    Set(vocabulary.kinds.flatMap { $0.fields.dropFirst().dropLast().map(\.name) }).sorted(by: byCodePoints)
  }

  /// A fingerprint of a document and of the files of rows that it names: FNV-1a over their bytes, 64 bits.
  private func fingerprint(_ document: LibraryDocument) -> String {
    var hash = FNV()
    hash.add(files[document.file].bytes)
    let path = files[document.file].path
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    for name in document.syntax.tableFiles.sorted(by: byCodePoints) {
      if let file = files.all.first(where: { $0.path == folder + name }) { hash.add(file.bytes) }
    }
    return "fnv1a64:" + hash.text
  }
}

/// The facts of one patient, read with a library's vocabulary; the same facts serve every choice of its guidelines.
public struct Facts: Sendable {
  /// What the patient is called by, under `@id`; no rule reads it.
  public let id: String?
  package let given: PatientFacts

  package init(id: String? = nil, _ given: PatientFacts) {
    self.id = id
    self.given = given
  }

  /// Nothing is known.
  public static let none = Facts(PatientFacts())
}

/// Content, or facts, that cannot be used; nothing was evaluated.
public struct InvalidContent: Error, Sendable {
  /// Sorted by place.
  public let diagnostics: [Diagnostic]
  /// The files that the places are in.
  public let files: SourceFiles
}

extension DocumentSyntax {
  /// The files of rows that the document names.
  fileprivate var tableFiles: Set<String> {
    guard case .guideline(let body) = self.body else { return [] }
    var names = Set(body.sources.compactMap { $0.statementsFrom?.file.value })
    for table in body.tables {
      if case .knowledge(let knowledge) = table.body, let file = knowledge.file { names.insert(file.value) }
    }
    return names
  }
}
