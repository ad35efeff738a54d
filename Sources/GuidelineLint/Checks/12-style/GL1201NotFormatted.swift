internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let notFormatted = Check(
    DiagnosticCode("GL1201", "not-formatted", .info), .syntax, isFixable: true,
    CheckPage(
      summary: "A document is not in the form in which `guideline print` writes it.",
      why: "Where all documents look alike, a comparison of two versions shows what was changed and nothing else.",
      example: """
        rules:
            stop:
                when:   [ild.rapidly_progressive]
                then: [{stop: azathioprine}]
                source: handbook#H1
        """,
      mended: """
        rules:
          stop:
            when: [ild.rapidly_progressive]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      notes: """
        Comments and the order of rules are kept. A document with errors is not judged, nor are vocabularies: their lists \
        may be aligned by hand.
        """)
  ) { context, found in
    for document in context.syntax.documents where document.syntax.header.kind != .vocabulary {
      let file = context.files[document.file]
      let whole = Span(file: file.id, start: 0, end: UInt32(truncatingIfNeeded: file.bytes.count))
      guard !context.faults.hasErrors(within: whole), let tree = context.tree(of: file.id) else { continue }
      let printed = withLineEnds(of: file, printDocument(tree, file: file))
      guard !printed.utf8.elementsEqual(file.bytes) else { continue }
      let place = zip(file.bytes, printed.utf8).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
      let line = file.position(at: UInt32(truncatingIfNeeded: place)).line
      found.report(
        "`\(document.syntax.header.id.value)` is not formatted", at: file.lineSpan(line),
        label: "the first line that differs",
        help: ["let `guideline-lint --fix` or `guideline print` write it"],
        fixes: [Fix(title: "format the document", edits: [TextEdit(span: whole, replacement: printed)], safety: .safe)])
    }
  }
}

/// The canonical text, with the line ends and the byte order mark that the file has.
private func withLineEnds(of file: SourceFile, _ text: String) -> String {
  let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  let isMarked = file.bytes.starts(with: mark) && !text.utf8.starts(with: mark)
  let firstEnd = file.bytes.firstIndex(of: 0x0A)
  let isWindows = firstEnd.map { $0 > 0 && file.bytes[$0 - 1] == 0x0D } ?? false
  let lines = isWindows && !text.utf8.contains(0x0D) ? text.replacing("\n", with: "\r\n") : text
  return isMarked ? "\u{FEFF}" + lines : lines
}
