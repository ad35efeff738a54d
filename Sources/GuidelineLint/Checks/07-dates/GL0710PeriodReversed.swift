internal import GuidelineModel

extension Check {
  static let periodReversed = Check(
    ModelFault.periodReversed.code, .library,
    CheckPage(
      summary: "A document would end before it begins.",
      why: "It would never be in force, so its advice would be missing without a word.",
      example: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        in_force: {from: 2026-07-01, until: 2026-01-31}
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        in_force: {from: 2026-01-31, until: 2026-07-01}
        """))
}
