internal import SourceText

/// What a finding is known by when lines move: its check, the document, the words of the part that it is about, and
/// which of them.
///
/// FNV-1a with 64 bits: it tells findings apart and protects nothing.
struct Fingerprints {
  private let files: SourceFiles
  private let parts: Parts
  private var times: [String: Int] = [:]

  init(_ files: SourceFiles, _ parts: Parts) {
    self.files = files
    self.parts = parts
  }

  /// Findings come in the order of the report: a second one that is equal in all this is told by its number.
  mutating func fingerprint(of item: Diagnostic) -> String {
    var hash = FNV()
    hash.add(item.code.id)
    if let span = item.span {
      let part = parts.part(at: span)
      let document = parts.document(span.file).map { "\($0.kind):\($0.id)@\($0.edition)" }
      hash.add(document ?? files[span.file].path)
      hash.add((part?.path ?? []).joined(separator: "/"))
      hash.add(files.words(part?.span ?? files[span.file].lineSpan(files.position(span).line)))
      hash.add(files.words(span))
    } else {
      hash.add(item.message)
    }
    for subject in item.subjects { hash.add(subject) }
    let text = hash.text
    let time = times[text, default: 0] + 1
    times[text] = time
    return time == 1 ? text : "\(text)-\(time)"
  }
}

extension SourceFiles {
  /// What stands there without comments, line ends and doubled blanks.
  fileprivate func words(_ span: Span) -> String {
    let lines = text(span).split(whereSeparator: \.isNewline)
    let kept = lines.map { line in
      var isComment = false
      var before: Character = " "
      return String(
        line.prefix { sign in
          isComment = sign == "#" && before.isWhitespace
          before = sign
          return !isComment
        })
    }
    return kept.flatMap { $0.split(whereSeparator: \.isWhitespace) }.joined(separator: " ")
  }
}
