internal import GuidelineSyntax

extension Check {
  static let unknownKey = Check(
    SyntaxCode.unknownKey.diagnostic, .syntax, isSafety: true, isFixable: true,
    CheckPage(
      summary: "A key that is not known at this place.",
      why: """
        A tool that ignores what it does not know turns a misspelt `unless` into a rule without its exception. Here \
        unknown keys are never ignored.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            strenght: strong
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            strength: strong
        """,
      notes: "For remarks there are `comment` and lines that begin with `#`."))
}
