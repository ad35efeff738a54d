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
    var seen = Seen()
    unsafe bytes.withUnsafeBytes { bytes in
      let whole = bytes.count & ~31
      for place in stride(from: 0, to: whole, by: 32) {
        unsafe seen.look(bytes.loadUnaligned(fromByteOffset: place, as: SIMD32<UInt8>.self))
      }
      // What is left over is filled up with blanks, of which nothing is to be said.
      var rest = SIMD32<UInt8>(repeating: 0x20)
      for place in whole..<bytes.count { unsafe rest[place - whole] = bytes[place] }
      seen.look(rest)
    }
    hasNonASCII = any(seen.all .>= 0x80)
    hasControls = any(seen.controls)
    hasBackslash = any(seen.backslashes)
    hasOddBytes = any(seen.controls .| seen.backslashes .| seen.others) || bytes.starts(with: [0xEF, 0xBB, 0xBF])
  }

  /// What was met among 32 bytes at a time.
  private struct Seen {
    var all = SIMD32<UInt8>()
    var controls = SIMDMask<SIMD32<Int8>>()
    var backslashes = SIMDMask<SIMD32<Int8>>()
    var others = SIMDMask<SIMD32<Int8>>()

    mutating func look(_ part: SIMD32<UInt8>) {
      let isLine = part .== 0x0A
      let isOther = (part .== 0x09) .| (part .== 0x0D)
      all |= part
      others .|= isOther
      controls .|= ((part .< 0x20) .& .!(isLine .| isOther)) .| (part .== 0x7F)
      backslashes .|= part .== UInt8(ascii: "\\")
    }
  }
}
