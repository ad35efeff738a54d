package import GuidelineSyntax
package import LocatedYAML
package import SourceText

/// Everything that was read of a library: all documents, and the files of rows beside them.
///
/// It is the same for every choice of editions.
package struct LibrarySyntax: Sendable {
  package var files: SourceFiles
  /// Sorted by the path of their files.
  package var documents: [LibraryDocument]
  /// Files of comma-separated values by their path.
  package var tables: [String: CSVSyntax]
  /// The trees that the documents were read from, with their comments, in the order of `documents`.
  package var trees: [YAMLTree]
  /// Rules, grids and their rows (`grid#row`) of each guideline, of all its editions.
  let ruleNames: [String: Set<String>]
  let usesGraph: UsesGraph

  package init(
    files: SourceFiles, documents: [LibraryDocument], tables: [String: CSVSyntax], trees: [YAMLTree] = []
  ) {
    self.files = files
    self.documents = documents
    self.tables = tables
    self.trees = trees
    var graph = UsesGraph()
    var names: [String: Set<String>] = [:]
    for document in documents {
      let header = document.syntax.header
      graph.add(header.id.value, uses: header.uses.map { DocumentName($0.value).id })
      guard case .guideline = document.syntax.body else { continue }
      if names[header.id.value]?.formUnion(document.ruleNames) == nil { names[header.id.value] = document.ruleNames }
    }
    usesGraph = graph
    ruleNames = names
  }

  /// The rows of a file that is named in a document; `folder/rows.csv` counts from the document's folder.
  package func csv(_ name: String, beside document: FileID) -> CSVSyntax? {
    csvPath(name, beside: document).flatMap { tables[$0] }
  }

  /// Where a file of rows that is named in a document lies.
  func csvPath(_ name: String, beside document: FileID) -> String? {
    name.split(separator: "/").contains("..") ? nil : folder(of: document) + name
  }

  /// The files of rows that a document could name.
  func csvNames(beside document: FileID) -> [String] {
    let folder = folder(of: document)
    return tables.keys.filter { $0.hasPrefix(folder) }.map { String($0.dropFirst(folder.count)) }.sorted()
  }

  private func folder(of document: FileID) -> String {
    let path = files[document].path
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }
}

/// A document with the file it stands in.
package struct LibraryDocument: Sendable {
  package let syntax: DocumentSyntax
  package let file: FileID
  /// Rules, grids and their rows (`grid#row`).
  fileprivate let ruleNames: Set<String>

  package init(syntax: DocumentSyntax, file: FileID) {
    self.syntax = syntax
    self.file = file
    if case .guideline(let body) = syntax.body { ruleNames = body.ruleNames } else { ruleNames = [] }
  }
}

extension GuidelineSyntax {
  fileprivate var ruleNames: Set<String> {
    var names: Set<String> = []
    names.reserveCapacity(rules.count)
    for index in rules.indices { names.insert(rules[index].id.value) }
    for table in tables {
      guard case .decision(let grid) = table.body else { continue }
      names.insert(table.id.value)
      for (index, row) in grid.rows.enumerated() {
        names.insert("\(table.id.value)#\(row.id?.value ?? String(index + 1))")
      }
    }
    return names
  }
}

/// What was read of one file of a library.
package enum LibraryFile: Sendable {
  /// The tree is for those who ask for comments and layout.
  case document(LibraryDocument, YAMLTree?)
  case rows(CSVSyntax)
  /// Neither a document nor rows, by its name.
  case other
}

/// Reads one file by what its name ends with; no other file is looked at.
package func readLibraryFile(_ file: SourceFile, into diagnostics: inout Diagnostics) -> LibraryFile {
  if file.path.hasSuffix(".csv") { return .rows(readCSV(file, into: &diagnostics)) }
  guard file.path.hasSuffix(".yaml") || file.path.hasSuffix(".yml") else { return .other }
  let tree = readYAML(file, into: &diagnostics)
  let syntax = readDocument(tree, file: file, into: &diagnostics)
  return .document(LibraryDocument(syntax: syntax, file: file.id), tree)
}

extension LibrarySyntax {
  /// Puts together what was read; `parts` has an entry for each file.
  package init(_ files: SourceFiles, parts: [LibraryFile]) {
    var documents: [LibraryDocument] = []
    var trees: [YAMLTree] = []
    var tables: [String: CSVSyntax] = [:]
    for (file, part) in zip(files.all, parts).sorted(by: { $0.0.path < $1.0.path }) {
      switch part {
      case .document(let document, let tree):
        documents.append(document)
        if let tree { trees.append(tree) }
      case .rows(let rows): tables[file.path] = rows
      case .other: continue
      }
    }
    self.init(files: files, documents: documents, tables: tables, trees: trees)
  }
}

/// Reads all documents and all files of rows; each file by itself, so that workers can share them.
///
/// The trees are not kept: what is read next takes their room.
package func readLibrary(
  _ files: SourceFiles, on workers: some Workers = InOrder(), into diagnostics: inout Diagnostics
) -> LibrarySyntax {
  let read = workers.map(files.all.count) { index in
    var found = Diagnostics()
    var part = readLibraryFile(files.all[index], into: &found)
    if case .document(let document, _) = part { part = .document(document, nil) }
    return (part, found)
  }
  for index in files.all.indices.sorted(by: { files.all[$0].path < files.all[$1].path }) {
    diagnostics.append(read[index].1)
  }
  return LibrarySyntax(files, parts: read.map(\.0))
}
