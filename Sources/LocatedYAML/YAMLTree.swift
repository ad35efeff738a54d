package import SourceText

/// A document as a tree in which every node knows its place in the file.
///
/// Asking never traps: a name of another tree gives a broken node, a node of another kind no children.
package struct YAMLTree: Sendable {
  package let file: FileID
  /// Nil when nothing could be read; the reason was reported.
  package internal(set) var root: NodeID?
  package internal(set) var comments: [YAMLComment] = []

  /// The bytes of the file, for places inside scalars.
  let source: [UInt8]
  var nodes: ContiguousArray<YAMLNode> = []
  /// The decoded texts of all scalars, one behind the other.
  var texts: [UInt8] = []

  init(_ file: SourceFile) {
    self.file = file.id
    source = file.bytes
  }

  package var nodeCount: Int { nodes.count }

  package subscript(_ id: NodeID) -> YAMLNode {
    let index = Int(id.index)
    guard nodes.indices.contains(index) else { return YAMLNode(.broken, Span(file: file, start: 0, end: 0)) }
    return nodes[index]
  }

  package func span(_ id: NodeID) -> Span { self[id].span }

  /// The decoded text of a scalar; empty for everything else.
  package func text(_ id: NodeID) -> String { String(decoding: textBytes(id), as: UTF8.self) }

  /// The decoded text as UTF-8.
  package func textBytes(_ id: NodeID) -> ArraySlice<UInt8> {
    let node = self[id]
    let start = min(Int(node.textStart), texts.count)
    return texts[start..<max(start, min(Int(node.textEnd), texts.count))]
  }

  /// The items of a sequence.
  package func items(_ id: NodeID) -> [NodeID] {
    self[id].isSequence ? children(id) : []
  }

  /// The entries of a mapping in the order of the file; each key stands once.
  package func entries(_ id: NodeID) -> [YAMLEntry] {
    guard self[id].isMapping else { return [] }
    let all = children(id)
    return stride(from: 0, to: all.count - 1, by: 2).map { YAMLEntry(key: all[$0], value: all[$0 + 1]) }
  }

  /// What stands behind a key of a mapping.
  package func value(of key: String, in id: NodeID) -> NodeID? {
    guard self[id].isMapping else { return nil }
    var place = self[id].firstChild
    while place != YAMLNode.none {
      let keyID = NodeID(Int(place))
      let value = self[keyID].next
      guard value != YAMLNode.none else { return nil }
      if textBytes(keyID).elementsEqual(key.utf8) { return NodeID(Int(value)) }
      place = self[NodeID(Int(value))].next
    }
    return nil
  }

  func children(_ id: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    var place = self[id].firstChild
    while place != YAMLNode.none {
      let child = NodeID(Int(place))
      found.append(child)
      place = self[child].next
    }
    return found
  }
}
