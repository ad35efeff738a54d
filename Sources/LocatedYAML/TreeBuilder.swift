internal import SourceText

/// Builds the tree from events, and says what is refused.
struct TreeBuilder {
  /// A collection that is not closed yet.
  struct Frame {
    var node: Int
    var lastChild = YAMLNode.none
    var isMapping: Bool
    /// The key that waits for its value.
    var key: Item?
    /// Where the content read so far ends.
    var end: UInt32
  }

  /// A node on its way to its parent.
  struct Item {
    var node: Int
    /// Nothing is written where it should stand.
    var isMissing = false
  }

  var nodes: ContiguousArray<YAMLNode> = []
  private var root: NodeID?
  /// The decoded texts of all scalars.
  var texts: [UInt8] = []
  var diagnostics = Diagnostics()
  let file: SourceFile
  private let prepared: PreparedBytes
  private let marks: MarkMap
  private let limits: YAMLLimits
  private var frames: [Frame] = []
  /// Where no comment can begin.
  private var scalars: [Span] = []
  private var documents = 0
  private var isAbandoned = false
  private var readUntil: Int

  init(_ file: SourceFile, _ prepared: PreparedBytes, _ limits: YAMLLimits) {
    self.file = file
    self.prepared = prepared
    self.limits = limits
    marks = MarkMap(file.bytes, prepared)
    readUntil = file.bytes.count
    // About what rules need; texts with more nodes make the arrays grow.
    nodes.reserveCapacity(file.bytes.count / 10)
    texts.reserveCapacity(file.bytes.count / 2)
    scalars.reserveCapacity(file.bytes.count / 16)
  }

  /// Takes in an event; false: there is nothing more to read.
  mutating func take(_ event: YAMLEvent, textStart: Int) -> Bool {
    let span = span(event)
    reportProperties(event, span)
    switch event.kind {
    case .streamStart, .documentEnd: return true
    case .streamEnd: return false
    case .documentStart(let hasDirectives): return startDocument(span, hasDirectives)
    case .alias:
      reportAlias(span)
      attach(Item(node: add(YAMLNode(.broken, span))))
    case .scalar(let style): attach(scalar(style, event, span, textStart))
    case .sequenceStart(let isFlow): return open(YAMLNode(.sequence(isFlow: isFlow), span))
    case .mappingStart(let isFlow): return open(YAMLNode(.mapping(isFlow: isFlow), span))
    case .collectionEnd: close(span)
    }
    return hasRoom(span)
  }

  /// The parser gave up.
  mutating func fail(_ failure: ParserFailure) {
    let place = marks.offset(of: failure.place)
    let problem = SyntaxProblem(
      file: file, failure: failure, place: place, contextPlace: marks.offset(of: failure.contextPlace),
      lastQuoted: quotedLines(before: place))
    forgetLastText(before: problem.place)
    diagnostics.report(problem.diagnostic())
    abandon(at: marks.offset(of: failure.place))
  }

  /// The tree, when all was read.
  consuming func finished(_ diagnostics: inout Diagnostics) -> YAMLTree {
    if isAbandoned {
      root = nil
    } else if root == nil {
      self.diagnostics.report(
        YAMLCode.emptyFile, "the file says nothing", at: Span(file: file.id, start: 0, end: 0),
        help: ["write the document into it, or delete the file"])
    }
    let comments = CommentScan.comments(file, scalars: scalars, until: readUntil)
    diagnostics.append(self.diagnostics)
    return YAMLTree(file, root: root, comments: comments, nodes: nodes, texts: texts)
  }

  // MARK: - Documents and limits

  private mutating func startDocument(_ span: Span, _ hasDirectives: Bool) -> Bool {
    documents += 1
    if hasDirectives {
      diagnostics.report(
        YAMLCode.directive, "a line that begins with `%` is not allowed here", at: firstLine(span),
        help: ["delete the line; the file needs no statement about its format"])
    }
    guard documents > 1 else { return true }
    diagnostics.report(
      YAMLCode.multipleDocuments, "a second document begins here; a file has one", at: span,
      help: ["move it to a file of its own, or delete the line `---`"])
    readUntil = Int(span.start)
    return false
  }

  private func firstLine(_ span: Span) -> Span {
    let bytes = file.bytes[Int(span.start)..<Int(span.end)]
    let end = bytes.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? Int(span.end)
    return Span(file: file.id, start: span.start, end: UInt32(clamping: end))
  }

  private mutating func abandon(at offset: Int) {
    isAbandoned = true
    readUntil = offset
  }

  private mutating func hasRoom(_ span: Span) -> Bool {
    guard diagnostics.items.count < limits.problems else {
      abandon(at: Int(span.start))
      return false
    }
    guard nodes.count > limits.nodes else { return true }
    diagnostics.report(
      YAMLCode.fileTooLarge, "the file has more than \(limits.nodes) values", at: span,
      help: ["divide it into several files"])
    abandon(at: Int(span.start))
    return false
  }

