/// What occurs at all among the bytes of a file, found in one pass: most files need no second look at each byte.
struct ByteSurvey {
  /// Something is not ASCII.
  let hasNonASCII: Bool
  /// There are control characters other than tabulators and line ends.
  let hasControls: Bool
  let hasBackslash: Bool

  init(_ bytes: [UInt8]) {
    var seen = Seen()
    unsafe bytes.withUnsafeBytes { bytes in
      let whole = bytes.count & ~7
      for place in stride(from: 0, to: whole, by: 8) {
        unsafe seen.look(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      }
      // What is left over is filled up with blanks, of which nothing is to be said.
      var rest = Seen.each(0x20)
      for place in whole..<bytes.count { unsafe rest = rest << 8 | UInt64(bytes[place]) }
      seen.look(rest)
    }
    hasNonASCII = seen.all & Seen.each(0x80) != 0
    hasControls = seen.odd != 0 && bytes.contains { Self.isControl($0) }
    hasBackslash = seen.backslashes != 0
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte == 0x7F || (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D)
  }

  /// What was met among eight bytes at a time, each in its place of a word; a bit that is set says that there is one.
  private struct Seen {
    var all: UInt64 = 0
    /// Control characters other than a line feed.
    var odd: UInt64 = 0
    var backslashes: UInt64 = 0

    @inline(__always)
    static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    @inline(__always)
    mutating func look(_ word: UInt64) {
      all |= word
      // A line feed becomes a letter: a sum that carries into the highest bit says that a byte is another one.
      let feed = word ^ Self.each(0x0A)
      let feeds = ~(((feed & Self.each(0x7F)) &+ Self.each(0x7F)) | feed | Self.each(0x7F))
      let rest = word | feeds >> 1
      odd |= Self.below(Self.each(0x20), rest) | Self.below(Self.each(1), word ^ Self.each(0x7F))
      backslashes |= Self.below(Self.each(1), word ^ Self.each(0x5C))
    }

    /// Whether some byte is less than the limit, which is at most 128.
    @inline(__always)
    private static func below(_ limit: UInt64, _ word: UInt64) -> UInt64 { (word &- limit) & ~word & each(0x80) }
  }
}
