internal import GuidelineSyntax

extension Check {
  static let foreignOperator = Check(
    SyntaxCode.foreignOperator.diagnostic, .syntax,
    CheckPage(
      summary: "A sign or word of another notation: `=`, `==`, `!=`, `&&`, `AND`, `≥`.",
      why: """
        The same idea written in one way can be read, searched and reviewed. Some of these signs mean different things \
        in different languages.
        """,
      example: """
        rules:
          adults:
            when: [patient.age ≥ 18 a, ild.severity != mild]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          adults:
            when: [patient.age >= 18 a, ild.severity is not mild]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
