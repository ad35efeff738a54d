/// Hides from the parser what it would misread, behind something of the same length that means nothing to it.
///
/// libyaml refuses escapes of surrogate pairs, takes U+0085, U+2028 and U+2029 for line ends, and refuses C1 controls,
/// U+FEFF, U+FFFE and U+FFFF. A disguise is put on only where its partners do not occur in the file, so that taking it
/// off gives exactly what the author wrote.
struct Disguise: Hashable {
  /// What the letter `d` of both escapes of a pair is combined with.
  private let letter: UInt8
  /// The first byte in place of `C2`, and in place of `E2` or `EF`.
  private let two: UInt8
  private let three: UInt8

  private static let candidates = [
    Disguise(letter: 0x01, two: 0xDF, three: 0xEE), Disguise(letter: 0x07, two: 0xCA, three: 0xE3),
    Disguise(letter: 0x06, two: 0xD2, three: 0xE5), Disguise(letter: 0x05, two: 0xDE, three: 0xE6),
  ]

  private enum Form {
    case original
    case partner
  }

  /// Puts on the first disguise that fits; nil when none is needed or none fits.
  static func put(on bytes: inout [UInt8]) -> Disguise? {
    guard let first = candidates.first, first.finds(.original, in: bytes) else { return nil }
    guard let chosen = candidates.first(where: { !$0.finds(.partner, in: bytes) }) else { return nil }
    chosen.flip(.original, in: &bytes, from: 0)
    return chosen
  }

  /// Takes the disguise off a decoded text that has no escapes of its own.
  func takeOff(_ bytes: inout [UInt8], from start: Int) { flip(.partner, in: &bytes, from: start) }

  private func finds(_ form: Form, in bytes: [UInt8]) -> Bool {
    bytes.indices.contains { mayBegin(bytes[$0]) && length(form, bytes, $0) > 0 }
  }

  private func flip(_ form: Form, in bytes: inout [UInt8], from start: Int) {
    var index = start
    while index < bytes.count {
      let length = mayBegin(bytes[index]) ? length(form, bytes, index) : 0
      if length > 0 { flipOne(form, &bytes, index, length) }
      index += max(1, length)
    }
  }

  private func mayBegin(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\\") || byte >= 0xC2 }

  private func flipOne(_ form: Form, _ bytes: inout [UInt8], _ index: Int, _ length: Int) {
    switch length {
    case 12:
      bytes[index + 2] ^= letter
      bytes[index + 8] ^= letter
    case 2: bytes[index] = form == .original ? two : 0xC2
    default:
      let original: UInt8 = bytes[index + 1] == 0x80 ? 0xE2 : 0xEF
      bytes[index] = form == .original ? three : original
    }
  }

  /// The length of what begins at a place in that form; 0: nothing.
  private func length(_ form: Form, _ bytes: [UInt8], _ index: Int) -> Int {
    let lead = bytes[index]
    if lead == UInt8(ascii: "\\") { return isPair(form, bytes, index) ? 12 : 0 }
    let rest = bytes[(index + 1)...]
    if lead == (form == .original ? 0xC2 : two), let next = rest.first, 0x80...0x9F ~= next { return 2 }
    if lead == (form == .original ? 0xE2 : three), rest.starts(with: [0x80, 0xA8]) || rest.starts(with: [0x80, 0xA9]) {
      return 3
    }
    guard lead == (form == .original ? 0xEF : three) else { return 0 }
    let isNone =
      rest.starts(with: [0xBB, 0xBF]) || rest.starts(with: [0xBF, 0xBE]) || rest.starts(with: [0xBF, 0xBF])
    return isNone ? 3 : 0
  }

  /// Whether the escapes of a surrogate pair begin here, or their partners.
  private func isPair(_ form: Form, _ bytes: [UInt8], _ index: Int) -> Bool {
    guard index + 12 <= bytes.count, let first = Self.escape(bytes, index), let second = Self.escape(bytes, index + 6)
    else { return false }
    let partner = Character(Unicode.Scalar(UInt8(ascii: "d") ^ letter)).hexDigitValue ?? 0xD
    let lead = (form == .original ? 0xD : partner) << 12
    return (lead + 0x800)..<(lead + 0xC00) ~= first && (lead + 0xC00)..<(lead + 0x1000) ~= second
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
