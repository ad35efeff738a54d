internal import GuidelineSyntax

extension Check {
  static let dateForm = Check(
    SyntaxCode.dateForm.diagnostic, .syntax,
    CheckPage(
      summary: "A date is not written as year-month-day with four, two and two digits.",
      why: "07/08/2024 is a day in July for some readers and in August for others.",
      example: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        in_force: {from: 7/8/2026}
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        in_force: {from: 2026-07-08}
        """))
}
