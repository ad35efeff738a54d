internal import GuidelineModel

extension Check {
  static let notInForce = Check(
    ModelFault.notInForce.code, .library,
    CheckPage(
      summary: "A test names a guideline of which no edition is in force on the day of the test.",
      why: "The test would ask nobody and pass.",
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
        tests: years-ago
        today: 2020-06-01
        use: [thiopurines]
        cases:
          nobody: {given: {}}
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
        tests: years-ago
        today: 2026-06-01
        use: [thiopurines]
        cases:
          nobody: {given: {}}
        """,
      notes: "Name the edition, as in `thiopurines@2026`, to ask it on a day on which it is not in force."))
}
