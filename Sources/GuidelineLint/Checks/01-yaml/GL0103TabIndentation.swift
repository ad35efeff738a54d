internal import LocatedYAML

extension Check {
  static let tabIndentation = Check(
    YAMLCode.tabIndentation, .text,
    CheckPage(
      summary: "A line is indented with a tab.",
      why: """
        A tab is as wide as each editor likes, so the reader of the file and YAML may disagree on what a line belongs \
        to: a condition could look as if it guarded a rule and not do so. YAML therefore allows only blanks.
        """,
      example: """
        rules:
          avoid-azathioprine:
        \twhen: [tpmt.phenotype is poor_metabolizer]
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
      notes: "A tab in the middle of a line does no harm and is not reported."))
}
