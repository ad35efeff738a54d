/// The hash FNV-1a with 64 bits: it tells texts apart and protects nothing.
///
/// Source: Fowler, Noll, Vo; `draft-eastlake-fnv`. It is the same on every machine and in every run.
package struct FNV: Sendable {
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package mutating func add(_ text: String) { add(text.utf8) }

  /// Bytes, and that they end there.
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    value = (value ^ 0xFF) &* 0x0000_0100_0000_01b3
  }

  /// Sixteen hexadecimal digits.
  package var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
