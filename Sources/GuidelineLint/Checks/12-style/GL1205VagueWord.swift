internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let vagueWord = Check(
    DiagnosticCode("GL1205", "vague-word", .warning), .syntax,
    CheckPage(
      summary: "A title hides a condition behind words such as if appropriate.",
      why: """
        The rule speaks for everybody whom its conditions fit. Whoever reads the title believes that somebody judged \
        whether it is appropriate.
        """,
      example: """
        rules:
          stop:
            title: Stop azathioprine if appropriate
            when: [ild.rapidly_progressive]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        rules:
          stop:
            title: Stop azathioprine in rapidly progressive disease
            when: [ild.rapidly_progressive]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      notes: "Titles only: texts that are quoted or retold from a source keep its words.")
  ) { context, found in
    for document in context.syntax.documents {
      for shown in context.shownTexts(of: document) where shown.isTitle {
        let words = " " + shown.text.value.lowercased().split { !$0.isLetter }.joined(separator: " ") + " "
        guard let vague = Self.vague.first(where: { words.containsPiece(" \($0) ") }) else { continue }
        found.report(
          "`\(vague)` in \(shown.what) cannot be evaluated", at: shown.text.span,
          help: ["say for whom the rule speaks, in the title as in its conditions"])
      }
    }
  }

  private static let vague = ["if", "when", "where", "as"].flatMap { head in
    ["appropriate", "necessary", "needed", "indicated", "clinically indicated", "required", "feasible", "possible"]
      .map { "\(head) \($0)" }
  }
}

extension String {
  fileprivate func containsPiece(_ piece: String) -> Bool { indices.contains { self[$0...].hasPrefix(piece) } }
}
