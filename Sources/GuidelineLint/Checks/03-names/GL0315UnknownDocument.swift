internal import GuidelineModel

extension Check {
  static let unknownDocument = Check(
    ModelFault.unknownDocument.code, .library, isFixable: true,
    CheckPage(
      summary: "A document names another that the library does not have.",
      why: "What it needs from there (terms, definitions, rules to override) is missing.",
      example: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        uses: [ild-clinc]
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        uses: [ild-clinic]
        """))
}
