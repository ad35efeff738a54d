internal import LocatedYAML

extension Check {
  static let yamlTag = Check(
    YAMLCode.tag, .text,
    CheckPage(
      summary: "A value has a type of its own in front, such as `!include` or `!!float`.",
      why: """
        Here the place says what kind of value stands there. Some tools even run code for a tag, which a guideline \
        must never be able to do.
        """,
      example: """
        rules:
          avoid-azathioprine:
            title: !!str Not in TPMT deficiency
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          avoid-azathioprine:
            title: Not in TPMT deficiency
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      notes: "Share content with `uses`, and rows with `from`."))
}
