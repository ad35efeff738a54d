internal import GuidelineModel

extension Check {
  static let shapeMismatch = Check(
    ModelFault.shapeMismatch.code, .library,
    CheckPage(
      summary: "A set, a series or a single value is used as one of the others.",
      why: """
        A patient has many white counts. `lab.wbc < 3` does not say which of them: the latest, the lowest, or any.
        """,
      example: """
        rules:
          count-the-cells:
            when: [lab.wbc < 3.0 10*9/L, diagnosis is sjogren]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          count-the-cells:
            when: [latest lab.wbc < 3.0 10*9/L, diagnosis includes sjogren]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
