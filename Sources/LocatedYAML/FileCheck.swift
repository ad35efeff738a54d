internal import SourceText

/// What can be said about a file before it is parsed.
enum FileCheck {
  static func refusal(_ file: SourceFile, _ survey: ByteSurvey, _ limits: YAMLLimits) -> Diagnostic? {
    let start = Span(file: file.id, start: 0, end: 0)
    guard file.bytes.count <= limits.bytes, file.bytes.count < Int(Int32.max) else {
      return Diagnostic(
        YAMLCode.fileTooLarge, "the file has \(file.bytes.count) bytes; at most \(limits.bytes) are read", at: start,
        help: ["divide it into several files"])
    }
    if file.bytes.starts(with: [0xFF, 0xFE]) || file.bytes.starts(with: [0xFE, 0xFF]) {
      return Diagnostic(
        YAMLCode.notUTF8, "the file is stored as UTF-16, not as UTF-8", at: start,
        help: ["save the file with the encoding UTF-8"])
    }
    guard survey.hasNonASCII else { return nil }
    return UTF8Check.firstError(in: file.bytes).map { notUTF8(file, at: $0) }
  }

  private static func notUTF8(_ file: SourceFile, at index: Int) -> Diagnostic {
    let offset = UInt32(clamping: index)
    let place = file.position(at: offset)
    let byte = "0x" + String(file.bytes[index], radix: 16, uppercase: true)
    return Diagnostic(
      YAMLCode.notUTF8,
      "the byte \(byte) in line \(place.line), column \(place.column) is not UTF-8",
      at: Span(file: file.id, start: offset, end: offset + 1),
      help: ["save the file with the encoding UTF-8"])
  }

  static func controlCharacter(_ file: SourceFile, at index: Int) -> Diagnostic {
    let offset = UInt32(clamping: index)
    let name = InvisibleCharacters.name(of: Unicode.Scalar(file.bytes[index]))
    return Diagnostic(
      YAMLCode.invisibleCharacter, "the file contains the control character \(name)",
      at: Span(file: file.id, start: offset, end: offset + 1), help: ["delete it"])
  }
}

extension SourceFile {
  /// The text of a place, fit for a message: one line, and not much of it.
  func shortText(_ span: Span) -> String {
    let limit: UInt32 = 160
    let text = text(Span(file: span.file, start: span.start, end: min(span.end, span.start + limit)))
    let line = text.prefix { !$0.isNewline }.prefix(40)
    return line.utf8.count < Int(span.end - span.start) ? line + "…" : String(line)
  }
}
