// How a text is written in YAML: as it is where that is safe, in double quotes elsewhere.

/// The text as a scalar: plain if YAML reads it back as it is, otherwise in double quotes.
func scalarText(_ text: String, inFlow: Bool) -> String {
  mayStandPlain(text, inFlow: inFlow) ? text : quotedText(text)
}

/// The text in double quotes.
func quotedText(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case "\u{85}": result += "\\N"
    case "\u{2028}": result += "\\L"
    case "\u{2029}": result += "\\P"
    case "\u{FEFF}": result += "\\uFEFF"
    case "\0"..<" ", "\u{7F}"..<"\u{A0}":
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result += "\\x" + (digits.count == 1 ? "0" + digits : digits)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// Whether YAML reads the text back unchanged when it is written without quotes.
func mayStandPlain(_ text: String, inFlow: Bool) -> Bool {
  let bytes = Array(text.utf8)
  guard let first = bytes.first, let last = bytes.last, !isBlankByte(first), !isBlankByte(last) else { return false }
  guard text != "---", text != "...", last != UInt8(ascii: ":") else { return false }
  if "-?:".utf8.contains(first) {
    guard bytes.count > 1, !isBlankByte(bytes[1]) else { return false }
    if first != UInt8(ascii: "-") { return false }
  }
  if ",[]{}#&*!|>'\"%@`".utf8.contains(first) { return false }
  for (index, byte) in bytes.enumerated() {
    if byte < 0x20 || byte == 0x7F { return false }
    if byte == UInt8(ascii: "#"), isBlankByte(bytes[index - 1]) { return false }
    if byte == UInt8(ascii: ":"), index + 1 < bytes.count, endsKey(bytes[index + 1], inFlow) { return false }
    if inFlow, ",[]{}".utf8.contains(byte) { return false }
  }
  return !text.unicodeScalars.contains { isSpecial($0) }
}

private func endsKey(_ byte: UInt8, _ inFlow: Bool) -> Bool {
  isBlankByte(byte) || (inFlow && ",[]{}".utf8.contains(byte))
}

private func isBlankByte(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == 0x09
}

private func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "\u{80}"..<"\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}": true
  default: false
  }
}
