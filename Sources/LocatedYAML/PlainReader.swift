internal import SourceText

/// Reads files that use nothing but the plain part of YAML, in which nearly all guidelines are written, without the
/// detour over events: block mappings and sequences, scalars on one line, flow collections, comments.
///
/// It gives the same tree as libyaml, or nothing: whatever it does not know, and whatever there is to say about a file, is
/// left to the parser. A property test holds the two together.
struct PlainReader {
  /// Something that is left to the parser.
  struct Stop: Error {}

  /// A scalar that was read but has no node yet: the mapping that it may begin comes first.
  struct Scalar {
    var style: ScalarStyle
    /// With its quotes.
    var span: Range<Int>
    var text: Range<Int>
  }

  let bytes: [UInt8]
  private let file: FileID
  private let limits: YAMLLimits
  private let hasNonASCII: Bool
  private(set) var nodes: ContiguousArray<YAMLNode> = []
  private(set) var texts: [UInt8] = []
  /// Where no comment can begin.
  private(set) var scalars: [Span] = []
  var at = 0
  private var depth = 0
  /// The column of the content that is next; below 0: there is none.
  private var column = 0

  /// The tree of a file; nil: it is a case for the parser.
  static func read(_ file: SourceFile, _ survey: ByteSurvey, _ limits: YAMLLimits) -> YAMLTree? {
    guard !survey.hasOddBytes else { return nil }
    var reader = PlainReader(file, survey, limits)
    do throws(Stop) {
      let root = try reader.document()
      let comments = CommentScan.comments(file, scalars: reader.scalars, until: file.bytes.count)
      return YAMLTree(
        file, root: NodeID(root), comments: comments, nodes: reader.nodes, texts: reader.texts)
    } catch {
      return nil
    }
  }

  private init(_ file: SourceFile, _ survey: ByteSurvey, _ limits: YAMLLimits) {
    bytes = file.bytes
    self.file = file.id
    self.limits = limits
    hasNonASCII = survey.hasNonASCII
    // About what rules need; texts with more nodes make the arrays grow.
    nodes.reserveCapacity(bytes.count / 10)
    texts.reserveCapacity(bytes.count / 2)
    scalars.reserveCapacity(bytes.count / 12)
  }

  private mutating func document() throws(Stop) -> Int {
    try nextContent()
    guard column == 0 || byte(at) == UInt8(ascii: "{") || byte(at) == UInt8(ascii: "[") else { throw Stop() }
    let root = try block()
    guard !nodes[root].isScalar, column < 0 else { throw Stop() }
    return root
  }

  // MARK: - Lines

  func byte(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0x0A }

  /// Goes to the end of the line, where only a comment may stand, and on to the next content.
  private mutating func endLine() throws(Stop) {
    let start = at
    while byte(at) == 0x20 { at += 1 }
    if byte(at) == UInt8(ascii: "#"), at > start {
      while byte(at) != 0x0A { at += 1 }
    }
    guard byte(at) == 0x0A else { throw Stop() }
    at += 1
    try nextContent()
  }

  /// From the beginning of a line to the next content.
  private mutating func nextContent() throws(Stop) {
    while at < bytes.count {
      let start = at
      while byte(at) == 0x20 { at += 1 }
      if byte(at) == UInt8(ascii: "#") {
        while byte(at) != 0x0A { at += 1 }
      }
      guard byte(at) == 0x0A else {
        column = at - start
        if column == 0 { try refuseMarkers() }
        return
      }
      at += 1
    }
    at = bytes.count
    column = -1
  }

  /// What begins or ends a document, or speaks of the format.
  private func refuseMarkers() throws(Stop) {
    let first = byte(at)
    let isMarker = first == UInt8(ascii: "-") || first == UInt8(ascii: ".")
    if first == UInt8(ascii: "%") || (isMarker && byte(at + 1) == first && byte(at + 2) == first) { throw Stop() }
  }

  // MARK: - Nodes

