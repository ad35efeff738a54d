internal import GuidelineModel

extension Check {
  static let typeMismatch = Check(
    ModelFault.typeMismatch.code, .library,
    CheckPage(
      summary: """
        Two things are compared, joined or given that are of different types: a date and a dose, yes/no and a number.
        """,
      why: "There is no patient for whom such a condition has a meaning, so the rule could never be decided.",
      example: """
        rules:
          started-lately:
            when: [azathioprine.start > 150 mg/d]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          started-lately:
            when: [azathioprine.planned_dose > 150 mg/d]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
