internal import SourceText

/// The bytes of a file, made fit for the parser without moving any of them.
struct PreparedBytes {
  /// What the parser reads: as long as the file.
  var bytes: [UInt8]
  /// Where the text begins: 3 behind a byte order mark.
  let base: Int
  /// Whether the bytes differ from the file in a way that decoded texts have to undo.
  var isDisguised = false
  /// Control characters, which no text may contain; the first is enough to say so.
  var firstControl: Int?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    replaceControls()
    isDisguised = Disguise.swap(&self.bytes, in: base..<bytes.count)
  }

  private mutating func replaceControls() {
    for index in base..<bytes.count {
      let byte = bytes[index]
      guard byte < 0x20 || byte == 0x7F, byte != 0x09, byte != 0x0A, byte != 0x0D else { continue }
      if firstControl == nil { firstControl = index }
      bytes[index] = UInt8(ascii: "?")
    }
  }
}

/// Hides from the parser what it would misread, by swapping it with something of the same length.
///
/// libyaml refuses escapes of surrogate pairs, takes U+0085, U+2028 and U+2029 for line ends, and refuses C1 controls,
/// U+FEFF, U+FFFE and U+FFFF. Each is swapped with a partner that means nothing to it, and the partner with it, so that
/// swapping a decoded text once more gives what the author wrote.
enum Disguise {
  /// Whether anything was swapped.
  static func swap(_ bytes: inout [UInt8], in range: Range<Int>) -> Bool {
    var changed = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\") || byte >= 0xC2 else {
        index += 1
        continue
      }
      let length = swapOne(&bytes, at: index, end: range.upperBound)
      if length > 0 { changed = true }
      index += max(1, length)
    }
    return changed
  }

  /// The number of bytes that were swapped.
  private static func swapOne(_ bytes: inout [UInt8], at index: Int, end: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "\\"): return swapSurrogates(&bytes, at: index, end: end)
    case 0xC2, 0xDF:
      guard index + 1 < end, 0x80...0x9F ~= bytes[index + 1] else { return 0 }
      bytes[index] ^= 0xC2 ^ 0xDF
      return 2
    case 0xE2, 0xEE, 0xEF: return swapThree(&bytes, at: index, end: end)
    default: return 0
    }
  }

  private static func swapThree(_ bytes: inout [UInt8], at index: Int, end: Int) -> Int {
    guard index + 2 < end else { return 0 }
    let lead = bytes[index]
    switch (bytes[index + 1], bytes[index + 2]) {
    case (0x80, 0xA8), (0x80, 0xA9):
      guard lead != 0xEF else { return 0 }
      bytes[index] = lead == 0xE2 ? 0xEE : 0xE2
    case (0xBB, 0xBF), (0xBF, 0xBE), (0xBF, 0xBF):
      guard lead != 0xE2 else { return 0 }
      bytes[index] = lead == 0xEF ? 0xEE : 0xEF
    default: return 0
    }
    return 3
  }

  /// `\ud83d\ude00` and `\ue83d\uee00` change places.
  private static func swapSurrogates(_ bytes: inout [UInt8], at index: Int, end: Int) -> Int {
    guard index + 12 <= end, let first = escape(bytes, index), let second = escape(bytes, index + 6) else { return 0 }
    let isPair = 0xD800...0xDBFF ~= first && 0xDC00...0xDFFF ~= second
    let isPartner = 0xE800...0xEBFF ~= first && 0xEC00...0xEFFF ~= second
    guard isPair || isPartner else { return 0 }
    // `d` and `e` differ in one bit, in both cases of the letter.
    bytes[index + 2] ^= 0x01
    bytes[index + 8] ^= 0x01
    return 12
  }

  /// The number of an escape `\uXXXX`.
  private static func escape(_ bytes: [UInt8], _ index: Int) -> Int? {
    guard bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else { return nil }
    return hexadecimal(bytes[(index + 2)..<(index + 6)])
  }

  /// The number that hexadecimal digits write.
  static func hexadecimal(_ digits: ArraySlice<UInt8>) -> Int? {
    var number = 0
    for byte in digits {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      number = number &* 16 &+ digit
    }
    return number
  }
}
