internal import LocatedYAML

extension Check {
  static let yamlSyntax = Check(
    YAMLCode.syntax, .text, isFixable: true,
    CheckPage(
      summary: """
        The file cannot be read as YAML: a bracket or quote is not closed, a colon is missing, a line is indented \
        askew.
        """,
      why: """
        Nothing behind the mistake can be understood, so no rule of the file is checked and none reaches a patient. \
        Only the first such mistake of a file is shown; what follows it is mostly its consequence.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer, ild.present
            then:
              - {against: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer, ild.present]
            then:
              - {against: azathioprine, line: first_line}
        """,
      notes: """
        The place is the sign that was opened and never closed, if there is one, and not the line on which the reader \
        stumbled over it.
        """))
}
