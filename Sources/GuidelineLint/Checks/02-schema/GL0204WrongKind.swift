internal import GuidelineSyntax

extension Check {
  static let wrongKind = Check(
    SyntaxCode.wrongKind.diagnostic, .syntax,
    CheckPage(
      summary: "A list, a text, or keys with values stand where something else is expected.",
      why: """
        What the author meant cannot be guessed safely. `any:` with a single condition may be a condition that lost \
        its companions.
        """,
      example: """
        rules:
          count-the-cells:
            when:
              any: leukopenia
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          count-the-cells:
            when:
              any: [leukopenia, azathioprine.considered]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
