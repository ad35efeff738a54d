/// What is drawn around an excerpt: line numbers, bars and colours.
struct Frame {
  /// What a piece of text is, which decides its colour.
  enum Role {
    case severity(Severity)
    case frame
    case message
  }

  /// The digits of the largest line number.
  let digits: Int
  let color: Bool
  let width: Int?

  /// The columns for the text of a line.
  ///
  /// Without a width there still is a limit: nobody reads a line of 4,000 signs.
  var room: Int { min(max((width ?? 160) - digits - 3, 24), 400) }

  /// Whether so many columns after the bar stay within the width.
  func fits(_ columns: Int) -> Bool {
    guard let width else { return true }
    return columns <= width - digits - 3
  }

  /// Moves a text to the left as far as it needs to fit.
  func indent(_ wanted: Int, for columns: Int) -> Int {
    guard let width else { return wanted }
    return max(0, min(wanted, width - digits - 3 - columns))
  }

  var margin: String { String(repeating: " ", count: digits) }

  func numbered(_ line: Int, _ text: String) -> String {
    let number = String(line)
    let padding = String(repeating: " ", count: max(0, digits - number.count))
    return paint(padding + number + " |", .frame) + Self.tail(text)
  }

  func bar(_ text: String) -> String { paint(margin + " |", .frame) + Self.tail(text) }

  var gap: String { paint(margin + " :", .frame) }

  /// `  --> path:1:1`; a further file begins with colons.
  func place(_ text: String, isFirst: Bool) -> String {
    paint(margin + (isFirst ? "--> " : "::: "), .frame) + DisplayText.visible(text)
  }

  /// `   = word: text`, with the further lines of the text below.
  func remark(_ word: String, _ text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { DisplayText.visible(String($0)) }
    let first = paint(margin + " =", .frame) + " " + paint(word + ":", .message) + Self.tail(lines.first ?? "")
    return [first] + lines.dropFirst().map { detail($0) }
  }

  /// A line that belongs to the remark before it.
  func detail(_ text: String) -> String { margin + "    " + Self.tail(text) }

  /// No row ends in white space.
  private static func tail(_ text: String) -> String {
    guard let last = text.lastIndex(where: { $0 != " " }) else { return "" }
    return " " + text[...last]
  }

  func paint(_ text: String, _ role: Role) -> String {
    guard color, !text.isEmpty else { return text }
    return "\u{1B}[\(Self.ansi(role))m\(text)\u{1B}[0m"
  }

  private static func ansi(_ role: Role) -> String {
    switch role {
    case .severity(.error): "1;31"
    case .severity(.warning): "1;33"
    case .severity(.info): "1;36"
    case .frame: "1;34"
    case .message: "1"
    }
  }
}
