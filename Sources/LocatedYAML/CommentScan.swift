internal import SourceText

/// Finds comments: every `#` that stands outside the scalars.
enum CommentScan {
  /// `scalars`: the places of all scalars in the order of the file.
  static func comments(_ file: SourceFile, scalars: [Span], until limit: Int) -> [YAMLComment] {
    var found: [YAMLComment] = []
    var next = 0
    var place = 0
    let end = min(limit, file.bytes.count)
    while place < end {
      while next < scalars.count, Int(scalars[next].end) <= place { next += 1 }
      if next < scalars.count, Int(scalars[next].start) <= place {
        place = Int(scalars[next].end)
        continue
      }
      // Between two scalars there is mostly a line end and some blanks.
      let gap = next < scalars.count ? min(end, Int(scalars[next].start)) : end
      while place < gap, file.bytes[place] != UInt8(ascii: "#") { place += 1 }
      guard place < gap else { continue }
      let stop = endOfText(file.bytes, from: place)
      found.append(
        YAMLComment(span: Span(file: file.id, start: UInt32(clamping: place), end: UInt32(clamping: stop))))
      place = stop
    }
    return found
  }

  private static func endOfText(_ bytes: [UInt8], from start: Int) -> Int {
    var stop = start
    while stop < bytes.count, bytes[stop] != 0x0A, bytes[stop] != 0x0D { stop += 1 }
    while stop > start, bytes[stop - 1] == 0x20 || bytes[stop - 1] == 0x09 { stop -= 1 }
    return stop
  }
}
