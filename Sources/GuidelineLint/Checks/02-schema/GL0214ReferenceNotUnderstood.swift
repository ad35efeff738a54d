internal import GuidelineSyntax

extension Check {
  static let referenceNotUnderstood = Check(
    SyntaxCode.referenceNotUnderstood.diagnostic, .syntax,
    CheckPage(
      summary: "A reference to a document, a rule, or the statements of a source is not written as one.",
      why: "A citation that cannot be read cannot be followed, and then the advice has no source.",
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            source: handbook#H1,H2
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            source: handbook#H1 H2
        """,
      notes: """
        `source-id#S1 S2` cites two statements, `document-id/source-id#S1` one of another document, `document-id@2024` \
        an edition.
        """))
}
