internal import LocatedYAML
internal import SourceText

/// The part of a document that a finding is about: a rule, a fact, a statement, a case, or another entry.
struct Part {
  /// The keys that lead to it: `rules`, `maintenance`; for a row `tables`, `grid`, `rows`, `2`.
  var path: [String]
  var span: Span
  /// The index of the part around it.
  var around = -1

  /// What it is called: `maintenance`, `grid#2`.
  var name: String { path.count == 4 ? "\(path[1])#\(path[3])" : path.last ?? "" }

  /// Whether it is called so, or lies in what is called so: `maintenance`, `guideline/maintenance`, `guideline`.
  func answers(to text: String, in document: String) -> Bool {
    let names = [name, path.count > 1 ? path[1] : name]
    return text == document || names.contains { text == $0 || text == "\(document)/\($0)" }
  }
}

/// Finds parts by place, file by file.
struct Parts {
  private var trees: [FileID: YAMLTree] = [:]
  /// The parts of each file, by where they begin.
  private var parts: [FileID: [Part]] = [:]

  init(_ trees: [YAMLTree]) {
    for tree in trees {
      self.trees[tree.file] = tree
      parts[tree.file] = tree.parts
    }
  }

  /// The innermost part that contains a place; nil: none, or the file is no YAML.
  func part(at span: Span) -> Part? {
    guard let parts = parts[span.file] else { return nil }
    var low = 0
    var high = parts.count
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].span.start <= span.start { low = middle + 1 } else { high = middle }
    }
    // The one that begins last before the place, or one of those around it.
    var index = low - 1
    while index >= 0 {
      if span.start <= parts[index].span.end { return parts[index] }
      guard parts[index].path.count > 1 else { return nil }
      index = parts[index].around
    }
    return nil
  }

  /// The kind, id and edition of a document.
  func document(_ file: FileID) -> (kind: String, id: String, edition: String)? {
    guard let tree = trees[file], let root = tree.root else { return nil }
    for kind in ["vocabulary", "guideline", "definitions", "tests"] {
      guard let id = tree.value(of: kind, in: root) else { continue }
      return (kind, tree.text(id), tree.value(of: "edition", in: root).map { tree.text($0) } ?? "")
    }
    return nil
  }
}

extension YAMLTree {
  /// Sections, their entries, and the rows and statements of these; what is around others stands before them.
  fileprivate var parts: [Part] {
    guard let root else { return [] }
    var found: [Part] = []
    for section in children(of: root) {
      let first = found.count
      found.append(Part(path: [section.key], span: section.whole))
      for entry in children(of: section.value) {
        let second = found.count
        let path = [section.key, entry.key]
        found.append(Part(path: path, span: entry.whole, around: first))
        for list in children(of: entry.value) where ["rows", "statements"].contains(list.key) {
          for item in children(of: list.value) {
            found.append(Part(path: path + [list.key, item.key], span: item.whole, around: second))
          }
        }
      }
    }
    return found
  }

  private struct Child {
    var key: String
    var whole: Span
    var value: NodeID
  }

  /// Entries by their keys, items by their `id` or their number.
  private func children(of node: NodeID) -> [Child] {
    entries(node).map { Child(key: text($0.key), whole: span($0.key).joined(with: span($0.value)), value: $0.value) }
      + items(node).enumerated().map { index, item in
        Child(key: value(of: "id", in: item).map { text($0) } ?? String(index + 1), whole: span(item), value: item)
      }
  }
}
