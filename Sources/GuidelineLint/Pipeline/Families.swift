internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import RuleEngine
internal import SourceText

/// The parts of a library that have nothing to do with each other: no document of one names anything of another.
///
/// Nothing that is said of one can depend on another, so each is looked at by itself. Documents that share a vocabulary,
/// or a name, are one family; where a document cannot be read nobody knows what it names, and all are one.
func families(of syntax: LibrarySyntax) -> [LibrarySyntax] {
  var links = DocumentLinks(syntax)
  guard let groups = links.groups(), groups.count > 1 else { return [syntax] }
  let tables = links.tables()
  return groups.map { group in
    LibrarySyntax(
      files: syntax.files, documents: group.map { syntax.documents[$0] },
      tables: syntax.tables.filter { tables[$0.key] == group.first },
      trees: group.compactMap { syntax.trees.indices.contains($0) ? syntax.trees[$0] : nil })
  }
}

/// Which documents belong together.
private struct DocumentLinks {
  private let syntax: LibrarySyntax
  private var sets: DisjointSets
  /// The first document that declares a name.
  private var owners: [String: Int] = [:]

  init(_ syntax: LibrarySyntax) {
    self.syntax = syntax
    sets = DisjointSets(count: syntax.documents.count)
  }

  /// Nil: a document could not be read.
  mutating func groups() -> [[Int]]? {
    for (index, document) in syntax.documents.enumerated() {
      if case .broken = document.syntax.body { return nil }
      for name in document.syntax.declaredNames { own(name, index) }
    }
    for (index, document) in syntax.documents.enumerated() {
      for name in document.syntax.namedDocuments { join(index, owners["document \(name)"]) }
      guard case .tests(let suite) = document.syntax.body, suite.loadsAll else { continue }
      let named = Set(words(of: document.file).compactMap { owners[$0] })
      // A test that names nothing is about everything.
      for other in named.isEmpty ? Set(syntax.documents.indices) : named { join(index, other) }
    }
    for path in syntax.tables.keys.sorted() { joinFolder(of: path) }
    return Dictionary(grouping: syntax.documents.indices) { sets.find($0) }.values.map { $0.sorted() }.sorted {
      $0[0] < $1[0]
    }
  }

  /// The first document of the family to which each file of rows belongs.
  mutating func tables() -> [String: Int] {
    var found: [String: Int] = [:]
    for path in syntax.tables.keys { found[path] = sets.find(readers(of: path).first ?? 0) }
    return found
  }

  // MARK: Joining

  private mutating func join(_ first: Int, _ second: Int?) {
    if let second { sets.join(first, second) }
  }

  private mutating func own(_ name: String, _ index: Int) {
    join(index, owners[name])
    if owners[name] == nil { owners[name] = index }
  }

  /// Whoever lies above a file of rows may name it.
  private mutating func joinFolder(of path: String) {
    let readers = readers(of: path)
    for reader in readers.dropFirst() { join(reader, readers.first) }
  }

  private func readers(of path: String) -> [Int] {
    syntax.documents.indices.filter { index in
      let own = syntax.files[syntax.documents[index].file].path
      let folder = own.lastIndex(of: "/").map { own[...$0] } ?? ""
      return path.hasPrefix(folder)
    }
  }

  /// The words of a file and what stands before their points: a test may speak of everything that is in force.
  private func words(of file: FileID) -> [String] {
    var found: [String] = []
    let bytes = syntax.files[file].bytes
    for word in bytes.split(whereSeparator: { !$0.isPartOfName }) {
      found.append(String(decoding: word, as: UTF8.self))
      for (place, byte) in zip(word.indices, word) where byte == UInt8(ascii: ".") {
        found.append(String(decoding: word[..<place], as: UTF8.self))
      }
    }
    return found
  }
}

extension UInt8 {
  fileprivate var isPartOfName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

extension TestSuiteSyntax {
  /// Whether some case loads everything that is in force.
  fileprivate var loadsAll: Bool { library != nil || use == nil }
}

extension DocumentSyntax {
  /// Ids of the documents that it names as a whole.
  fileprivate var namedDocuments: [String] {
    var names = header.uses
    if case .tests(let suite) = body {
      names += (suite.use ?? []) + suite.cases.flatMap { ($0.use ?? []) + $0.outOfScope }
    }
    return names.map { DocumentName($0.value).id }
  }

  /// Its id and all names that others may know; of a name with points what stands before the first one, too.
  fileprivate var declaredNames: [String] {
    var names: [String] = []
    switch body {
    case .vocabulary(let vocabulary):
      names += vocabulary.groups.flatMap { [$0.name.value] + $0.terms.map(\.name.value) }
      names += vocabulary.facts.map(\.name.value) + vocabulary.records.map(\.name.value)
      names += vocabulary.kinds.map(\.name.value)
    case .guideline(let guideline):
      names += guideline.definitions.map(\.name.value) + guideline.tables.map(\.id.value)
    case .tests, .broken: break
    }
    let heads = names.compactMap { name in name.firstIndex(of: ".").map { String(name[..<$0]) } }
    return ["document \(header.id.value)"] + names + heads
  }
}
