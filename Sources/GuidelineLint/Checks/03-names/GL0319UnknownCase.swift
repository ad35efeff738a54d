internal import GuidelineModel

extension Check {
  static let unknownCase = Check(
    ModelFault.unknownCase.code, .library, isFixable: true,
    CheckPage(
      summary: "A test case takes over from a case that does not exist.",
      why: "It would be judged on a patient of whom nothing is known.",
      example: """
        cases:
          textbook:
            given: {patient.age: 55 a}
          without-weight:
            from: textbok
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
