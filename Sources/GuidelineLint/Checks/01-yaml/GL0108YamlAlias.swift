internal import LocatedYAML

extension Check {
  static let yamlAlias = Check(
    YAMLCode.alias, .text,
    CheckPage(
      summary: "A `*name` repeats a value that stands elsewhere in the file.",
      why: """
        A reviewer of this rule cannot see its condition, and a change at the other place changes this rule too. \
        Clinical logic that is shared gets a name that says what it means.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when: *poor
            then:
              - {against: azathioprine, line: first_line}
        """,
      mended: """
        define:
          tpmt.is_deficient: {means: tpmt.phenotype is poor_metabolizer}
        rules:
          avoid-azathioprine:
            when: [tpmt.is_deficient]
            then:
              - {against: azathioprine, line: first_line}
        """,
      notes: "An asterisk that belongs to the text, as in the allele `*1/*3C`, stands in quotes."))
}
