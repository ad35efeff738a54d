internal import LocatedYAML

extension Check {
  static let multiLinePlainText = Check(
    YAMLCode.multiLinePlainText, .text,
    CheckPage(
      summary: "A text without quotes goes on over several lines.",
      why: """
        A `- ` or a colon that was forgotten turns the next condition into part of the one above, and the rule would \
        silently have one condition less.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when:
              - tpmt.phenotype is poor_metabolizer
                ild.present
            then:
              - {against: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when:
              - tpmt.phenotype is poor_metabolizer
              - ild.present
            then:
              - {against: azathioprine, line: first_line}
        """,
      notes: "A long text stands in quotes, or behind `|` on lines of its own."))
}
