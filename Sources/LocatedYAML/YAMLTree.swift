package import SourceText

/// A document as a tree in which every node knows its place in the file.
///
/// Asking never traps: a name of another tree gives a broken node, a node of another kind no children.
package struct YAMLTree: Sendable {
  package let file: FileID
  /// Behind one reference: readers carry the tree along with every node.
  private let contents: Contents

  private final class Contents: Sendable {
    let root: NodeID?
    let comments: [YAMLComment]
    let source: [UInt8]
    let nodes: ContiguousArray<YAMLNode>
    let texts: [UInt8]

    init(
      _ source: [UInt8], _ root: NodeID?, _ comments: [YAMLComment], _ nodes: ContiguousArray<YAMLNode>,
      _ texts: [UInt8]
    ) {
      self.source = source
      self.root = root
      self.comments = comments
      self.nodes = nodes
      self.texts = texts
    }
  }

  init(
    _ file: SourceFile, root: NodeID? = nil, comments: [YAMLComment] = [], nodes: ContiguousArray<YAMLNode> = [],
    texts: [UInt8] = []
  ) {
    self.file = file.id
    contents = Contents(file.bytes, root, comments, nodes, texts)
  }

  /// Nil when nothing could be read; the reason was reported.
  package var root: NodeID? { contents.root }
  package var comments: [YAMLComment] { contents.comments }

  /// The bytes of the file, for places inside scalars.
  var source: [UInt8] { contents.source }
  var nodes: ContiguousArray<YAMLNode> { contents.nodes }
  /// The decoded texts of all scalars, one behind the other.
  var texts: [UInt8] { contents.texts }

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
    var found: [YAMLEntry] = []
    found.reserveCapacity(childCount(id) / 2)
    forEachEntry(id) { found.append(YAMLEntry(key: $0, value: $1)) }
    return found
  }

  /// The same, without a list of them.
  package func forEachEntry(_ id: NodeID, _ body: (_ key: NodeID, _ value: NodeID) -> Void) {
    var place = self[id].firstChild
    while place != YAMLNode.none {
      let value = self[NodeID(Int(place))].next
      guard value != YAMLNode.none else { break }
      body(NodeID(Int(place)), NodeID(Int(value)))
      place = self[NodeID(Int(value))].next
    }
  }

  package func forEachItem(_ id: NodeID, _ body: (NodeID) -> Void) {
    var place = self[id].firstChild
    while place != YAMLNode.none {
      body(NodeID(Int(place)))
      place = self[NodeID(Int(place))].next
    }
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
    found.reserveCapacity(childCount(id))
    var place = self[id].firstChild
    while place != YAMLNode.none {
      let child = NodeID(Int(place))
      found.append(child)
      place = self[child].next
    }
    return found
  }

  /// How many items a sequence has, and twice how many entries a mapping.
  package func childCount(_ id: NodeID) -> Int {
    var count = 0
    var place = self[id].firstChild
    while place != YAMLNode.none {
      count += 1
      place = self[NodeID(Int(place))].next
    }
    return count
  }
}
