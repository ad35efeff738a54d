internal import GuidelineModel

extension Check {
  static let unknownGroup = Check(
    ModelFault.unknownGroup.code, .library, isFixable: true,
    CheckPage(
      summary: "A type names a list of terms that no vocabulary has.",
      why: "A fact whose values nobody knows cannot be asked for, and not be compared with anything.",
      example: """
        facts:
          nudt15.phenotype: {type: one of phenotypes, ask: NUDT15 phenotype}
        """,
      mended: """
        facts:
          nudt15.phenotype: {type: one of phenotype, ask: NUDT15 phenotype}
        """))
}
