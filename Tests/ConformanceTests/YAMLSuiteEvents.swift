import Foundation

/// Reads the event notation of the suite into a tree, and notes what we refuse.
struct YAMLSuiteEvents {
  private(set) var refused: Set<String> = []
  private let lines: [String]
  private let yaml: String
  private var place = 0

  init(_ events: String, yaml: String) {
    lines = events.split(separator: "\n").map(String.init)
    self.yaml = yaml
  }

  mutating func read() -> PlainTree {
    let documents = lines.filter { $0.hasPrefix("+DOC") }.count
    if documents != 1 { refused.insert(documents == 0 ? "empty file" : "several documents") }
    if yaml.split(separator: "\n").contains(where: {
      $0.hasPrefix("%YAML") || $0.hasPrefix("%TAG") || $0.hasPrefix("%FOO")
    }) {
      refused.insert("directive")
    }
    // The notation does not tell `? a` from `a`.
    let texts = yaml.split(separator: "\n").map { $0.drop { $0 == " " } }
    if texts.contains(where: { $0.hasPrefix("? ") }) { refused.insert("complex key") }
    guard let start = lines.firstIndex(where: { $0.hasPrefix("+DOC") }) else { return .refused }
    place = start + 1
    return node()
  }

  private mutating func node() -> PlainTree {
    guard place < lines.count else { return .refused }
    let line = lines[place]
    place += 1
    if line.hasPrefix("=ALI") {
      refused.insert("alias")
      return .refused
    }
    let content = properties(String(line.dropFirst(4)))
    if line.hasPrefix("+SEQ") { return .list(children()) }
    if line.hasPrefix("+MAP") { return map(children()) }
    return scalar(content)
  }

  /// What stands behind anchor and tag.
  private mutating func properties(_ text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false)[...]
    while let word = words.first,
      word.hasPrefix("&") || word.hasPrefix("<") || word == "[]" || word == "{}" || word.isEmpty
    {
      guard words.count > 1 || !word.isEmpty else { break }
      if word.hasPrefix("&") { refused.insert("anchor") }
      if word.hasPrefix("<") { refused.insert("tag") }
      words = words.dropFirst()
    }
    return words.joined(separator: " ")
  }

  private mutating func children() -> [PlainTree] {
    var found: [PlainTree] = []
    while place < lines.count, !lines[place].hasPrefix("-") { found.append(node()) }
    place += 1
    return found
  }

  private mutating func map(_ children: [PlainTree]) -> PlainTree {
    var keys: Set<String> = []
    let pairs = stride(from: 0, to: children.count - 1, by: 2).map { [children[$0], children[$0 + 1]] }
    for pair in pairs {
      guard case .scalar(let style, let text) = pair[0], style != "|", style != ">" else {
        refused.insert("complex key")
        continue
      }
      if !keys.insert(text).inserted { refused.insert("duplicate key") }
      if text == "<<", style == ":" { refused.insert("merge key") }
    }
    return .map(pairs)
  }

  private mutating func scalar(_ content: String) -> PlainTree {
    let style = String(content.prefix(1))
    let text = Self.unescaped(content.dropFirst())
    if style == ":" {
      if text.isEmpty { refused.insert("nothing") }
      let isOneLine = yaml.split(whereSeparator: \.isNewline).contains { $0.contains(text) }
      if !isOneLine { refused.insert("plain text of several lines") }
      if text.unicodeScalars.contains(where: { $0.value == 0xA0 || $0.value == 0xFEFF }) { refused.insert("invisible") }
    }
    return .scalar(style, text)
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscape = false
    for scalar in text.unicodeScalars {
      if isEscape {
        let named: [Unicode.Scalar: Unicode.Scalar] = ["n": "\n", "t": "\t", "r": "\r", "b": "\u{8}", "0": "\0"]
        result.unicodeScalars.append(named[scalar] ?? scalar)
        isEscape = false
      } else if scalar == "\\" {
        isEscape = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
