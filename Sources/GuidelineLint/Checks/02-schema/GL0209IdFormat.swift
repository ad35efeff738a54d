internal import GuidelineSyntax

extension Check {
  static let idFormat = Check(
    SyntaxCode.nameForm.diagnostic, .syntax,
    CheckPage(
      summary: "A name has capitals, blanks, or the wrong sign between its words.",
      why: """
        Rules and documents are cited in results and in other files. One way of writing names means that a citation \
        cannot miss its rule because of a capital or a hyphen.
        """,
      example: """
        rules:
          Avoid Azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      notes: """
        Documents, rules, tables and cases join their words with `-`; facts, terms, fields and variables with `_`, and \
        the parts of a fact with dots.
        """))
}
