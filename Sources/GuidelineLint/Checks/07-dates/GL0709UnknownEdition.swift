internal import GuidelineModel

extension Check {
  static let unknownEdition = Check(
    ModelFault.unknownEdition.code, .library,
    CheckPage(
      summary: "A document is named with an edition or version that the library does not have.",
      why: "A test that pins an edition must not silently run against another one.",
      example: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        uses: [ild-clinic@2.0.0]
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        uses: [ild-clinic@1.0.0]
        """))
}
