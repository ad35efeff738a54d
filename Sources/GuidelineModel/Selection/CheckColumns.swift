internal import GuidelineSyntax
internal import SourceText

/// Columns that files of rows lack, each reported once, at the header, with all that depends on it.
///
/// One file serves tables and sources of several editions: what is missing is missing for all of them. Who reads the file
/// afterwards leaves out what the column would have told, and says nothing.
func checkColumns(of library: LibrarySyntax, into diagnostics: inout Diagnostics) {
  var readers: [String: [ColumnReader]] = [:]
  for document in library.documents {
    guard case .guideline(let body) = document.syntax.body else { continue }
    for reader in columnReaders(body) {
      guard let path = library.csvPath(reader.file.value, beside: document.file) else { continue }
      readers[path, default: []].append(reader)
    }
  }
  for (path, csv) in library.tables.sorted(by: { $0.key < $1.key }) {
    guard let first = csv.header.first, let last = csv.header.last else { continue }
    let name = String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
    check(csv, named: name, at: first.span.joined(with: last.span), for: readers[path] ?? [], into: &diagnostics)
  }
}

/// A table, or the statements of a source, with the columns of its file that it names.
private struct ColumnReader {
  enum Use {
    /// The table declares the column.
    case declared
    /// The statements of the source are made of the column, or named by it.
    case stated
    /// The table names it only to leave it aside.
    case ignored
  }

  var file: LocatedText
  /// `matrix`, or the name of the source.
  var name: String
  var columns: [(name: LocatedText, use: Use)]
}

private func columnReaders(_ body: GuidelineSyntax) -> [ColumnReader] {
  var readers: [ColumnReader] = []
  for table in body.tables {
    guard case .knowledge(let rows) = table.body, let file = rows.file else { continue }
    readers.append(
      ColumnReader(
        file: file, name: table.id.value,
        columns: rows.columns.map { ($0.name, .declared) } + rows.ignore.map { ($0, .ignored) }))
  }
  for source in body.sources {
    guard let from = source.statementsFrom else { continue }
    var columns: [(LocatedText, ColumnReader.Use)] = [(LocatedText("id", from.file.span), .stated)]
    for case .field(let column) in from.says + from.notEncoded { columns.append((column, .stated)) }
    readers.append(ColumnReader(file: from.file, name: source.id.value, columns: columns))
  }
  return readers
}

private func check(
  _ csv: CSVSyntax, named file: String, at header: Span, for readers: [ColumnReader],
  into diagnostics: inout Diagnostics
) {
  let lacking = readers.flatMap { reader in
    reader.columns.filter { csv.lacks($0.name.value) }.map { (reader: reader.name, name: $0.name, use: $0.use) }
  }
  // What only leaves a column aside does not miss it, unless the lines still have its cells.
  var missing: [String] = []
  for item in lacking where item.use != .ignored || csv.otherWidth != nil {
    if !missing.contains(item.name.value) { missing.append(item.name.value) }
  }
  missing.removeAll { name in
    guard csv.otherWidth == nil else { return false }
    let uses = lacking.filter { $0.name.value == name }.map(\.use)
    return csv.isMisspelt(name, isDeclared: uses.contains(.declared), among: readers.flatMap(\.declared))
  }
  let width = csv.otherWidth.map { width in
    "the header names \(counted(csv.header.count, "column")), but each of the \(csv.countOfOtherWidth) lines below it "
      + "has \(counted(width, "cell"))"
  }
  guard !missing.isEmpty else {
    if let width {
      diagnostics.report(
        SyntaxCode.csvRowLength.diagnostic, width, at: header, help: ["let the header name the column of every cell"])
    }
    return
  }
  for name in missing {
    let users = lacking.filter { $0.name.value == name }
    diagnostics.report(
      ModelFault.missingColumn.code, "`\(file)` has no column `\(name)`", at: header, label: "the header of the file",
      related: users.map { RelatedPlace($0.name.span, $0.use.words(name, $0.reader)) },
      notes: (width.map { [$0] } ?? []) + [consequence(users.map { ($0.reader, $0.use) })],
      help: [
        didYouMean(name, csv.header.map(\.value))
          ?? (width == nil
            ? "put the column back into the file, or take its name out of the guideline"
            : "name the column in the header, above its cells")
      ])
  }
}

/// What waits for a column, in one sentence.
private func consequence(_ users: [(reader: String, use: ColumnReader.Use)]) -> String {
  var parts: [String] = []
  for (reader, use) in users where use != .ignored {
    let words = use == .declared ? "the table `\(reader)` with the rules that read it" : "the statements of `\(reader)`"
    if !parts.contains(words) { parts.append(words) }
  }
  if parts.isEmpty { parts = ["the file"] }
  return "until it is there, nothing more is checked of \(list(parts))"
}

extension ColumnReader {
  fileprivate var declared: [String] { columns.compactMap { $0.use == .stated ? nil : $0.name.value } }
}

extension ColumnReader.Use {
  fileprivate func words(_ column: String, _ reader: String) -> String {
    switch self {
    case .declared: "the table `\(reader)` declares the column here"
    case .stated:
      column == "id" ? "it names the statements of `\(reader)`" : "the statements of `\(reader)` are made of it here"
    case .ignored: "the table `\(reader)` leaves it aside here"
    }
  }
}

extension CSVSyntax {
  fileprivate func lacks(_ column: String) -> Bool { !header.contains { $0.value == column } }

  /// Whether the column seems to be there under another name, which is said where that name stands.
  func isMisspelt(_ column: String, isDeclared: Bool, among declared: [String]) -> Bool {
    let names = header.map(\.value)
    guard isDeclared else { return column != "id" && didYouMean(column, names) != nil }
    let missing = declared.filter { lacks($0) }
    return names.contains { name in
      !declared.contains(name) && NearestNames.suggestions(for: name, among: missing, limit: 1).contains(column)
    }
  }
}
