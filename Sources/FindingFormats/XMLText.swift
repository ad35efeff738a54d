internal import SourceText

/// Writes XML, an element a line.
struct XMLWriter {
  private(set) var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
  private var depth = 0

  typealias Attributes = [(name: String, value: String)]

  /// An element with what `content` writes inside.
  mutating func element(_ name: String, _ attributes: Attributes, _ content: (inout XMLWriter) -> Void) {
    line(start(name, attributes) + ">")
    depth += 1
    content(&self)
    depth -= 1
    line("</" + name + ">")
  }

  /// An element without content.
  mutating func empty(_ name: String, _ attributes: Attributes) { line(start(name, attributes) + "/>") }

  /// An element that holds lines of text.
  mutating func lines(_ name: String, _ attributes: Attributes, _ lines: [String]) {
    let body = lines.map { xmlEscaped($0, isAttribute: false) }.joined(separator: "\n")
    line(start(name, attributes) + ">" + body + "</" + name + ">")
  }

  private func start(_ name: String, _ attributes: Attributes) -> String {
    "<" + name + attributes.map { " " + $0.name + "=\"" + xmlEscaped($0.value, isAttribute: true) + "\"" }.joined()
  }

  private mutating func line(_ line: String) { text += String(repeating: "  ", count: depth) + line + "\n" }
}

/// The text with nothing in it that XML 1.0 would read otherwise or refuse.
///
/// XML knows no control characters but tab and line ends, not even as numbers: they become the replacement character.
/// A reader turns line ends in an attribute into blanks unless they are written as numbers.
func xmlEscaped(_ text: String, isAttribute: Bool) -> String {
  text.unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\r": result += "&#13;"
    case "\n" where isAttribute: result += "&#10;"
    case "\t" where isAttribute: result += "&#9;"
    case "\n", "\t": result.unicodeScalars.append(scalar)
    case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
}
