/// A piece of a scalar: where it stands in the file and which part of the decoded text it gives.
///
/// Ranges of one length are the same bytes; otherwise the piece is an escape or a folded line end.
struct ScalarPiece: Hashable, Sendable {
  var source: Range<Int>
  var decoded: Range<Int>
}

/// Decodes a quoted scalar and remembers where every part of the text comes from.
struct QuotedScalar {
  private(set) var text: [UInt8] = []
  private(set) var pieces: [ScalarPiece] = []
  /// An escape that stands for no character.
  private(set) var badEscape: Range<Int>?

  private let bytes: [UInt8]
  private var at: Int
  private let end: Int

  /// `content`: what stands between the quotes.
  init(_ bytes: [UInt8], content: Range<Int>, isDouble: Bool) {
    self.bytes = bytes
    at = content.lowerBound
    end = content.upperBound
    while at < end {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: blanks()
      case UInt8(ascii: "\\") where isDouble: escape()
      case UInt8(ascii: "'") where !isDouble: add([UInt8(ascii: "'")], length: 2)
      default: add([bytes[at]], length: 1)
      }
    }
  }

  private mutating func add(_ decoded: [UInt8], length: Int) {
    let source = at..<min(at + length, end)
    at = source.upperBound
    let range = text.count..<(text.count + decoded.count)
    text += decoded
    let isVerbatim = source.count == 1 && decoded.count == 1
    if isVerbatim, let last = pieces.last, last.source.count == last.decoded.count,
      last.source.upperBound == source.lowerBound
    {
      pieces[pieces.count - 1].source = last.source.lowerBound..<source.upperBound
      pieces[pieces.count - 1].decoded = last.decoded.lowerBound..<range.upperBound
    } else {
      pieces.append(ScalarPiece(source: source, decoded: range))
    }
  }

  /// A run of blanks: itself when it has no line end, otherwise folded.
  private mutating func blanks() {
    let (stop, breaks) = run(from: at)
    guard breaks > 0 else {
      while at < stop { add([bytes[at]], length: 1) }
      return
    }
    add(breaks == 1 ? [0x20] : [UInt8](repeating: 0x0A, count: breaks - 1), length: stop - at)
  }

  /// Where a run of blanks and line ends stops, and how many line ends it has.
  private func run(from start: Int) -> (stop: Int, breaks: Int) {
    var place = start
    var breaks = 0
    while place < end {
      switch bytes[place] {
      case 0x20, 0x09: break
      case 0x0A: breaks += 1
      case 0x0D: if place + 1 >= end || bytes[place + 1] != 0x0A { breaks += 1 }
      default: return (place, breaks)
      }
      place += 1
    }
    return (place, breaks)
  }

  private mutating func escape() {
    guard at + 1 < end else { return add([], length: 1) }
    let letter = bytes[at + 1]
    if letter == 0x0A || letter == 0x0D {
      let (stop, breaks) = run(from: at + 1)
      return add([UInt8](repeating: 0x0A, count: max(0, breaks - 1)), length: stop - at)
    }
    if let digits = Self.digitCounts[letter] { return numberEscape(digits) }
    guard let scalar = Self.namedEscapes[letter] else {
      badEscape = badEscape ?? at..<(at + 2)
      return add([], length: 2)
    }
    add(Array(String(scalar).utf8), length: 2)
  }

  private mutating func numberEscape(_ digits: Int) {
    var length = 2 + digits
    guard var number = number(at: at, digits) else {
      badEscape = badEscape ?? at..<min(at + 2, end)
      return add([], length: 2)
    }
    if 0xD800...0xDBFF ~= number, let low = secondNumber(at: at + length), 0xDC00...0xDFFF ~= low {
      number = 0x10000 + (number - 0xD800) * 0x400 + (low - 0xDC00)
      length += 6
    }
    guard let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: number)) else {
      badEscape = badEscape ?? at..<min(at + length, end)
      return add([], length: length)
    }
    add(Array(String(scalar).utf8), length: length)
  }

  /// The number of a second escape of four digits.
  private func secondNumber(at place: Int) -> Int? {
    guard place + 1 < end, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else { return nil }
    return number(at: place, 4)
  }

  private func number(at place: Int, _ digits: Int) -> Int? {
    guard place + 2 + digits <= end else { return nil }
    return Disguise.hexadecimal(bytes[(place + 2)..<(place + 2 + digits)])
  }

  private static let digitCounts: [UInt8: Int] = [
    UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8,
  ]

  private static let namedEscapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "0"): "\u{0}", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t",
    0x09: "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}", UInt8(ascii: "f"): "\u{C}",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", 0x20: " ", UInt8(ascii: "\""): "\"",
    UInt8(ascii: "/"): "/", UInt8(ascii: "\\"): "\\", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}",
    UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
  ]
}

/// Finds the lines of a plain or block scalar again in its decoded text.
enum LinePieces {
  /// Each line that is not blank stands in the text as it is, without its indentation.
  static func find(_ bytes: [UInt8], content: Range<Int>, text: ArraySlice<UInt8>) -> [ScalarPiece] {
    var pieces: [ScalarPiece] = []
    var decoded = text.startIndex
    var place = content.lowerBound
    while place < content.upperBound {
      while place < content.upperBound, isBlankOrBreak(bytes[place]) { place += 1 }
      while decoded < text.endIndex, isBlankOrBreak(text[decoded]) { decoded += 1 }
      let start = (source: place, decoded: decoded)
      while place < content.upperBound, decoded < text.endIndex, bytes[place] == text[decoded],
        bytes[place] != 0x0A, bytes[place] != 0x0D
      {
        (place, decoded) = (place + 1, decoded + 1)
      }
      guard place > start.source else { break }
      pieces.append(
        ScalarPiece(
          source: start.source..<place, decoded: (start.decoded - text.startIndex)..<(decoded - text.startIndex)))
    }
    return pieces
  }

  private static func isBlankOrBreak(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
