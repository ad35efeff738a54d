internal import SourceText

/// Offers to write the one name that somebody may have meant.
///
/// The stages that read content ask `did you mean …?` in their help. When they have one name to offer, and the finding
/// stands at a name and nothing else, the question is also a fix.
func withMeantNames(_ findings: [Diagnostic], in files: SourceFiles) -> [Diagnostic] {
  findings.map { item in
    guard item.fixes.isEmpty, let span = item.span, let meant = onlyName(in: item.help) else { return item }
    let written = files.text(span)
    guard isName(written), isName(meant), item.message.contains("`\(written)`"), !files[span.file].isQuoted(span) else {
      return item
    }
    var item = item
    item.fixes = [
      Fix(title: "write `\(meant)`", edits: [TextEdit(span: span, replacement: meant)], safety: .edit)
    ]
    return item
  }
}

private let question = "did you mean `"

/// Nil: there is no such question, or more than one name is offered.
private func onlyName(in help: [String]) -> String? {
  guard let line = help.first(where: { $0.hasPrefix(question) }) else { return nil }
  let rest = line.dropFirst(question.count)
  guard let end = rest.firstIndex(of: "`"), rest[end...].hasPrefix("`?"), !rest[end...].contains("or `") else {
    return nil
  }
  return String(rest[..<end])
}

private func isName(_ text: String) -> Bool {
  !text.isEmpty
    && text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || "0123456789_-.#/".unicodeScalars.contains($0) }
}

extension SourceFile {
  fileprivate func isQuoted(_ span: Span) -> Bool {
    let start = Int(span.start)
    return start > 0 && start <= bytes.count && [0x22, 0x27].contains(bytes[start - 1])
  }
}
