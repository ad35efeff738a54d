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
  /// The programs that were made to check the library, by the documents that they are of.
  private let programs: [[Int]: Program]
  /// By document; empty: nobody has asked yet.
  private let fingerprints: [String]

  /// Reads `*.yaml` as documents and `*.csv` as rows beside them, and checks every document in every company in which it
  /// is ever in force.
  public init(_ files: SourceFiles) { self.init(files, on: InOrder()) }

  /// The same work, divided among workers; the library does not depend on how many there are.
  public init(_ files: SourceFiles, on workers: some Workers) {
    var found = Diagnostics()
    self.files = files
    syntax = readLibrary(files, on: workers, into: &found)
    let checked = checkCompanies(syntax, on: workers, into: &found)
    vocabulary = checked.vocabulary
    if !found.hasErrors {
      let documents = syntax
      fingerprints = workers.map(documents.documents.count) { documents.fingerprint(ofDocument: $0) }
      programs = checked.programs(on: workers, into: &found)
    } else {
      programs = [:]
      fingerprints = []
    }
    diagnostics = found.sorted(in: files)
  }

  /// A library that was read and checked elsewhere.
  package init(_ syntax: LibrarySyntax, vocabulary: Vocabulary, found: Diagnostics) {
    files = syntax.files
    programs = [:]
    fingerprints = []
    self.syntax = syntax
    self.vocabulary = vocabulary
    diagnostics = found.sorted(in: syntax.files)
  }

  public var isValid: Bool { !diagnostics.contains { $0.code.severity == .error } }

  /// Whether any document is a guideline.
  public var hasGuidelines: Bool { syntax.documents.contains { $0.syntax.header.kind == .guideline } }

  /// What answers need of the library.
  public var source: GuidelineSource { GuidelineSource(self) }

  /// The guidelines in force on a day.
  public func guidelines(inForceOn today: Day) throws(InvalidContent) -> Guidelines {
    try source.guidelines(inForceOn: today)
  }

  /// Exactly these guidelines (`id@edition`, `id@version` or `id`), with what they name under `uses`.
  public func guidelines(pinned names: [String], today: Day) throws(InvalidContent) -> Guidelines {
    try source.guidelines(pinned: names, today: today)
  }

  /// The program of a choice of documents.
  func compile(_ selected: [Int]) throws(InvalidContent) -> Program {
    if let program = programs[selected] { return program }
    var found = Diagnostics()
    let library = resolve(selected, of: syntax, vocabulary: vocabulary, into: &found)
    guard let program = Program.compile(library, into: &found), !found.hasErrors else {
      throw InvalidContent(diagnostics: found.sorted(in: files), files: files)
    }
    return program
  }

  /// The facts of a patient, as YAML or JSON in the shape of `given:`; what is wrong is refused with its place.
  public func facts(path: String, bytes: [UInt8]) throws(InvalidContent) -> Facts {
    try source.facts(path: path, bytes: bytes)
  }

  /// Reads one patient from a line of JSON; what `facts` reads from the same bytes, or nothing.
  public func patient(line bytes: [UInt8], path: String) -> PatientLine { source.patient(line: bytes, path: path) }

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

  /// A fingerprint of a document and of the files of rows that it names: FNV-1a over their bytes, 64 bits.
  func fingerprint(ofDocument index: Int) -> String {
    fingerprints.indices.contains(index) ? fingerprints[index] : syntax.fingerprint(ofDocument: index)
  }
}

extension CheckedLibrary {
  /// The programs of all companies, by the documents that they are of.
  fileprivate func programs(on workers: some Workers, into found: inout Diagnostics) -> [[Int]: Program] {
    var programs: [[Int]: Program] = [:]
    for company in companies {
      programs[company.selection.selected] = Program.compile(company.library, on: workers, into: &found)
    }
    return programs
  }
}

extension LibrarySyntax {
  fileprivate func fingerprint(ofDocument index: Int) -> String {
    guard documents.indices.contains(index) else { return "" }
    let document = documents[index]
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
