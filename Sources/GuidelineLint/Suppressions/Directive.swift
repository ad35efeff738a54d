internal import GuidelineSyntax
internal import SourceText

/// What a comment says to the linter, as it was written.
///
///     # guideline-lint: allow GL0802, subsumed-rule until 2027-06-30 approved-by: A. Weber -- why (who, date)
struct Directive {
  /// The whole comment.
  var span: Span
  var names: [LocatedText] = []
  var until: LocatedText?
  var approver: String?
  var reason: String?
  /// The piece that is not understood.
  var stray: LocatedText?

  /// Nil: the comment does not speak to the linter.
  init?(_ comment: Span, in file: SourceFile) {
    span = comment
    let bytes = Array(file.text(comment).utf8)
    let words = Self.words(of: bytes, comment)
    guard let address = words.firstIndex(where: { !$0.value.allSatisfy { $0 == "#" } }) else { return nil }
    let first = words[address].value
    let isAddressed = first == Self.address || first == "#" + Self.address
    guard isAddressed else { return nil }
    read(words[(address + 1)...])
  }

  private static let address = "guideline-lint:"

  private mutating func read(_ words: ArraySlice<LocatedText>) {
    let end = words.firstIndex { $0.value == "--" } ?? words.endIndex
    let reason = words[end...].dropFirst().map(\.value).joined(separator: " ")
    self.reason = reason.isEmpty ? nil : reason
    var rest = words[..<end]
    guard let verb = rest.popFirst(), verb.value == "allow" else {
      stray = words.first ?? LocatedText("", span)
      return
    }
    while let word = rest.first, !Self.isKeyword(word.value) {
      names += Self.parts(of: word)
      rest.removeFirst()
    }
    while let word = rest.popFirst() { readOption(word, &rest) }
    if names.isEmpty { stray = stray ?? verb }
  }

  private mutating func readOption(_ word: LocatedText, _ rest: inout ArraySlice<LocatedText>) {
    switch word.value {
    case "until":
      guard let day = rest.popFirst() else {
        stray = stray ?? word
        return
      }
      until = day
    case "approved-by:":
      let name = rest.prefix { !Self.isKeyword($0.value) }
      rest = rest.dropFirst(name.count)
      approver = name.isEmpty ? nil : name.map(\.value).joined(separator: " ")
    default: stray = stray ?? word
    }
  }

  private static func isKeyword(_ word: String) -> Bool { word == "until" || word == "approved-by:" }

  /// `GL0802,subsumed-rule` are two names.
  private static func parts(of word: LocatedText) -> [LocatedText] {
    var start = word.span.start
    return word.value.split(separator: ",", omittingEmptySubsequences: false).compactMap { part in
      let end = start &+ UInt32(truncatingIfNeeded: part.utf8.count)
      defer { start = end &+ 1 }
      return part.isEmpty ? nil : LocatedText(String(part), Span(file: word.span.file, start: start, end: end))
    }
  }

  /// The words between blanks, each with its place.
  private static func words(of bytes: [UInt8], _ span: Span) -> [LocatedText] {
    var found: [LocatedText] = []
    var begin: Int?
    for index in 0...bytes.count {
      let isBlank = index == bytes.count || bytes[index] == UInt8(ascii: " ") || bytes[index] == 0x09
      if !isBlank {
        begin = begin ?? index
      } else if let first = begin {
        let place = Span(
          file: span.file, start: span.start &+ UInt32(truncatingIfNeeded: first),
          end: span.start &+ UInt32(truncatingIfNeeded: index))
        found.append(LocatedText(String(decoding: bytes[first..<index], as: UTF8.self), place))
        begin = nil
      }
    }
    return found
  }
}
