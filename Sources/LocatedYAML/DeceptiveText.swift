package import SourceText

/// A text that is not what it looks like: with characters that nobody sees, or letters of another alphabet.
package enum DeceptiveText {
  /// What is wrong with a text, and the bytes of it that are to blame.
  struct Finding {
    var code: DiagnosticCode
    var message: String
    var help: [String]
    var replacement: String
    var bytes: Range<Int>
  }

  static func first(in text: ArraySlice<UInt8>) -> Finding? {
    guard text.contains(where: { $0 >= 0x80 }) else { return nil }
    if let found = InvisibleCharacters.first(in: text) {
      let seen = InvisibleCharacters.removed(from: Array(String(Character(found.scalar)).utf8)[...])
      return Finding(
        code: YAMLCode.invisibleCharacter,
        message: "this text contains the invisible character \(InvisibleCharacters.name(of: found.scalar))",
        help: [
          "delete it, or write a plain blank in its place", "put quotes around a text that needs the character",
        ],
        replacement: String(decoding: seen, as: UTF8.self), bytes: found.bytes)
    }
    guard let found = ConfusableLetters.first(in: text) else { return nil }
    let name = "\(InvisibleCharacters.code(of: found.scalar)), \(ConfusableLetters.alphabet(of: found.scalar))"
    return Finding(
      code: YAMLCode.confusableLetters,
      message: "`\(found.word)` has a letter that looks like `\(found.latin)` and is another (\(name))",
      help: [meant(found), "put quotes around a text that needs the other letter"],
      replacement: String(Character(found.latin)), bytes: found.bytes)
  }

  /// With the whole word, so that it can be copied.
  private static func meant(_ found: ConfusableLetters.Finding) -> String {
    let word = String(decoding: ConfusableLetters.replaced(in: Array(found.word.utf8)[...]), as: UTF8.self)
    return "write `\(word)` with Latin letters only"
  }

  /// The text as people read it, so that a name is not reported a second time as one that nobody knows.
  static func asSeen(_ text: ArraySlice<UInt8>) -> [UInt8] {
    ConfusableLetters.replaced(in: InvisibleCharacters.removed(from: text)[...])
  }

  /// Reports what deceives in a text that stands in the file as it is, and gives it as people read it.
  package static func checked(_ text: String, at span: Span, into diagnostics: inout Diagnostics) -> String {
    let bytes = Array(text.utf8)[...]
    guard let found = first(in: bytes) else { return text }
    diagnostics.report(found.diagnostic(textAt: span))
    return String(decoding: asSeen(bytes), as: UTF8.self)
  }
}

extension DeceptiveText.Finding {
  /// `span`: where the text stands, byte for byte.
  func diagnostic(textAt span: Span) -> Diagnostic {
    let start = span.start + UInt32(clamping: bytes.lowerBound)
    let place = Span(file: span.file, start: start, end: start + UInt32(clamping: bytes.count))
    return Diagnostic(
      code, message, at: place, help: help,
      fixes: [
        Fix(
          title: replacement.isEmpty ? "delete the character" : "write `\(replacement)` in its place",
          edits: [TextEdit(span: place, replacement: replacement)], safety: .edit)
      ])
  }
}
