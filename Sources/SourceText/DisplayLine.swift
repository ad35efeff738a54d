/// A line of a file as it is shown: which bytes take which columns.
struct DisplayLine {
  /// One character as the reader sees it.
  struct Cell {
    var offset: UInt32
    var column: Int
    var width: Int
    var text: String
  }

  private(set) var cells: [Cell] = []
  /// The columns of the whole line.
  private(set) var width = 0
  /// Whether the line goes on before or after what was read of it.
  let isCutBefore: Bool
  let isCutAfter: Bool
  private let end: UInt32

  /// More than a screen shows; the rest of a longer line is not worth decoding.
  static let longestLine: UInt32 = 8192

  /// Reads a line; of a very long one only what stands near the offset.
  init(_ line: Int, of file: SourceFile, near offset: UInt32) {
    let piece = Self.piece(of: file.lineSpan(line), near: offset, in: file.bytes)
    let whole = file.lineSpan(line)
    isCutBefore = piece.start > whole.start
    isCutAfter = piece.end < whole.end
    end = piece.end
    read(file.bytes[Int(piece.start)..<Int(piece.end)], from: piece.start)
  }

  private static func piece(of line: Span, near offset: UInt32, in bytes: [UInt8]) -> Span {
    guard line.end - line.start > longestLine else { return line }
    let start = max(line.start, offset > longestLine / 2 ? offset - longestLine / 2 : 0)
    let end = start + min(longestLine, line.end - start)
    return Span(file: line.file, start: characterStart(start, line, bytes), end: characterStart(end, line, bytes))
  }

  /// Goes back to the byte that begins a character.
  private static func characterStart(_ offset: UInt32, _ line: Span, _ bytes: [UInt8]) -> UInt32 {
    var found = offset
    while found < line.end, found > line.start, offset - found < 3, bytes[Int(found)] & 0xC0 == 0x80 { found -= 1 }
    return found
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>, from start: UInt32) {
    let decoded = Self.decode(bytes, from: start)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: decoded.map(\.scalar))
    var index = 0
    for character in String(text) {
      append(character, at: decoded[index].offset)
      index += character.unicodeScalars.count
    }
  }

  private mutating func append(_ character: Character, at offset: UInt32) {
    let tab = 4 - width % 4
    let glyph =
      character == "\t" ? (text: String(repeating: " ", count: tab), width: tab) : DisplayText.glyph(character)
    cells.append(Cell(offset: offset, column: width, width: glyph.width, text: glyph.text))
    width += glyph.width
  }

  /// The characters with their offsets; bytes that are not UTF-8 become replacement characters.
  private static func decode(
    _ bytes: ArraySlice<UInt8>, from start: UInt32
  ) -> [(scalar: Unicode.Scalar, offset: UInt32)] {
    var found: [(scalar: Unicode.Scalar, offset: UInt32)] = []
    var parser = Unicode.UTF8.ForwardParser()
    var source = bytes.makeIterator()
    var offset = start
    while true {
      switch parser.parseScalar(from: &source) {
      case .valid(let encoded):
        found.append((Unicode.UTF8.decode(encoded), offset))
        offset += UInt32(truncatingIfNeeded: encoded.count)
      case .error(let length):
        found.append(("\u{FFFD}", offset))
        offset += UInt32(truncatingIfNeeded: length)
      case .emptyInput:
        return found
      }
    }
  }

  /// The columns that a piece of the line takes: at least one, so that an empty place can be pointed at.
  func columns(from start: UInt32, to last: UInt32) -> Range<Int> {
    let first = start < end ? cells.last { $0.offset <= start }?.column ?? 0 : width
    let final = cells.last { $0.offset < last }.map { $0.column + $0.width } ?? 0
    return first..<max(first + 1, start < last ? final : 0)
  }
}

/// The part of a line that fits the screen.
struct DisplayWindow {
  let text: String
  /// The columns of the line that can be seen.
  let shown: Range<Int>
  /// What to add to a column of the line to get the column on the screen.
  let shift: Int

  static let ellipsis = "..."

  /// Shows the line, or what fits of it around the given columns.
  init(_ line: DisplayLine, around focus: Range<Int>, room: Int) {
    let isCut = line.isCutBefore || line.isCutAfter || line.width > room
    let inner = isCut ? max(1, room - 2 * Self.ellipsis.count) : max(line.width, focus.upperBound)
    let wanted = isCut ? Self.start(of: focus, in: line, inner) : 0
    let cells = line.cells.drop { $0.column < wanted }
    let base = cells.first?.column ?? line.width
    let seen = cells.prefix { $0.column + $0.width <= base + inner }
    let isAfterSomething = base > 0 || line.isCutBefore
    let isBeforeSomething = seen.endIndex < line.cells.endIndex || line.isCutAfter
    text =
      (isAfterSomething ? Self.ellipsis : "") + seen.map(\.text).joined()
      + (isBeforeSomething ? Self.ellipsis : "")
    shown = base..<(base + inner)
    shift = (isAfterSomething ? Self.ellipsis.count : 0) - base
  }

  /// The first column to show: the focus in the middle, and the line filling the window.
  private static func start(of focus: Range<Int>, in line: DisplayLine, _ inner: Int) -> Int {
    let middle = focus.lowerBound - (inner - min(focus.count, inner)) / 2
    let latest = max(line.width, focus.lowerBound + 1) - inner
    return max(0, min(middle, latest))
  }
}
