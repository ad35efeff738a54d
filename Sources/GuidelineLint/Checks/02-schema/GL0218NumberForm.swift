internal import GuidelineSyntax

extension Check {
  static let numberForm = Check(
    SyntaxCode.numberForm.diagnostic, .syntax,
    CheckPage(
      summary: """
        A number without a digit on both sides of the point, or a date that is not written as year-month-day.
        """,
      why: """
        `.5 mg` is read as 5 mg when the point is pale, and `5.0` as 50; such forms stand on every list of error-prone \
        abbreviations. A date with one-digit months can be a day in another country.
        """,
      example: """
        rules:
          low-dose:
            when: [azathioprine.planned_dose / patient.weight < .5 mg/kg/d]
            then:
              - {warn: interaction, agent: azathioprine}
        """,
      mended: """
        rules:
          low-dose:
            when: [azathioprine.planned_dose / patient.weight < 0.5 mg/kg/d]
            then:
              - {warn: interaction, agent: azathioprine}
        """,
      notes: "`1.0` is allowed where the zero says how exact a limit is, as in `2.0 10*9/L`."))
}
