internal import GuidelineSyntax

extension Check {
  static let emptyList = Check(
    SyntaxCode.emptyList.diagnostic, .syntax,
    CheckPage(
      summary: "A list of conditions, conclusions or values is empty.",
      why: """
        An empty `all:` is true of everybody and an empty `any:` of nobody; neither is what an author who stopped \
        writing here had in mind.
        """,
      example: """
        rules:
          count-the-cells:
            when:
              - azathioprine.considered
              - any: []
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          count-the-cells:
            when:
              - azathioprine.considered
              - any: [leukopenia, lab.wbc is unknown]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      notes: """
        In a test patient an empty list does mean something, namely that there are none; there it is not reported.
        """))
}
