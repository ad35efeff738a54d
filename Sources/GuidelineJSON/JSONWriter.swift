internal import ClinicalValues

/// Writes JSON into bytes.
struct JSONWriter {
  /// With line ends and two spaces for each level.
  let isPretty: Bool
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  init(isPretty: Bool) { self.isPretty = isPretty }

  /// Goes on behind bytes, in canonical form.
  init(after bytes: [UInt8]) {
    isPretty = false
    self.bytes = bytes
  }

  /// Writes what is JSON already.
  mutating func raw(_ text: String) { bytes += text.utf8 }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .string(let text): write(text)
    case .number(let number): bytes += number.canonicalDecimal.utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .array(let items):
      enclose("[", items, "]") { writer, item in writer.write(item) }
    case .object(let entries):
      let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      enclose("{", sorted, "}") { writer, entry in
        writer.write(entry.key)
        writer.bytes += (writer.isPretty ? ": " : ":").utf8
        writer.write(entry.value)
      }
    }
  }

  private mutating func enclose<Item>(
    _ open: Unicode.Scalar, _ items: [Item], _ close: Unicode.Scalar, _ each: (inout JSONWriter, Item) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    depth += 1
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine()
      each(&self, item)
    }
    depth -= 1
    if !items.isEmpty { newLine() }
    bytes.append(UInt8(ascii: close))
  }

  private mutating func newLine() {
    guard isPretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: 2 * depth)
  }

  // MARK: Strings

  /// Only what must be escaped is: the quote, the backslash and control characters.
  mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain { bytes += text.utf8 } else { writeEscaped(text) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0..<0x20: bytes += ((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8
      default: bytes.append(byte)
      }
    }
  }
}
