/// Characters that nobody sees and that make two texts differ that look the same.
enum InvisibleCharacters {
  /// The first one in a text, and the bytes it takes.
  static func first(in text: ArraySlice<UInt8>) -> (scalar: Unicode.Scalar, bytes: Range<Int>)? {
    guard text.contains(where: { $0 >= 0x80 }) else { return nil }
    var place = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let length = UTF8.width(scalar)
      if isInvisible(scalar) { return (scalar, place..<(place + length)) }
      place += length
    }
    return nil
  }

  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The text without them: a blank for each that takes room.
  static func removed(from text: ArraySlice<UInt8>) -> [UInt8] {
    var seen = ""
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if !isInvisible(scalar) {
        seen.unicodeScalars.append(scalar)
      } else if takesRoom(scalar) {
        seen.append(" ")
      }
    }
    return Array(seen.utf8)
  }

  private static func takesRoom(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x85, 0xA0, 0x2028, 0x2029: true
    default: false
    }
  }

  /// `U+00A0 (no-break space)`.
  static func name(of scalar: Unicode.Scalar) -> String {
    let code = code(of: scalar)
    return description(of: scalar).map { "\(code) (\($0))" } ?? code
  }

  /// `U+00A0`.
  static func code(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func description(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0xA0: "no-break space"
    case 0x85, 0x2028, 0x2029: "an invisible line end"
    case 0x200B...0x200D, 0x2060, 0xFEFF: "a character without width"
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: "a mark that turns the direction of writing"
    default: nil
    }
  }
}
