internal import GuidelineModel

extension Check {
  static let caseCycle = Check(
    ModelFault.caseCycle.code, .library,
    CheckPage(
      summary: "Test cases take over their facts from each other in a circle.",
      why: "None of them has any facts, so the tests would judge a patient of whom nothing is known.",
      example: """
        cases:
          textbook:
            from: without-weight
            given: {patient.age: 55 a}
          without-weight:
            from: textbook
            given: {patient.weight: {unknown: not_recorded}}
        """,
      mended: """
        cases:
          textbook:
            given: {patient.age: 55 a}
          without-weight:
            from: textbook
            given: {patient.weight: {unknown: not_recorded}}
        """))
}
