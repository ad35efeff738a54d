internal import LocatedYAML

extension Check {
  static let complexKey = Check(
    YAMLCode.complexKey, .text,
    CheckPage(
      summary: "What stands before a colon is a list, a group, a text of several lines, or is written behind `? `.",
      why: "A key is a name that other places refer to; nobody could refer to this one.",
      example: """
        rules:
          ? avoid-azathioprine
          : when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """))
}