  private mutating func add(_ kind: YAMLNode.Kind, _ start: Int, _ end: Int) throws(Stop) -> Int {
    nodes.append(
      YAMLNode(kind, Span(file: file, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))))
    guard nodes.count <= limits.nodes else { throw Stop() }
    return nodes.count - 1
  }

  private mutating func add(_ scalar: Scalar) throws(Stop) -> Int {
    let node = try add(.scalar(scalar.style), scalar.span.lowerBound, scalar.span.upperBound)
    scalars.append(nodes[node].span)
    nodes[node].textStart = UInt32(truncatingIfNeeded: texts.count)
    texts.append(contentsOf: bytes[scalar.text])
    nodes[node].textEnd = UInt32(truncatingIfNeeded: texts.count)
    if hasNonASCII, scalar.style == .plain, DeceptiveText.first(in: bytes[scalar.text]) != nil { throw Stop() }
    return node
  }

  private mutating func addKey(_ scalar: Scalar) throws(Stop) -> Int {
    // The parser takes no longer keys.
    guard scalar.span.count <= 512, scalar.text.count != 2 || !bytes[scalar.text].elementsEqual("<<".utf8) else {
      throw Stop()
    }
    if hasNonASCII, DeceptiveText.first(in: bytes[scalar.text]) != nil { throw Stop() }
    return try add(scalar)
  }

  /// A collection in the making.
  private struct Children {
    var parent: Int
    var last = YAMLNode.none
  }

  private mutating func link(_ child: Int, _ children: inout Children) {
    let number = UInt32(truncatingIfNeeded: child)
    if children.last == YAMLNode.none {
      nodes[children.parent].firstChild = number
    } else {
      nodes[Int(children.last)].next = number
    }
    children.last = number
    nodes[children.parent].span.end = max(nodes[children.parent].span.end, nodes[child].span.end)
  }

  /// Keys that stand twice are for the parser to report.
  private func refuseDuplicates(_ mapping: Int) throws(Stop) {
    if KeyTable.hasDuplicate(mapping, nodes, texts) { throw Stop() }
  }

  private mutating func enter() throws(Stop) {
    depth += 1
    guard depth <= limits.depth else { throw Stop() }
  }

  // MARK: - Blocks

  /// What begins at a column of a line, up to the next content behind it.
  private mutating func block() throws(Stop) -> Int {
    switch byte(at) {
    case UInt8(ascii: "-") where byte(at + 1) == 0x20: return try sequence(column)
    case UInt8(ascii: "["), UInt8(ascii: "{"): return try flowToEnd()
    default:
      let scalar = try scalar(inFlow: false)
      if byte(at) == UInt8(ascii: ":") { return try mapping(column, first: scalar) }
      let node = try add(scalar)
      try endLine()
      return node
    }
  }

  private mutating func flowToEnd() throws(Stop) -> Int {
    let node = try flow()
    try endLine()
    return node
  }

  private mutating func mapping(_ indent: Int, first: Scalar) throws(Stop) -> Int {
    try enter()
    let start = first.span.lowerBound
    var children = Children(parent: try add(.mapping(isFlow: false), start, start))
    var scalar = first
    while true {
      link(try addKey(scalar), &children)
      at += 1
      link(try value(of: indent), &children)
      guard column == indent else { break }
      if byte(at) == UInt8(ascii: "-"), byte(at + 1) == 0x20 { throw Stop() }
      scalar = try self.scalar(inFlow: false)
      guard byte(at) == UInt8(ascii: ":") else { throw Stop() }
    }
    guard column < indent else { throw Stop() }
    try refuseDuplicates(children.parent)
    depth -= 1
    return children.parent
  }

  /// What stands behind the colon of a key, on its line or on those below.
  private mutating func value(of indent: Int) throws(Stop) -> Int {
    guard byte(at) == 0x20 || byte(at) == 0x0A else { throw Stop() }
    let colon = at
    while byte(at) == 0x20 { at += 1 }
    guard byte(at) == 0x0A || (byte(at) == UInt8(ascii: "#") && at > colon) else {
      if byte(at) == UInt8(ascii: "[") || byte(at) == UInt8(ascii: "{") { return try flowToEnd() }
      let node = try add(try scalar(inFlow: false))
      try endLine()
      return node
    }
    at = colon
    try endLine()
    if column == indent, byte(at) == UInt8(ascii: "-"), byte(at + 1) == 0x20 { return try sequence(indent) }
    guard column > indent else { throw Stop() }
    return try block()
  }

  private mutating func sequence(_ indent: Int) throws(Stop) -> Int {
    try enter()
    var children = Children(parent: try add(.sequence(isFlow: false), at, at))
    repeat {
      let start = at
      at += 1
      while byte(at) == 0x20 { at += 1 }
      guard byte(at) != 0x0A, byte(at) != UInt8(ascii: "#") else { throw Stop() }
      column = indent + at - start
      link(try block(), &children)
      guard column <= indent else { throw Stop() }
    } while column == indent && byte(at) == UInt8(ascii: "-") && byte(at + 1) == 0x20
    depth -= 1
    return children.parent
  }

  // MARK: - Flow

  /// A collection in brackets or braces.
  private mutating func flow() throws(Stop) -> Int {
    try enter()
    let isMapping = byte(at) == UInt8(ascii: "{")
    let close = isMapping ? UInt8(ascii: "}") : UInt8(ascii: "]")
    let kind: YAMLNode.Kind = isMapping ? .mapping(isFlow: true) : .sequence(isFlow: true)
    var children = Children(parent: try add(kind, at, at))
    at += 1
    try skipInFlow()
    while byte(at) != close {
      if isMapping {
        link(try addKey(try scalar(inFlow: true)), &children)
        guard byte(at) == UInt8(ascii: ":") else { throw Stop() }
        at += 1
        try skipInFlow()
      }
      link(try flowItem(), &children)
      try skipInFlow()
      guard byte(at) == UInt8(ascii: ",") else { break }
      at += 1
      try skipInFlow()
    }
    guard byte(at) == close, at < bytes.count else { throw Stop() }
    at += 1
    nodes[children.parent].span.end = UInt32(truncatingIfNeeded: at)
    if isMapping { try refuseDuplicates(children.parent) }
    depth -= 1
    return children.parent
  }

  private mutating func flowItem() throws(Stop) -> Int {
    if byte(at) == UInt8(ascii: "[") || byte(at) == UInt8(ascii: "{") { return try flow() }
    return try add(try scalar(inFlow: true))
  }

  /// Blanks, line ends and comments between the parts of a flow collection.
  private mutating func skipInFlow() throws(Stop) {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20: at += 1
      case 0x0A:
        at += 1
        try refuseMarkers()
      case UInt8(ascii: "#"):
        guard byte(at - 1) == 0x20 || byte(at - 1) == 0x0A else { throw Stop() }
        while byte(at) != 0x0A { at += 1 }
      default: return
      }
    }
  }

  // MARK: - Scalars

  private mutating func scalar(inFlow: Bool) throws(Stop) -> Scalar {
    switch byte(at) {
    case UInt8(ascii: "\""): try quoted(.doubleQuoted)
    case UInt8(ascii: "'"): try quoted(.singleQuoted)
    default: try plain(inFlow: inFlow)
    }
  }

  /// A text between quotes on one line, without escapes.
  private mutating func quoted(_ style: ScalarStyle) throws(Stop) -> Scalar {
    let start = at
    let quote = bytes[at]
    at += 1
    while byte(at) != quote {
      guard byte(at) != 0x0A else { throw Stop() }
      at += 1
    }
    at += 1
    // Two single quotes are one.
    guard byte(at) != quote else { throw Stop() }
    return Scalar(style: style, span: start..<at, text: start + 1..<at - 1)
  }

  private mutating func plain(inFlow: Bool) throws(Stop) -> Scalar {
    let start = at
    guard at < bytes.count, Self.mayBegin[Int(bytes[at])], bytes[at] != UInt8(ascii: "-") || byte(at + 1) > 0x20,
      !inFlow || bytes[at] != UInt8(ascii: "-") || Self.mayFollow[Int(byte(at + 1))]
    else { throw Stop() }
    var end = at
    scan: while at < bytes.count {
      switch bytes[at] {
      case 0x0A: break scan
      case 0x20:
        at += 1
        if byte(at) == UInt8(ascii: "#") { break scan }
        continue
      case UInt8(ascii: ":"):
        if byte(at + 1) <= 0x20 { break scan }
        if inFlow, !Self.mayFollow[Int(byte(at + 1))] { throw Stop() }
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        if inFlow { break scan }
      case UInt8(ascii: "?") where inFlow: throw Stop()
      default: break
      }
      at += 1
      end = at
    }
    // A colon right behind the text makes it a key, one behind a blank is for the parser.
    if byte(at) == UInt8(ascii: ":"), at != end { throw Stop() }
    at = end
    return Scalar(style: .plain, span: start..<end, text: start..<end)
  }

  /// Whether a plain scalar may begin with a byte; what begins anything else, or means something in YAML, may not.
  private static let mayBegin: [Bool] = (UInt8.min...UInt8.max).map { byte in
    byte > 0x20 && !"?:,[]{}#&*!|>'\"%@`".utf8.contains(byte)
  }

  /// Whether a byte behind a sign leaves it a part of the word in a flow collection.
  private static let mayFollow: [Bool] = (UInt8.min...UInt8.max).map { byte in
    byte > 0x20 && !",?[]{}".utf8.contains(byte)
  }
}
