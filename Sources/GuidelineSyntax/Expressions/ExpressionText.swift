internal import LocatedYAML
internal import SourceText

/// The text of one line of the grammar, and where its bytes stand in a file.
struct ExpressionText {
  /// How a byte of the text becomes a place in the file.
  enum Places {
    /// A scalar of a document: quotes and escapes are accounted for.
    ///
    /// They are looked for only when a place is asked for.
    case scalar(YAMLTree, NodeID)
    /// Byte for byte from here.
    case from(UInt32)
    /// The text stands somewhere inside the span.
    case somewhere
  }

  let bytes: [UInt8]
  /// The place of the whole text, its quotes included.
  let whole: Span
  private let places: Places

  init(_ text: String, whole: Span, places: Places) { self.init(Array(text.utf8), whole: whole, places: places) }

  init(_ bytes: [UInt8], whole: Span, places: Places) {
    self.bytes = bytes
    self.whole = whole
    self.places = places
  }

  /// A text read earlier, of which only the span was kept.
  ///
  /// When the span is as long as the text, or two quotes longer, places inside are exact; otherwise they are the span.
  init(_ text: LocatedText) {
    let count = text.value.utf8.count
    switch Int(text.span.end) - Int(text.span.start) {
    case count: self.init(text.value, whole: text.span, places: .from(text.span.start))
    case count + 2: self.init(text.value, whole: text.span, places: .from(text.span.start &+ 1))
    default: self.init(text.value, whole: text.span, places: .somewhere)
    }
  }

  /// The place of some bytes of the text; an empty range is the place behind the text.
  func span(_ range: Range<Int>) -> Span {
    switch places {
    case .scalar(let tree, let id): tree.spanInFile(of: id, decodedBytes: range)
    case .from(let start):
      Span(
        file: whole.file, start: start &+ UInt32(clamping: range.lowerBound),
        end: start &+ UInt32(clamping: range.upperBound))
    case .somewhere: whole
    }
  }
}
