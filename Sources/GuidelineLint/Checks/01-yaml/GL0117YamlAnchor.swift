internal import LocatedYAML

extension Check {
  static let yamlAnchor = Check(
    YAMLCode.anchor, .text,
    CheckPage(
      summary: "A value is given a name with `&`, to be repeated elsewhere.",
      why: """
        Shared clinical logic needs a name that a reader can look up and that says what it means. A mark of the file \
        format says neither.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when: &poor [tpmt.phenotype is poor_metabolizer]
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
        """))
}
