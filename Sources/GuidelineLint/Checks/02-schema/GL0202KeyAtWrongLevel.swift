internal import GuidelineSyntax

extension Check {
  static let keyAtWrongLevel = Check(
    SyntaxCode.keyAtWrongLevel.diagnostic, .syntax,
    CheckPage(
      summary: "A key that is known, but not at this place; or a clause behind `otherwise`, which is never reached.",
      why: "Left where it is it would have no effect. A review date that stands beside `in_force` reminds nobody.",
      example: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        in_force: {from: 2026-01-01}
        review_by: 2028-01-01
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        in_force: {from: 2026-01-01, review_by: 2028-01-01}
        """))
}
