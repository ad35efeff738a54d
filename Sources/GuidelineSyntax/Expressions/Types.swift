internal import SourceText

// Types: `grammar.md` §10.

/// Reads a type, such as `one of agent`, `series of quantity 10*9/L`, `set of text`.
func readType(_ line: ExpressionText) throws(Fault) -> TypeSyntax {
  let words = words(of: String(decoding: line.bytes, as: UTF8.self))
  return try TypeReader(line: line, words: words).type(from: 0)
}

extension Fault {
  /// `min` and the like: a number followed by it would be read as two things.
  fileprivate static func reservedUnit(_ unit: String, _ range: Range<Int>) -> Fault {
    Fault(
      .reservedWord, "`\(unit)` is a word of the language and cannot be a unit", help: "choose another unit", at: range)
  }
}

private struct TypeReader {
  let line: ExpressionText
  let words: [(text: String, range: Range<Int>)]

  static let names = [
    "yes_no", "one of", "set of", "quantity", "whole_number", "text", "date", "duration", "series of",
  ]

  /// What other notations call the types.
  static let foreignNames = [
    "string": "text", "str": "text", "boolean": "yes_no", "bool": "yes_no", "integer": "whole_number",
    "int": "whole_number", "number": "quantity", "float": "quantity", "decimal": "quantity", "enum": "one of",
    "list": "set of", "array": "set of", "datetime": "date", "period": "duration",
  ]

  func type(from index: Int) throws(Fault) -> TypeSyntax {
    guard index < words.count else {
      throw Fault(.typeNotUnderstood, "a type is missing here", help: help, at: 0..<line.bytes.count)
    }
    let form = try form(index)
    return TypeSyntax(form, line.span(words[index].range.lowerBound..<line.bytes.count))
  }

  private func form(_ index: Int) throws(Fault) -> TypeSyntax.Form {
    switch words[index].text {
    case "yes_no": return try alone(.yesNo, index)
    case "whole_number": return try alone(.wholeNumber, index)
    case "text": return try alone(.text, index)
    case "date": return try alone(.date, index)
    case "duration": return try alone(.duration, index)
    case "quantity": return try quantity(index)
    case "one", "set", "series": return try behindOf(index)
    default: throw unknown(index)
    }
  }

  private func behindOf(_ index: Int) throws(Fault) -> TypeSyntax.Form {
    guard index + 2 < words.count, words[index + 1].text == "of" else { throw unknown(index) }
    switch words[index].text {
    case "one": return .oneOf(try groups(from: index + 2))
    case "set": return try set(index + 2)
    default:
      guard words[index + 2].text == "quantity" else {
        throw Fault(
          .typeNotUnderstood, "a series has quantities", help: "write `series of quantity` and its unit",
          at: words[index + 2].range)
      }
      return .series(try type(from: index + 2))
    }
  }

  private func set(_ index: Int) throws(Fault) -> TypeSyntax.Form {
    if words[index].text == "text" { return try alone(.setOfText, index) }
    return try alone(.setOf(try group(index)), index)
  }

  private func quantity(_ index: Int) throws(Fault) -> TypeSyntax.Form {
    guard index + 1 < words.count else { return .quantity(unit: nil) }
    let unit = words[index + 1]
    guard !Words.reserved.contains(unit.text) else { throw .reservedUnit(unit.text, unit.range) }
    return try alone(.quantity(unit: LocatedText(unit.text, line.span(unit.range))), index + 1)
  }

  private func groups(from start: Int) throws(Fault) -> [LocatedText] {
    var groups = [try group(start)]
    var index = start + 1
    while index + 1 < words.count, words[index].text == "or" {
      groups.append(try group(index + 1))
      index += 2
    }
    guard index >= words.count else { throw leftOver(index) }
    return groups
  }

  private func group(_ index: Int) throws(Fault) -> LocatedText {
    let word = words[index]
    guard NameForm.snake.fits(word.text) else { throw .name(word.text, .typeNotUnderstood, word.range) }
    return LocatedText(word.text, line.span(word.range))
  }

  private func alone(_ form: TypeSyntax.Form, _ last: Int) throws(Fault) -> TypeSyntax.Form {
    guard last + 1 >= words.count else { throw leftOver(last + 1) }
    return form
  }

  private func leftOver(_ index: Int) -> Fault {
    let range = words[index].range.lowerBound..<line.bytes.count
    let text = String(decoding: line.bytes[range], as: UTF8.self)
    return Fault(
      .typeNotUnderstood, "`\(text)` is left over behind a complete type",
      help: "a unit stands behind `quantity`, the name of a list of terms behind `one of`", at: range)
  }

  private func unknown(_ index: Int) -> Fault {
    let range = words[index].range.lowerBound..<line.bytes.count
    let text = String(decoding: line.bytes[range], as: UTF8.self)
    let near = Self.foreignNames[words[index].text.lowercased()] ?? nearestWord(words[index].text, Self.names)
    return Fault(
      .typeNotUnderstood, "`\(text)` is not a type", help: near.map { "did you mean `\($0)`?" } ?? help, at: range)
  }

  private var help: String {
    "types are `yes_no`, `one of …`, `set of …`, `quantity …`, `whole_number`, `text`, `date`, `duration`, "
      + "`series of quantity …`"
  }
}
