internal import GuidelineSyntax

extension Check {
  static let documentKindUnclear = Check(
    SyntaxCode.documentKind.diagnostic, .syntax,
    CheckPage(
      summary: "A document does not say what it is, or says two things.",
      why: """
        The first key decides what the rest of the file means: `vocabulary`, `guideline`, `definitions` or `tests`.
        """,
      example: """
        vocabulary: lungs
        guideline: lungs
        version: 1.0.0
        title: Lungs
        edition: "2026"
        """,
      mended: """
        guideline: lungs
        version: 1.0.0
        title: Lungs
        edition: "2026"
        """))
}
