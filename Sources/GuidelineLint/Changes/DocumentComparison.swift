internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

/// What is written in two versions of the documents of a library.
struct DocumentComparison {
  let before: LibrarySyntax
  let after: LibrarySyntax

  func changes() -> [DocumentChange] {
    let old = named(before)
    let new = named(after)
    return Set(old.keys).union(new.keys).sorted().compactMap { key in change(old[key], new[key]) }
  }

  /// Documents by kind, id and edition; tests conclude nothing.
  private func named(_ syntax: LibrarySyntax) -> [String: Int] {
    var found: [String: Int] = [:]
    for (index, document) in syntax.documents.enumerated() {
      let header = document.syntax.header
      if case .broken = document.syntax.body { continue }
      guard header.kind != .tests else { continue }
      found["\(header.id.value)@\(header.edition?.value ?? "") \(header.kind.rawValue)"] = index
    }
    return found
  }

  private func change(_ old: Int?, _ new: Int?) -> DocumentChange? {
    let headers = (old.map { before.documents[$0].syntax.header }, new.map { after.documents[$0].syntax.header })
    guard let header = headers.1 ?? headers.0 else { return nil }
    var change = DocumentChange(
      kind: header.kind, id: header.id.value, edition: header.edition?.value,
      presence: old == nil ? .added : new == nil ? .removed : .both)
    change.versionBefore = headers.0?.version?.value
    change.versionAfter = headers.1?.version?.value
    if let new {
      change.span = header.id.span
      change.versionSpan = header.version?.span
      change.folder = folder(of: after.files[after.documents[new].file].path)
    }
    if let old, let new { change.parts = parts(old, new) }
    return change
  }

  // MARK: Parts

  private func parts(_ old: Int, _ new: Int) -> [PartChange] {
    guard before.trees.indices.contains(old), after.trees.indices.contains(new) else { return [] }
    let outlines = (Outline(before.trees[old]), Outline(after.trees[new]))
    return compare(outlines.0.parts, outlines.1.parts) + compareRows(old, new)
  }

  private func compare(_ old: [OutlinePart], _ new: [OutlinePart]) -> [PartChange] {
    let before = Dictionary(old.map { ($0.key, $0) }) { first, _ in first }
    let after = Dictionary(new.map { ($0.key, $0) }) { first, _ in first }
    var removed = old.filter { after[$0.key] == nil }
    var changes: [PartChange] = []
    for part in new {
      if let earlier = before[part.key] {
        guard let keys = part.differences(from: earlier) else { continue }
        let isEditorial = part.isEditorial || (!keys.isEmpty && keys.allSatisfy(Outline.editorialKeys.contains))
        changes.append(part.change(.changed(keys: keys), isEditorial: isEditorial))
      } else if let index = removed.firstIndex(where: { $0.kind == part.kind && $0.content == part.content }) {
        changes.append(part.change(.renamed(from: removed[index].name), isEditorial: part.isEditorial))
        removed.remove(at: index)
      } else {
        changes.append(part.change(.added, isEditorial: part.isEditorial))
      }
    }
    return changes
      + removed.map { part in
        var change = part.change(.removed, isEditorial: part.isEditorial)
        change.span = nil
        return change
      }
  }

  /// The files of rows beside the document.
  private func compareRows(_ old: Int, _ new: Int) -> [PartChange] {
    let folders = (
      folder(of: before.files[before.documents[old].file].path), folder(of: after.files[after.documents[new].file].path)
    )
    let rows = (rows(before, folders.0), rows(after, folders.1))
    return Set(rows.0.keys).union(rows.1.keys).sorted().compactMap { name in
      guard rows.0[name] != rows.1[name] else { return nil }
      let change: PartChange.Change =
        rows.0[name] == nil ? .added : rows.1[name] == nil ? .removed : .changed(keys: [])
      return PartChange(kind: .table, name: name, change: change, isEditorial: false, span: nil)
    }
  }

  private func rows(_ syntax: LibrarySyntax, _ place: String) -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for file in syntax.files.all where syntax.tables[file.path] != nil {
      guard folder(of: file.path) == place else { continue }
      found[String(file.path.dropFirst(place.count))] = file.bytes
    }
    return found
  }

}

/// The folder of a file, with the slash behind it.
func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }

/// A named part of a document, as a text in which only what was written counts.
private struct OutlinePart {
  var kind: PartChange.Kind
  var name: String
  var content: String
  /// By key, when the part is a mapping.
  var entries: [String: String]
  var isEditorial: Bool
  var span: Span

  var key: String { "\(kind.rawValue) \(name)" }

  /// The keys that differ; nil: nothing does.
  func differences(from other: OutlinePart) -> [String]? {
    guard content != other.content else { return nil }
    let keys = Set(entries.keys).union(other.entries.keys)
    return keys.filter { entries[$0] != other.entries[$0] }.sorted()
  }

  func change(_ change: PartChange.Change, isEditorial: Bool) -> PartChange {
    PartChange(kind: kind, name: name, change: change, isEditorial: isEditorial, span: span)
  }
}

