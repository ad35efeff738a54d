import LocatedYAML
import SourceText

/// A text, read.
struct Reading {
  let file: SourceFile
  let tree: YAMLTree
  let diagnostics: [Diagnostic]

  init(_ text: String, limits: YAMLLimits = .standard) { self.init(bytes: Array(text.utf8), limits: limits) }

  init(bytes: [UInt8], limits: YAMLLimits = .standard) {
    file = SourceFile(id: FileID(0), path: "sample.yaml", bytes: bytes)
    var found = Diagnostics()
    tree = readYAML(file, into: &found, limits: limits)
    diagnostics = found.items
  }

  var codes: [String] { diagnostics.map(\.code.id) }

  /// The tree in the notation of JSON, all scalars as text; `!` for what is broken.
  var outline: String { tree.root.map(outline) ?? "nothing" }

  private func outline(_ id: NodeID) -> String {
    switch tree[id].kind {
    case .scalar: return quoted(tree.text(id))
    case .sequence: return "[" + tree.items(id).map(outline).joined(separator: ", ") + "]"
    case .mapping:
      let entries = tree.entries(id).map { quoted(tree.text($0.key)) + ": " + outline($0.value) }
      return "{" + entries.joined(separator: ", ") + "}"
    case .broken: return "!"
    }
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }

  /// The source text of every node, parents first.
  var pieces: [String] {
    guard let root = tree.root else { return [] }
    return pieces(root)
  }

  private func pieces(_ id: NodeID) -> [String] {
    let below = tree.items(id) + tree.entries(id).flatMap { [$0.key, $0.value] }
    return [file.text(tree.span(id))] + below.flatMap(pieces)
  }

  /// The node at a path of keys and item numbers.
  func node(_ path: String...) -> NodeID? {
    var place = tree.root
    for step in path {
      guard let here = place else { return nil }
      if let number = Int(step), tree[here].isSequence {
        let items = tree.items(here)
        place = items.indices.contains(number) ? items[number] : nil
      } else {
        place = tree.value(of: step, in: here)
      }
    }
    return place
  }

  /// `id line:column "text"` of every diagnostic.
  var places: [String] {
    diagnostics.map { item in
      guard let span = item.span else { return item.code.id }
      let place = file.position(at: span.start)
      return "\(item.code.id) \(place.line):\(place.column) \(file.text(span))"
    }
  }
}
