/// The hash FNV-1a with 64 bits: it tells texts apart and protects nothing.
///
/// Source: Fowler, Noll, Vo; `draft-eastlake-fnv`. It is the same on every machine and in every run.
package struct FNV: Sendable {
  package private(set) var value: UInt64

  /// `value`: that of what went before.
  package init(_ value: UInt64 = 0xcbf2_9ce4_8422_2325) { self.value = value }

  /// A text, and that it ends there.
  package mutating func add(_ text: String) {
    fold(text.utf8)
    fold(CollectionOfOne(0xFF))
  }

  /// Bytes, and that they end there.
  package mutating func add(_ bytes: [UInt8]) {
    fold(bytes)
    fold(CollectionOfOne(0xFF))
  }

  /// Some bytes of something that goes on.
  package mutating func pass(_ bytes: ArraySlice<UInt8>) { fold(bytes) }

  /// Generic inside this room only: from another one each byte would be asked for by a call.
  private mutating func fold(_ bytes: some Sequence<UInt8>) {
    var hash = value
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    value = hash
  }

  /// Sixteen hexadecimal digits.
  package var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
