internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

extension Check {
  static let todoLeft = Check(
    DiagnosticCode("GL1206", "todo-left", .warning), .syntax,
    CheckPage(
      summary: "A note to do something later was left in a document that is in use.",
      why: "What somebody wanted to look up again is already told to patients.",
      example: """
        rules:
          stop:
            title: Stop
            # TODO: look up the limit
            when: [latest lab.wbc < 2.0 10*9/L]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        rules:
          stop:
            title: Stop
            when: [latest lab.wbc < 2.0 10*9/L]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      notes:
        "TODO, FIXME, XXX and TBD in capitals, in comments and in texts. Drafts and retired documents may have them.")
  ) { context, found in
    for document in context.syntax.documents where document.syntax.header.status.map({ $0.value == "active" }) ?? true {
      let comments = context.tree(of: document.file)?.comments ?? []
      let texts =
        comments.map { ($0.span, context.files.text($0.span)) }
        + context.shownTexts(of: document).map { ($0.text.span, $0.text.value) }
      for (span, text) in texts {
        let word = text.split { !$0.isLetter }.first { ["TODO", "FIXME", "XXX", "TBD"].contains($0) }
        guard let word else { continue }
        found.report(
          "`\(word)` is left in `\(document.syntax.header.id.value)`, which is in use", at: span,
          help: ["do it, or make the document a draft until it is done"])
      }
    }
  }
}
