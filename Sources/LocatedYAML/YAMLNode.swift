package import SourceText

/// Names a node of one `YAMLTree`.
package struct NodeID: Hashable, Sendable {
  package let index: UInt32

  init(_ index: Int) { self.index = UInt32(truncatingIfNeeded: index) }
}

/// How a scalar is written.
package enum ScalarStyle: Hashable, Sendable {
  case plain
  case singleQuoted
  case doubleQuoted
  case literal
  case folded
}

/// One node of a tree: what it is, where it stands, and links into the arena.
package struct YAMLNode: Sendable {
  /// What a node is.
  package enum Kind: Hashable, Sendable {
    case scalar(ScalarStyle)
    case sequence(isFlow: Bool)
    case mapping(isFlow: Bool)
    /// Something that was refused and reported: later stages say nothing more about it.
    case broken
  }

  package internal(set) var kind: Kind
  /// From the first byte of its own content to the last; quotes and brackets belong to it.
  package internal(set) var span: Span
  /// The first child; the children of a mapping are key, value, key, value.
  var firstChild = YAMLNode.none
  /// The next child of the same parent.
  var next = YAMLNode.none
  /// Where the decoded text stands in the text buffer of the tree.
  var textStart: UInt32 = 0
  var textEnd: UInt32 = 0

  static let none = UInt32.max

  init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  /// Whether it is text, however it is written.
  package var isScalar: Bool {
    if case .scalar = kind { true } else { false }
  }

  package var isSequence: Bool {
    if case .sequence = kind { true } else { false }
  }

  package var isMapping: Bool {
    if case .mapping = kind { true } else { false }
  }
}

/// A key of a mapping and what stands behind it.
package struct YAMLEntry: Hashable, Sendable {
  package let key: NodeID
  package let value: NodeID
}

/// A comment: from `#` to the end of the text of its line.
package struct YAMLComment: Hashable, Sendable {
  package let span: Span
}
