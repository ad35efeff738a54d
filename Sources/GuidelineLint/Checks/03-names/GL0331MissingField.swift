internal import GuidelineModel

extension Check {
  static let missingField = Check(
    ModelFault.missingField.code, .library,
    CheckPage(
      summary: """
        A fact of a patient is given without what makes it a fact: its value, its date, or the cause why it is \
        unknown.
        """,
      why: "A laboratory value without a date cannot be told from one of last year.",
      example: """
        cases:
          low-cells:
            given:
              lab.wbc: [2.1 10*9/L]
        """,
      mended: """
        cases:
          low-cells:
            given:
              lab.wbc: [{value: 2.1 10*9/L, on: 2026-05-29}]
        """))
}
