internal import GuidelineModel

extension Check {
  static let importCycle = Check(
    ModelFault.usesCycle.code, .library,
    CheckPage(
      summary: "Documents name each other under `uses` in a circle.",
      why: "Neither can be read, reviewed or put in force without the other, so in truth they are one document.",
      example: """
        # file: lungs.yaml
        guideline: lungs
        title: Lungs
        version: 1.0.0
        edition: "2026"
        uses: [thiopurines]
        # file: thiopurines.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        uses: [lungs]
        """,
      mended: """
        # file: lungs.yaml
        guideline: lungs
        title: Lungs
        version: 1.0.0
        edition: "2026"
        uses: [thiopurines]
        # file: thiopurines.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        uses: [ild-clinic]
        """))
}
