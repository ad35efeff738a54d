internal import GuidelineSyntax

extension Check {
  static let reservedWord = Check(
    SyntaxCode.reservedWord.diagnostic, .syntax,
    CheckPage(
      summary: "A word of the language is used as a name.",
      why: "A definition called `total` or a term called `none` would make conditions readable in two ways.",
      example: """
        define:
          total: {value: azathioprine.planned_dose / patient.weight}
        """,
      mended: """
        define:
          dose_per_weight: {value: azathioprine.planned_dose / patient.weight}
        """))
}
