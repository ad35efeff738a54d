internal import SourceText

/// Reads a text with `{variable.field}` in it.
func readTemplate(_ line: ExpressionText) throws(Fault) -> [TemplatePart] {
  guard line.bytes.contains(UInt8(ascii: "{")) else {
    return line.bytes.isEmpty ? [] : [.words(String(decoding: line.bytes, as: UTF8.self))]
  }
  var parts: [TemplatePart] = []
  var words: [UInt8] = []
  var position = 0
  func flush() {
    if !words.isEmpty { parts.append(.words(String(decoding: words, as: UTF8.self))) }
    words.removeAll()
  }
  while position < line.bytes.count {
    let byte = line.bytes[position]
    guard byte == UInt8(ascii: "{") else {
      words.append(byte)
      position += 1
      continue
    }
    flush()
    let field = try templateField(line, from: position)
    parts.append(.field(field.name))
    position = field.end
  }
  flush()
  return parts
}

private func templateField(_ line: ExpressionText, from open: Int) throws(Fault) -> (name: LocatedText, end: Int) {
  guard let close = line.bytes[open...].firstIndex(of: UInt8(ascii: "}")) else {
    throw Fault(
      .templateNotUnderstood, "this `{` is never closed", help: "a field is put in as `{row.agent}`",
      at: open..<open + 1)
  }
  let range = open + 1..<close
  let name = String(decoding: line.bytes[range], as: UTF8.self)
  guard NameForm.snake.fits(name) else {
    throw Fault(
      .templateNotUnderstood, "`{\(name)}` does not name a field", help: "a field is put in as `{row.agent}`",
      at: open..<close + 1)
  }
  return (LocatedText(name, line.span(range)), close + 1)
}
