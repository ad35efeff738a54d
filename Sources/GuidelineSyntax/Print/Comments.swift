internal import SourceText

/// A comment of a document.
struct Comment {
  /// From `#` to the end of the line.
  var text: String
  /// Where its `#` stands, in bytes of the file.
  var start: Int
  /// Blanks before it, when nothing else stands on its line.
  var column: Int
  /// Whether it has the line for itself.
  var isAlone: Bool
  /// Whether an empty line stands before it.
  var followsGap: Bool
}

/// The comments of a document in the order of the file; the printer takes them one after another.
struct Comments {
  private var rest: ArraySlice<Comment>

  init(_ places: [Span], in bytes: [UInt8]) {
    rest = places.map { Comment($0, in: bytes) }[...]
  }

  /// The next comment if it stands before the place and fits.
  mutating func next(before end: Int, where fits: (Comment) -> Bool = { _ in true }) -> Comment? {
    guard let first = rest.first, first.start < end, fits(first) else { return nil }
    rest.removeFirst()
    return first
  }
}

extension Comment {
  fileprivate init(_ place: Span, in bytes: [UInt8]) {
    let start = min(Int(place.start), bytes.count)
    let end = max(start, min(Int(place.end), bytes.count))
    let line = lineStart(bytes, start)
    self.start = start
    text = String(decoding: bytes[start..<end], as: UTF8.self)
    column = start - line
    isAlone = bytes[line..<start].allSatisfy { $0 == UInt8(ascii: " ") || $0 == 0x09 }
    followsGap = hasGap(bytes, before: line)
  }
}

/// Where the line of the byte begins.
func lineStart(_ bytes: [UInt8], _ position: Int) -> Int {
  var start = min(position, bytes.count)
  while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
  return start
}

/// Whether the line before the one that begins here is empty.
func hasGap(_ bytes: [UInt8], before line: Int) -> Bool {
  guard line > 0 else { return false }
  var end = line - 1
  if end > 0, bytes[end] == 0x0A, bytes[end - 1] == 0x0D { end -= 1 }
  let previous = lineStart(bytes, end)
  return previous < line && bytes[previous..<end].allSatisfy { $0 == UInt8(ascii: " ") || $0 == 0x09 }
}
