internal import GuidelineSyntax

extension Check {
  static let typeNotUnderstood = Check(
    SyntaxCode.typeNotUnderstood.diagnostic, .syntax, isFixable: true,
    CheckPage(
      summary: "The type of a fact, field or column is none that the language has.",
      why: "The type decides what may be compared with what, and what a patient's record may deliver.",
      example: """
        facts:
          nudt15.phenotype: {type: string, ask: NUDT15 phenotype}
        """,
      mended: """
        facts:
          nudt15.phenotype: {type: one of phenotype, ask: NUDT15 phenotype}
        """))
}