  private func span(_ event: YAMLEvent) -> Span {
    Span(
      file: file.id, start: UInt32(clamping: marks.offset(of: event.start)),
      end: UInt32(clamping: marks.offset(of: event.end)))
  }

  // MARK: - Nodes

  private mutating func add(_ node: YAMLNode) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func scalar(_ style: ScalarStyle, _ event: YAMLEvent, _ span: Span, _ textStart: Int) -> Item {
    var node = YAMLNode(.scalar(style), span)
    node.textStart = UInt32(clamping: textStart)
    if style == .plain, texts.count == textStart {
      node.kind = .broken
      return Item(node: add(node), isMissing: !event.hasAnchor && !event.hasTag)
    }
    if let disguise = prepared.disguise { restoreText(style, span, disguise, from: textStart) }
    if style == .literal || style == .folded {
      node.span = trimmedBlock(span)
    } else {
      scalars.append(span)
    }
    node.textEnd = UInt32(clamping: texts.count)
    let index = add(node)
    if style == .plain { checkPlain(index) }
    return Item(node: index)
  }

  /// Undoes in a decoded text what was done to the bytes of the file.
  private mutating func restoreText(_ style: ScalarStyle, _ span: Span, _ disguise: Disguise, from textStart: Int) {
    let content = (Int(span.start) + 1)..<max(Int(span.start) + 1, Int(span.end) - 1)
    guard style == .doubleQuoted, file.bytes[Int(span.start)] == UInt8(ascii: "\"") else {
      return disguise.takeOff(&texts, from: textStart)
    }
    let decoded = QuotedScalar(file.bytes, content: content, isDouble: true)
    texts.removeSubrange(textStart...)
    texts += decoded.text
    if let bad = decoded.badEscape { report(badEscape: bad) }
  }

  /// A block scalar without the blank lines behind it; its header and its lines hold no comments of ours.
  private mutating func trimmedBlock(_ span: Span) -> Span {
    let bytes = file.bytes
    let start = Int(span.start)
    var headerEnd = start
    while headerEnd < Int(span.end), bytes[headerEnd] > 0x20 { headerEnd += 1 }
    var line = headerEnd
    while line < Int(span.end), bytes[line] != 0x0A, bytes[line] != 0x0D { line += 1 }
    var end = Int(span.end)
    while end > line, bytes[end - 1] <= 0x20 { end -= 1 }
    if end <= line { end = headerEnd }
    scalars.append(Span(file: file.id, start: span.start, end: UInt32(clamping: headerEnd)))
    if end > line {
      scalars.append(Span(file: file.id, start: UInt32(clamping: line), end: UInt32(clamping: end)))
    }
    return Span(file: file.id, start: span.start, end: UInt32(clamping: end))
  }

  // MARK: - Collections

  private mutating func open(_ node: YAMLNode) -> Bool {
    guard frames.count < limits.depth else {
      diagnostics.report(
        YAMLCode.nestingTooDeep, "lists and groups stand inside each other more than \(limits.depth) deep",
        at: node.span, help: ["look for brackets that are never closed"])
      abandon(at: Int(node.span.start))
      return false
    }
    let index = add(node)
    frames.append(Frame(node: index, isMapping: node.isMapping, end: node.span.start))
    return true
  }

  private mutating func close(_ span: Span) {
    guard let frame = frames.popLast() else { return }
    // A closing bracket has a place; other ends are noticed at whatever comes next.
    let end = span.start < span.end ? span.end : frame.end
    nodes[frame.node].span.end = max(nodes[frame.node].span.start, end)
    if frame.isMapping { removeDuplicates(frame.node) }
    attach(Item(node: frame.node))
  }

  private mutating func attach(_ item: Item) {
    guard var frame = frames.last else {
      if !item.isMissing { root = NodeID(item.node) }
      return
    }
    frame.end = max(frame.end, nodes[item.node].span.end)
    if !frame.isMapping {
      if item.isMissing { reportMissingItem(nodes[item.node].span) }
      link(item, &frame)
    } else if let key = frame.key {
      frame.key = nil
      if isUsable(key) {
        if item.isMissing { reportMissingValue(key: key.node, mapping: frame) }
        link(key, &frame)
        link(item, &frame)
      }
    } else {
      frame.key = item
    }
    frames[frames.count - 1] = frame
  }

  private mutating func link(_ item: Item, _ frame: inout Frame) {
    if frame.lastChild == YAMLNode.none {
      nodes[frame.node].firstChild = UInt32(clamping: item.node)
    } else {
      nodes[Int(frame.lastChild)].next = UInt32(clamping: item.node)
    }
    frame.lastChild = UInt32(clamping: item.node)
  }
}
