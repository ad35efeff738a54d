internal import CSimdJSON

/// What written values stand for, by their bytes: each is read and checked once.
///
/// Nearly all values have no more than eight letters. They have a table of their own, which stays small enough to be near.
struct TextMemo: Sendable {
  private struct Short {
    var text: UInt64 = 0
    /// Whose value it is, how it is written, and its length; 0: nothing is here.
    var owner: UInt32 = 0
    var code: UInt32 = 0
  }

  private struct Long {
    /// The ends of the text; of a text beyond sixteen letters a fingerprint of all of it.
    var first: UInt64 = 0
    var last: UInt64 = 0
    var length: UInt32 = 0
    var owner: UInt32 = 0
    var code: UInt32 = 0
    /// Where the bytes of a text beyond sixteen letters are kept.
    var text: UInt32 = 0
  }

  private var shorts = ContiguousArray(repeating: Short(), count: 1 << 10)
  private var shortShift: UInt64 = 64 - 10
  private var shortCount = 0
  private var longs = ContiguousArray(repeating: Long(), count: 1 << 10)
  private var longShift: UInt64 = 64 - 10
  private var longCount = 0
  private var texts: ContiguousArray<UInt8> = []

  /// Nothing has been read under this text.
  static let missing = UInt32.max
  /// A longer text is not kept.
  static let longest = 4096
  /// The ends of a text say all of it.
  private static let inline: UInt32 = 16

  /// How full it may be: then it begins anew.
  private static let most = 1 << 16
  private static let mostBytes = 4 << 20

  var isFull: Bool { shortCount + longCount >= Self.most || texts.count >= Self.mostBytes }

  /// How a family is told from others.
  static func tag(_ family: Int) -> UInt32 { UInt32(truncatingIfNeeded: (family + 1) << 8) }

  @inline(__always)
  private static func owner(_ tag: UInt32, _ kind: UInt8, _ length: UInt32) -> UInt32 {
    tag | UInt32(kind) << 4 | min(length, 9)
  }

  @inline(__always)
  private static func hash(_ text: UInt64, _ owner: UInt32) -> UInt64 {
    (text ^ UInt64(owner) &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
  }

  /// Texts of more than eight letters have their ends in common; turned, these do not put each other out.
  @inline(__always)
  private static func hash(_ first: UInt64, _ last: UInt64, _ owner: UInt32) -> UInt64 {
    hash(first ^ (last << 29 | last >> 35), owner)
  }

  // MARK: Asking

  /// What is kept of a value, or `missing`.
  @inline(__always)
  func code(_ tag: UInt32, _ node: csimdjson_node, _ bytes: Span<UInt8>) -> UInt32 {
    let (kind, length, text) = (node.kind, node.length, node.first)
    let owner = Self.owner(tag, kind, length)
    guard length <= 8, kind >= 2 else {
      guard length <= Self.inline, kind >= 2 else { return longCode(owner, node, bytes) }
      return middleCode(owner, text, node.last, length)
    }
    let shorts = shorts.span
    var place = Int(truncatingIfNeeded: Self.hash(text, owner) >> shortShift)
    while true {
      let entry = shorts[place]
      if entry.text == text, entry.owner == owner { return entry.code }
      if entry.owner == 0 { return Self.missing }
      place = (place &+ 1) & (shorts.count &- 1)
    }
  }

  @inline(__always)
  private func middleCode(_ owner: UInt32, _ first: UInt64, _ last: UInt64, _ length: UInt32) -> UInt32 {
    let longs = longs.span
    var place = Int(truncatingIfNeeded: Self.hash(first, last, owner) >> longShift)
    while true {
      let entry = longs[place]
      if entry.first == first, entry.last == last, entry.length == length, entry.owner == owner { return entry.code }
      if entry.owner == 0 { return Self.missing }
      place = (place &+ 1) & (longs.count &- 1)
    }
  }

  @inline(never)
  private func longCode(_ owner: UInt32, _ node: csimdjson_node, _ bytes: Span<UInt8>) -> UInt32 {
    guard node.length <= UInt32(Self.longest) else { return Self.missing }
    let print = Self.fingerprint(node, bytes)
    var place = Int(truncatingIfNeeded: Self.hash(print, 0, owner) >> longShift)
    while longs[place].owner != 0 {
      let entry = longs[place]
      if entry.first == print, entry.length == node.length, entry.owner == owner, isSame(Int(entry.text), node, bytes) {
        return entry.code
      }
      place = (place &+ 1) & (longs.count &- 1)
    }
    return Self.missing
  }

  private func isSame(_ text: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>) -> Bool {
    let start = Int(node.start)
    for offset in 0..<Int(node.length) where texts[text + offset] != bytes[start + offset] { return false }
    return true
  }

  private static func fingerprint(_ node: csimdjson_node, _ bytes: Span<UInt8>) -> UInt64 {
    var print: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in Int(node.start)..<Int(node.start) + Int(node.length) {
      print = (print ^ UInt64(bytes[place])) &* 0x0000_0100_0000_01B3
    }
    return print
  }

  // MARK: Keeping

  /// Keeps what a value stands for; the same value is not kept yet.
  mutating func keep(_ code: UInt32, _ tag: UInt32, _ node: csimdjson_node, _ bytes: Span<UInt8>) {
    guard node.length <= UInt32(Self.longest) else { return }
    let owner = Self.owner(tag, node.kind, node.length)
    if node.length <= 8, node.kind >= 2 {
      if 4 * shortCount >= shorts.count { growShorts() }
      insert(Short(text: node.first, owner: owner, code: code))
      shortCount += 1
      return
    }
    var entry = Long(first: node.first, last: node.last, length: node.length, owner: owner, code: code)
    if node.length > Self.inline || node.kind < 2 {
      (entry.first, entry.last) = (Self.fingerprint(node, bytes), 0)
      entry.text = UInt32(truncatingIfNeeded: texts.count)
      for place in Int(node.start)..<Int(node.start) + Int(node.length) { texts.append(bytes[place]) }
    }
    if 4 * longCount >= longs.count { growLongs() }
    insert(entry)
    longCount += 1
  }

  private mutating func insert(_ entry: Short) {
    var place = Int(truncatingIfNeeded: Self.hash(entry.text, entry.owner) >> shortShift)
    while shorts[place].owner != 0 { place = (place &+ 1) & (shorts.count &- 1) }
    shorts[place] = entry
  }

  private mutating func insert(_ entry: Long) {
    var place = Int(truncatingIfNeeded: Self.hash(entry.first, entry.last, entry.owner) >> longShift)
    while longs[place].owner != 0 { place = (place &+ 1) & (longs.count &- 1) }
    longs[place] = entry
  }

  private mutating func growShorts() {
    let known = shorts
    shorts = ContiguousArray(repeating: Short(), count: known.count * 2)
    shortShift -= 1
    for entry in known where entry.owner != 0 { insert(entry) }
  }

  private mutating func growLongs() {
    let known = longs
    longs = ContiguousArray(repeating: Long(), count: known.count * 2)
    longShift -= 1
    for entry in known where entry.owner != 0 { insert(entry) }
  }
}
