/// What occurs at all among the bytes of a file, found in one pass: most files need no second look at each byte.
struct ByteSurvey {
  /// Something is not ASCII.
  let hasNonASCII: Bool
  /// There are control characters other than tabulators and line ends.
  let hasControls: Bool
  let hasBackslash: Bool
  /// There is something that plain files do not have: a tabulator, a carriage return, a control character, a backslash, or
  /// a byte order mark.
  let hasOddBytes: Bool

  init(_ bytes: [UInt8]) {
    var all: UInt8 = 0
    var controls: UInt8 = 0
    var backslashes: UInt8 = 0
    var others: UInt8 = 0
    // Without a way out, and without a branch, the loop looks at many bytes at once.
    for byte in bytes {
      all |= byte
      let isLayout = byte == 0x09 || byte == 0x0A || byte == 0x0D
      others |= byte == 0x09 || byte == 0x0D ? 1 : 0
      controls |= (byte < 0x20 && !isLayout) || byte == 0x7F ? 1 : 0
      backslashes |= byte == UInt8(ascii: "\\") ? 1 : 0
    }
    hasNonASCII = all >= 0x80
    hasControls = controls != 0
    hasBackslash = backslashes != 0
    hasOddBytes = (controls | backslashes | others) != 0 || bytes.starts(with: [0xEF, 0xBB, 0xBF])
  }
}
