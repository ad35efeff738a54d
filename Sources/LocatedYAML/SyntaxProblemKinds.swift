internal import SourceText

extension SyntaxProblem {
  /// A line that does not fit among the lines of its block.
  func unexpectedLine(_ block: String, _ label: String) -> Diagnostic {
    let sign = file.text(character(at: place))
    if sign == ":" { return missingKey() }
    if sign == "]" || sign == "}" { return missingContent() }
    if let text = lastQuoted { return runawayQuote(text) }
    let before = lineBefore(place).last { $0 > 0x20 }
    if let before, [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(before) {
      return Diagnostic(
        YAMLCode.syntax, "the value ended before this", at: restOfLine(place),
        help: ["put quotes around the whole text; inside single quotes write `''` for one `'`"])
    }
    return Diagnostic(
      YAMLCode.syntax, "this line does not fit into its block", at: restOfLine(place),
      related: [RelatedPlace(character(at: contextPlace), "\(block) \(label)")],
      help: [
        "indent the line exactly like the lines beside it", "look for a quote or bracket above that is not closed",
      ])
  }

  private func missingKey() -> Diagnostic {
    Diagnostic(
      YAMLCode.syntax, "nothing stands before this colon", at: character(at: place),
      help: ["write the key before the colon"])
  }

  func misplacedItem() -> Diagnostic {
    Diagnostic(
      YAMLCode.syntax, "an item of a list cannot begin here", at: character(at: place),
      help: [
        "write the first `- ` on a line of its own, below the key",
        "put quotes around a text that begins with `- `",
      ])
  }

  func misplacedQuestionMark() -> Diagnostic {
    Diagnostic(
      YAMLCode.syntax, "a text cannot begin with `? `", at: character(at: place), help: ["put quotes around the text"])
  }

  func badStart() -> Diagnostic {
    let span = character(at: place)
    return Diagnostic(
      YAMLCode.syntax, "a text cannot begin with `\(file.text(span))`", at: span, help: ["put quotes around the text"])
  }

  func missingContent() -> Diagnostic {
    let span = character(at: place)
    let sign = file.text(span)
    if sign == ":" { return missingKey() }
    if sign == "]" || sign == "}" {
      return Diagnostic(
        YAMLCode.syntax, "`\(sign)` closes a bracket that was not opened", at: span,
        help: ["delete it, or put quotes around the text it belongs to"])
    }
    return Diagnostic(
      YAMLCode.syntax, "a value is missing here", at: span,
      help: ["write the value, or delete the comma", "put quotes around a text that begins with a sign"])
  }

  func behindTheEnd() -> Diagnostic {
    Diagnostic(
      YAMLCode.syntax, "the document ended before this", at: restOfLine(place),
      help: ["check the indentation and the brackets of the lines above"])
  }

  func blockScalar() -> Diagnostic {
    let sign = file.text(character(at: contextPlace))
    return Diagnostic(
      YAMLCode.syntax, "`\(sign)` begins a text of several lines, and nothing may stand behind it",
      at: restOfLine(contextPlace),
      help: ["put quotes around a text that begins with `\(sign)`", "write the text on the lines below"])
  }

  func directive() -> Diagnostic {
    Diagnostic(
      YAMLCode.directive, "a line that begins with `%` is not allowed here", at: restOfLine(contextOrPlace),
      help: ["delete the line; the file needs no statement about its format"])
  }

  func tag() -> Diagnostic {
    Diagnostic(
      YAMLCode.tag, "a value may not be given a type with `!`", at: restOfLine(contextOrPlace),
      help: ["delete the word that begins with `!`", "put quotes around a text that begins with `!`"])
  }

  func name(_ code: DiagnosticCode, _ sign: String) -> Diagnostic {
    Diagnostic(
      code, "a text cannot begin with `\(sign)`", at: restOfLine(contextOrPlace), help: ["put quotes around the text"])
  }

  func other() -> Diagnostic {
    Diagnostic(
      YAMLCode.syntax, "this cannot be read as YAML", at: character(at: place),
      notes: failure.problem.isEmpty ? [] : ["the parser says: \(failure.problem)"],
      help: ["check indentation, quotes and brackets"])
  }

  private var contextOrPlace: Int { failure.context.isEmpty ? place : contextPlace }
}
