internal import CommandSupport

/// Lays out text for people: colours, and lines that end where the terminal ends.
struct Page {
  /// What a piece of text is, which decides its colour.
  enum Role: String {
    case title = "1"
    case heading = "1;36"
    case alarm = "1;31"
    case caution = "33"
    case good = "32"
    case aside = "2"
  }

  let width: Int
  let usesColor: Bool

  init(width: Int, usesColor: Bool) {
    self.width = width
    self.usesColor = usesColor
  }

  /// The terminal's own width, 80 columns where there is none.
  init(_ color: ColorChoice) {
    width = min(max(OutputStream.output.columns ?? 80, 40), 120)
    usesColor = OutputStream.output.usesColor(color)
  }

  func paint(_ text: String, _ role: Role?) -> String {
    guard let role, usesColor, !text.isEmpty else { return text }
    return "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m"
  }

  /// A paragraph with a first line of its own beginning; further lines stand under the text.
  func paragraph(_ text: String, indent: Int = 0, mark: String = "", role: Role? = nil) -> [String] {
    let hanging = indent + mark.count
    let room = max(width - hanging, 20)
    let lines = Self.wrap(text, room)
    let margin = String(repeating: " ", count: indent)
    let rest = String(repeating: " ", count: hanging)
    return lines.enumerated().map { index, line in
      (index == 0 ? margin + mark : rest) + paint(line, role)
    }
  }

  /// Puts an aside behind the last line, or below it when there is no room.
  func append(_ aside: String, to lines: [String], indent: Int) -> [String] {
    guard let last = lines.last, last.count + 2 + aside.count <= width else {
      return lines + paragraph(aside, indent: indent, role: .aside)
    }
    return lines.dropLast() + [last + "  " + paint(Self.visible(aside), .aside)]
  }

  /// Breaks at blanks; a word that is too long stands on a line of its own.
  static func wrap(_ text: String, _ room: Int) -> [String] {
    if let lines = wrapPlain(text, room) { return lines }
    var lines: [String] = []
    var line = ""
    var length = 0
    for word in visible(text).split(separator: " ") {
      let own = word.count
      if line.isEmpty {
        line = String(word)
        length = own
      } else if length + 1 + own <= room {
        line += " "
        line += word
        // A word that begins with a mark joins what stands before it.
        length = word.utf8.first.map { $0 < 0x80 } ?? true ? length + 1 + own : line.count
      } else {
        lines.append(line)
        line = String(word)
        length = own
      }
    }
    return lines + [line]
  }

  /// The same where each scalar is a letter by itself, as in nearly all lines of a report; nil: one is not.
  private static func wrapPlain(_ text: String, _ room: Int) -> [String]? {
    guard text.unicodeScalars.allSatisfy(isPlain) else { return nil }
    var lines: [String] = []
    var line: [UInt8] = []
    var length = 0
    for word in Array(text.utf8).split(separator: UInt8(ascii: " ")) {
      // The bytes that go on with a letter begin with the bits 10.
      let own = word.count { $0 & 0xC0 != 0x80 }
      if !line.isEmpty, length + 1 + own > room {
        lines.append(String(decoding: line, as: UTF8.self))
        line = []
      }
      if line.isEmpty {
        length = own
      } else {
        line.append(UInt8(ascii: " "))
        length += 1 + own
      }
      line += word
    }
    return lines + [String(decoding: line, as: UTF8.self)]
  }

  /// Whether a scalar is shown, and is a letter by itself whatever stands beside it: up to the first combining mark, and
  /// dashes, quotation marks, arrows and signs of arithmetic.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0x300, 0x2010..<0x2028, 0x2030..<0x205F, 0x2190..<0x2300: true
    default: false
    }
  }

  /// Content cannot steer the terminal: control characters become blanks.
  private static func visible(_ text: String) -> String {
    // Those beyond ASCII are two bytes, the first of which is seldom met in words.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 }) { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
