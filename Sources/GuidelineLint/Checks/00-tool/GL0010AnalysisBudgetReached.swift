internal import SourceText

extension Check {
  static let analysisBudgetReached = Check(
    DiagnosticCode("GL0010", "analysis-budget-reached", .warning), .analysis,
    CheckPage(
      summary: "A question about all patients was not decided within the limits of the search.",
      why: """
        No contradiction was found there, and none was excluded: the silence of the linter means nothing at this place.
        """,
      example: """
        rules:
          one-of-very-many:
            when: [patient.weight / patient.age > patient.pregnancies * azathioprine.planned_dose / 1 mg/d]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
        """,
      mended: """
        rules:
          one-of-few:
            when: [patient.weight > 70 kg]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
        """,
      notes: """
        Conditions that compare two facts with each other, or that count rows, are decided as far as the search reaches. \
        Splitting a rule, or naming a group of conditions, often helps.
        """))
}
