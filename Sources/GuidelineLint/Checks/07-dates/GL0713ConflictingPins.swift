internal import GuidelineModel

extension Check {
  static let conflictingPins = Check(
    ModelFault.conflictingPins.code, .library,
    CheckPage(
      summary: "Two editions of one document are asked for at once.",
      why: "Their rules would be mixed, and an advice of the old edition would stand beside one of the new.",
      example: """
        # file: thiopurines-2025.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2025"
        in_force: {from: 2025-01-01}
        # file: thiopurines-2026.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 2.0.0
        edition: "2026"
        in_force: {from: 2026-01-01}
        # file: cases.yaml
        tests: editions
        today: 2026-06-01
        cases:
          both-editions:
            use: [thiopurines@2025, thiopurines@2026]
            given: {}
        """,
      mended: """
        # file: thiopurines-2025.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2025"
        in_force: {from: 2025-01-01}
        # file: thiopurines-2026.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 2.0.0
        edition: "2026"
        in_force: {from: 2026-01-01}
        # file: cases.yaml
        tests: editions
        today: 2026-06-01
        cases:
          the-new-edition:
            use: [thiopurines@2026]
            given: {}
        """))
}
