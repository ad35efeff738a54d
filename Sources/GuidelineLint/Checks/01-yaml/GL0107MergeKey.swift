internal import LocatedYAML

extension Check {
  static let mergeKey = Check(
    YAMLCode.mergeKey, .text,
    CheckPage(
      summary: "`<<` copies entries into a mapping from elsewhere.",
      why: """
        What a rule says has to stand where it is read. With `<<` a change in one place alters another that nobody \
        looked at, and tools do not agree on what the copy contains.
        """,
      example: """
        rules:
          avoid-azathioprine:
            <<: {strength: strong}
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          avoid-azathioprine:
            strength: strong
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      notes: "Share a condition by naming it under `define`, and annotations by giving them to the whole guideline."))
}
