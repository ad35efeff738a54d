internal import SourceText

/// The text as Markdown shows it unchanged: what stands in backticks as code, the rest escaped.
func markdownText(_ text: String) -> String {
  let parts = DisplayText.visible(text).split(separator: "`", omittingEmptySubsequences: false)
  return parts.enumerated().map { index, part in
    let isCode = index % 2 == 1 && index < parts.count - 1 && !part.allSatisfy { $0 == " " }
    if isCode { return "`" + part + "`" }
    let isStray = index % 2 == 1
    return (isStray ? "\\`" : "") + markdownEscaped(String(part)) + (isStray && index < parts.count - 1 ? "\\`" : "")
  }.joined()
}

/// The text without any meaning to Markdown or HTML.
func markdownEscaped(_ text: String) -> String {
  text.reduce(into: "") { result, character in
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "$": result += "\\" + String(character)
    default: result.append(character)
    }
  }
}

/// A text as code in a line.
func markdownCode(_ text: String) -> String {
  let shown = DisplayText.visible(text)
  let fence = String(repeating: "`", count: longestTicks(shown) + 1)
  return fence.utf8.count == 1 && !shown.isEmpty ? "`" + shown + "`" : fence + " " + shown + " " + fence
}

/// A block of code whose fence no line of it can close.
func markdownFence(_ text: String, _ language: String) -> String {
  let fence = String(repeating: "`", count: max(3, longestTicks(text) + 1))
  let end = text.hasSuffix("\n") ? "" : "\n"
  return fence + language + "\n" + text + end + fence
}

private func longestTicks(_ text: String) -> Int {
  var longest = 0
  var run = 0
  for byte in text.utf8 {
    run = byte == UInt8(ascii: "`") ? run + 1 : 0
    longest = max(longest, run)
  }
  return longest
}
