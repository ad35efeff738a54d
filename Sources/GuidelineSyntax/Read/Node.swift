internal import LocatedYAML
internal import SourceText

/// A node of a document with what this room asks of it.
struct Node {
  enum Form {
    case scalar(String, quoted: Bool)
    case list([Node])
    case mapping([Entry])
    /// It was refused and reported where the file was read.
    case broken
  }

  let tree: YAMLTree
  let id: NodeID

  var span: Span { tree.span(id) }

  var form: Form {
    switch tree[id].kind {
    case .scalar(let style): .scalar(tree.text(id), quoted: style != .plain)
    case .sequence: .list(items)
    case .mapping: .mapping(entries)
    case .broken: .broken
    }
  }

  private var items: [Node] {
    var items: [Node] = []
    items.reserveCapacity(tree.childCount(id))
    tree.forEachItem(id) { items.append(Node(tree: tree, id: $0)) }
    return items
  }

  private var entries: [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(tree.childCount(id) / 2)
    tree.forEachEntry(id) { key, value in
      entries.append(Entry(key: LocatedText(tree.text(key), tree.span(key)), value: Node(tree: tree, id: value)))
    }
    return entries
  }

  /// As it is called in a message.
  var kindName: String {
    switch tree[id].kind {
    case .scalar: "a text"
    case .sequence: "a list"
    case .mapping: "keys with values"
    case .broken: "something that could not be read"
    }
  }

  var isScalar: Bool { tree[id].isScalar }
  /// Of a scalar.
  var scalarText: String { tree.text(id) }
  var isSequence: Bool { tree[id].isSequence }
  var isMapping: Bool { tree[id].isMapping }

  /// Whether it was refused and reported where the file was read.
  var isBroken: Bool { tree[id].kind == .broken }

  /// Whether it stands in quotes or as a block.
  var isQuoted: Bool {
    switch tree[id].kind {
    case .scalar(.plain): false
    case .scalar: true
    default: false
    }
  }

  /// Whether it stands in brackets or braces.
  var isFlow: Bool {
    switch tree[id].kind {
    case .sequence(let isFlow), .mapping(let isFlow): isFlow
    default: false
    }
  }

  var style: ScalarStyle? {
    if case .scalar(let style) = tree[id].kind { style } else { nil }
  }

  /// Whether it or a part of it could not be read.
  var hasBroken: Bool {
    switch form {
    case .broken: true
    case .scalar: false
    case .list(let items): items.contains { $0.hasBroken }
    case .mapping(let entries): entries.contains { $0.value.hasBroken }
    }
  }

  /// The text of a scalar as a line of the grammar.
  var line: ExpressionText {
    let node = tree[id]
    let bytes = Array(tree.textBytes(id))
    // A plain scalar as long as its text is its text, byte for byte: so are nearly all.
    let isVerbatim = node.kind == .scalar(.plain) && Int(node.span.end) - Int(node.span.start) == bytes.count
    return ExpressionText(
      bytes, whole: node.span, places: isVerbatim ? .from(node.span.start) : .scalar(tree, id))
  }
}

/// A key with its value.
struct Entry {
  var key: LocatedText
  var value: Node
  /// From the key to the end of the value.
  var span: Span { key.span.joined(with: value.span) }
}
