internal import CSimdJSON

/// What written values stand for, by their bytes: each is read and checked once.
struct TextMemo: Sendable {
  private struct Entry {
    /// The ends of the text; of a longer text a fingerprint of all of it.
    var first: UInt64 = 0
    var last: UInt64 = 0
    var length: UInt32 = 0
    /// Whose value it is, and how it is written; 0: nothing is here.
    var owner: UInt32 = 0
    var code: UInt32 = 0
    /// Where the bytes of a longer text are kept.
    var text: UInt32 = 0
  }

  private var entries = ContiguousArray(repeating: Entry(), count: 1 << 12)
  private var shift: UInt64 = 64 - 12
  private var texts: ContiguousArray<UInt8> = []
  private(set) var count = 0

  /// Nothing has been read under this text.
  static let missing = UInt32.max
  /// A longer text is not kept.
  static let longest = 4096
  /// The ends of a text say all of it.
  private static let inline = 16

  /// How full it may be: then it begins anew.
  static let most = 1 << 16
  private static let mostBytes = 4 << 20

  var isFull: Bool { count >= Self.most || texts.count >= Self.mostBytes }

  private static func owner(_ memo: Int, _ kind: UInt8) -> UInt32 {
    UInt32(truncatingIfNeeded: (memo + 1) << 3) | UInt32(kind)
  }

  @inline(__always)
  private static func hash(_ first: UInt64, _ last: UInt64, _ length: UInt32, _ owner: UInt32) -> UInt64 {
    // Texts of eight letters and more have their ends in common; turned, these do not put each other out.
    let ends = first ^ (last << 29 | last >> 35) ^ UInt64(length) << 57
    return (ends ^ UInt64(owner) &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
  }

  /// What is kept of a value, or `missing`.
  @inline(__always)
  func code(_ memo: Int, _ nodes: Span<csimdjson_node>, _ index: Int, _ bytes: Span<UInt8>) -> UInt32 {
    let (kind, length) = (nodes[index].kind, nodes[index].length)
    let owner = Self.owner(memo, kind)
    guard length <= UInt32(Self.inline), kind >= 2 else { return longCode(owner, nodes[index], bytes) }
    let (first, last) = (nodes[index].first, nodes[index].last)
    let entries = entries.span
    var place = Int(truncatingIfNeeded: Self.hash(first, last, length, owner) >> shift)
    while true {
      let entry = entries[place]
      if entry.first == first, entry.last == last, entry.length == length, entry.owner == owner { return entry.code }
      if entry.owner == 0 { return Self.missing }
      place = (place + 1) & (entries.count - 1)
    }
  }

  private func longCode(_ owner: UInt32, _ node: csimdjson_node, _ bytes: Span<UInt8>) -> UInt32 {
    guard node.length <= UInt32(Self.longest) else { return Self.missing }
    let print = Self.fingerprint(node, bytes)
    var place = Int(truncatingIfNeeded: Self.hash(print, 0, node.length, owner) >> shift)
    while entries[place].owner != 0 {
      if entries[place].first == print, entries[place].length == node.length, entries[place].owner == owner,
        isSame(Int(entries[place].text), node, bytes)
      {
        return entries[place].code
      }
      place = (place + 1) & (entries.count - 1)
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

  /// Keeps what a value stands for; the same value is not kept yet.
  mutating func keep(_ code: UInt32, _ memo: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>) {
    guard node.length <= UInt32(Self.longest) else { return }
    var entry = Entry(
      first: node.first, last: node.last, length: node.length, owner: Self.owner(memo, node.kind), code: code)
    if node.length > UInt32(Self.inline) || node.kind < 2 {
      (entry.first, entry.last) = (Self.fingerprint(node, bytes), 0)
      entry.text = UInt32(truncatingIfNeeded: texts.count)
      for place in Int(node.start)..<Int(node.start) + Int(node.length) { texts.append(bytes[place]) }
    }
    if 2 * count >= entries.count { grow() }
    insert(entry)
    count += 1
  }

  private mutating func insert(_ entry: Entry) {
    var place = Int(truncatingIfNeeded: Self.hash(entry.first, entry.last, entry.length, entry.owner) >> shift)
    while entries[place].owner != 0 { place = (place + 1) & (entries.count - 1) }
    entries[place] = entry
  }

  private mutating func grow() {
    let known = entries
    entries = ContiguousArray(repeating: Entry(), count: known.count * 2)
    shift -= 1
    for entry in known where entry.owner != 0 { insert(entry) }
  }
}
