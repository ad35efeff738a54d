internal import GuidelineSyntax

extension Check {
  static let versionFormat = Check(
    SyntaxCode.versionForm.diagnostic, .syntax,
    CheckPage(
      summary: "A version is not written as three numbers.",
      why: """
        The parts of a version tell a reader how much changed: the first rises when some patient's advice changes. \
        `1.10` alone might also be a shortened `1.1`.
        """,
      example: """
        guideline: thiopurines
        title: Thiopurines
        version: "2.1"
        edition: "2026"
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 2.1.0
        edition: "2026"
        """))
}