/// The parts of a document.
private struct Outline {
  let tree: YAMLTree
  private(set) var parts: [OutlinePart] = []

  /// Keys of a part that no answer depends on.
  static let editorialKeys: Set<String> = [
    "title", "because", "source", "sources", "quote", "comment", "at", "ask", "label", "codes",
  ]
  /// Keys of a document that no answer depends on.
  private static let editorialSections: Set<String> = ["title", "also_called", "comment", "sources", "at", "quote"]
  /// They name the document; a change of the version is no change of content.
  private static let names: Set<String> = ["vocabulary", "guideline", "definitions", "version", "edition"]

  init(_ tree: YAMLTree) {
    self.tree = tree
    guard let root = tree.root else { return }
    for entry in tree.entries(root) { add(tree.text(entry.key), entry) }
  }

  private mutating func add(_ section: String, _ entry: YAMLEntry) {
    guard !Self.names.contains(section) else { return }
    switch section {
    case "rules": addAll(.rule, in: entry.value)
    case "define": addAll(.definition, in: entry.value)
    case "facts": addAll(.fact, in: entry.value)
    case "terms": addAll(.terms, in: entry.value)
    case "records": addAll(.record, in: entry.value)
    case "conclusions": addAll(.conclusion, in: entry.value)
    case "invariants": addAll(.invariant, in: entry.value, isEditorial: true)
    case "tables": for table in tree.entries(entry.value) { addTable(table) }
    case "sources": for source in tree.entries(entry.value) { addSource(source) }
    case "scope": add(.scope, "scope", entry)
    default:
      let isHead = ["title", "status", "in_force", "uses", "also_called", "comment"].contains(section)
      add(isHead ? .head : .section, section, entry, isEditorial: Self.editorialSections.contains(section))
    }
  }

  private mutating func addAll(_ kind: PartChange.Kind, in section: NodeID, isEditorial: Bool = false) {
    for entry in tree.entries(section) { add(kind, tree.text(entry.key), entry, isEditorial: isEditorial) }
    for (index, item) in tree.items(section).enumerated() {
      let name = tree.value(of: "id", in: item).map { tree.text($0) } ?? String(index + 1)
      add(kind, name, value: item, span: tree.span(item), isEditorial: isEditorial)
    }
  }

  /// The rows of a grid are rules of their own.
  private mutating func addTable(_ table: YAMLEntry) {
    let name = tree.text(table.key)
    guard tree.value(of: "in", in: table.value) != nil, let rows = tree.value(of: "rows", in: table.value) else {
      return add(.table, name, table)
    }
    var frame: [String: String] = [:]
    for entry in tree.entries(table.value) where tree.text(entry.key) != "rows" {
      frame[tree.text(entry.key)] = content(entry.value)
    }
    let words = frame.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    parts.append(
      OutlinePart(
        kind: .table, name: name, content: words, entries: frame, isEditorial: false, span: tree.span(table.key)))
    for (index, row) in tree.items(rows).enumerated() {
      let id = tree.value(of: "id", in: row).map { tree.text($0) } ?? String(index + 1)
      add(.row, "\(name)#\(id)", value: row, span: tree.span(row))
    }
  }

  private mutating func addSource(_ source: YAMLEntry) {
    let name = tree.text(source.key)
    var head: [String: String] = [:]
    for entry in tree.entries(source.value) {
      let key = tree.text(entry.key)
      guard key == "statements" else {
        head[key] = content(entry.value)
        continue
      }
      for statement in tree.entries(entry.value) {
        add(.statement, "\(name)#\(tree.text(statement.key))", statement, isEditorial: true)
      }
    }
    let words = head.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    parts.append(
      OutlinePart(
        kind: .source, name: name, content: words, entries: head, isEditorial: true, span: tree.span(source.key)))
  }

  private mutating func add(
    _ kind: PartChange.Kind, _ name: String, _ entry: YAMLEntry, isEditorial: Bool = false
  ) {
    add(kind, name, value: entry.value, span: tree.span(entry.key), isEditorial: isEditorial)
  }

  private mutating func add(
    _ kind: PartChange.Kind, _ name: String, value: NodeID, span: Span, isEditorial: Bool = false
  ) {
    var entries: [String: String] = [:]
    for entry in tree.entries(value) { entries[tree.text(entry.key)] = content(entry.value) }
    parts.append(
      OutlinePart(
        kind: kind, name: name, content: content(value), entries: entries, isEditorial: isEditorial, span: span))
  }

  /// What is written, without comments, blanks and line ends; quotes count, for in a field they make a text.
  private func content(_ node: NodeID) -> String {
    switch tree[node].kind {
    case .scalar(let style): return style == .plain ? tree.text(node) : "\"\(tree.text(node))\""
    case .sequence: return "[" + tree.items(node).map { content($0) }.joined(separator: ", ") + "]"
    case .mapping:
      return "{" + tree.entries(node).map { "\(tree.text($0.key)): \(content($0.value))" }.joined(separator: ", ") + "}"
    case .broken: return "?"
    }
  }
}
