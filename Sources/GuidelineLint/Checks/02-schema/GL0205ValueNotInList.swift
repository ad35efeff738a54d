internal import GuidelineSyntax

extension Check {
  static let valueNotInList = Check(
    SyntaxCode.valueNotInList.diagnostic, .syntax,
    CheckPage(
      summary: "A word that is none of the few that may stand here: a strength, a certainty, a status, yes or no.",
      why: """
        These words decide how advice is shown and which documents speak at all. A grade that nobody knows would be \
        shown as no grade.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            strength: moderate
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            strength: strong
            certainty: moderate
        """,
      notes: """
        Where guidelines grade in words of their own, write the nearest GRADE word and keep the original in \
        `graded_as`.
        """))
}
