/// Turns places counted in code points, as the parser counts, into byte offsets of the file.
struct MarkMap {
  /// The byte offset of every 16th code point; empty when the file is ASCII and no map is needed.
  private var checkpoints: [UInt32] = []
  private let bytes: [UInt8]
  private let base: Int

  private static let step = 16

  /// Counting starts behind a byte order mark.
  init(_ bytes: [UInt8], _ prepared: PreparedBytes) {
    self.bytes = bytes
    base = prepared.base
    guard prepared.survey.hasNonASCII else { return }
    var count = 0
    for index in base..<bytes.count where bytes[index] & 0xC0 != 0x80 {
      if count % Self.step == 0 { checkpoints.append(UInt32(truncatingIfNeeded: index)) }
      count += 1
    }
  }

  func offset(of codePoint: Int) -> Int {
    guard !checkpoints.isEmpty else { return min(max(codePoint, 0), bytes.count - base) + base }
    let slot = min(max(codePoint, 0) / Self.step, checkpoints.count - 1)
    var rest = max(codePoint, 0) - slot * Self.step
    var place = Int(checkpoints[slot])
    while rest > 0, place < bytes.count {
      place += 1
      while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
      rest -= 1
    }
    return place
  }
}
