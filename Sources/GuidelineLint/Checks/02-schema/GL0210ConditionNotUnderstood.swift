internal import GuidelineSyntax

extension Check {
  static let conditionNotUnderstood = Check(
    SyntaxCode.conditionNotUnderstood.diagnostic, .syntax,
    CheckPage(
      summary: "A line is not a condition of this language.",
      why: """
        Conditions are read word for word. A line that is understood only in part could hold for other patients than \
        the author had in mind.
        """,
      example: """
        rules:
          count-the-cells:
            when:
              - azathioprine.considered and leukopenia
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          count-the-cells:
            when:
              - azathioprine.considered
              - leukopenia
            then:
              - {monitor: cbc, every: 7 d}
        """,
      notes: "A line holds one condition. What belongs together stands under `all:`, alternatives under `any:`."))
}
