internal import LocatedYAML

extension Check {
  static let duplicateKey = Check(
    YAMLCode.duplicateKey, .text, isSafety: true,
    CheckPage(
      summary: "One key stands twice at the same place.",
      why: """
        Most tools silently keep the last of the two. A rule whose strength or condition is given twice would then be \
        carried out in a form that its reviewers did not see.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            strength: strong
            certainty: moderate
            strength: conditional
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            strength: strong
            certainty: moderate
        """))
}
