internal import GuidelineSyntax

extension Check {
  static let missingKey = Check(
    SyntaxCode.missingKey.diagnostic, .syntax,
    CheckPage(
      summary: """
        Something that must be said is missing: the version of a document, what a rule concludes, why it overrides \
        another.
        """,
      why: """
        Each of these keys answers a question that a reader of the advice will ask: which edition, what, on whose \
        word, why not the other rule.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            overrides:
              - {rule: first-line}
          first-line:
            then:
              - {recommend: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            overrides:
              - {rule: first-line, because: without TPMT even low doses are toxic}
          first-line:
            then:
              - {recommend: azathioprine, line: first_line}
        """,
      notes: "A key that is there but misspelt is reported as `unknown-key`, and not as missing too."))
}
