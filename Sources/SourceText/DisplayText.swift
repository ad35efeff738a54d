/// How text looks on a terminal: how many columns it takes, and what must not reach the terminal as it is.
public enum DisplayText {
  /// The text in one line, with every control character made visible: no file can steer the terminal.
  public static func visible(_ text: String) -> String {
    text.reduce(into: "") { $0 += glyph($1).text }
  }

  /// The columns that the visible text takes.
  public static func width(_ text: String) -> Int {
    text.reduce(0) { $0 + glyph($1).width }
  }

  /// What to show for a character as the reader sees it, and its columns.
  static func glyph(_ character: Character) -> (text: String, width: Int) {
    if character.isASCII, let value = character.asciiValue, value >= 0x20, value != 0x7F {
      return (String(character), 1)
    }
    let scalars = character.unicodeScalars
    let isEmoji = isEmoji(scalars)
    guard isEmoji || !scalars.contains(where: isHidden) else {
      let text = scalars.reduce(into: "") { $0 += isHidden($1) ? name($1) : String($1) }
      return (text, text.unicodeScalars.reduce(0) { $0 + width($1) })
    }
    return (String(character), isEmoji ? 2 : scalars.reduce(0) { $0 + width($1) })
  }

  private static func isEmoji(_ scalars: String.UnicodeScalarView) -> Bool {
    guard let first = scalars.first else { return false }
    return scalars.contains { $0.properties.isEmojiPresentation || ($0.value == 0xFE0F && first.properties.isEmoji) }
  }

  /// Control characters, and signs without shape that change direction or look like nothing at all.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
    case 0xE0000...0xE007F: true
    default: false
    }
  }

  /// A control picture where there is one, else the number of the sign.
  private static func name(_ scalar: Unicode.Scalar) -> String {
    let picture: UInt32? =
      switch scalar.value {
      case 0x00...0x1F: 0x2400 + scalar.value
      case 0x7F: 0x2421
      default: nil
      }
    if let picture, let shown = Unicode.Scalar(picture) { return String(shown) }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if isWide(scalar.value) { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return scalar.value == 0xAD ? 1 : 0
    default: return isJoiningJamo(scalar.value) ? 0 : 1
    }
  }

  /// Vowels and finals that join the syllable before them.
  private static func isJoiningJamo(_ value: UInt32) -> Bool {
    (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
  }

  /// East Asian wide and fullwidth signs (Unicode Standard Annex 11); wide emoji are known to the standard library.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x1100: false
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0xA4CF: true
    case 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F: true
    case 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265: true
    case 0x20000...0x3FFFD: true
    default: false
    }
  }
}
