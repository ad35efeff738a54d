internal import GuidelineModel

extension Check {
  static let nameNotVisible = Check(
    ModelFault.nameNotVisible.code, .library,
    CheckPage(
      summary: "A name is declared in a document that is not named under `uses`.",
      why: """
        If every name of a library could be used everywhere, a change in one guideline would change another that \
        nobody looked at. `uses` says on what a document rests.
        """,
      example: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        uses: [ild-clinic]
        rules:
          count-the-cells:
            when: [leukopenia]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        uses: [ild-clinic, ild-criteria]
        rules:
          count-the-cells:
            when: [leukopenia]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
