internal import GuidelineModel

extension Check {
  static let unknownStatement = Check(
    ModelFault.unknownStatement.code, .library,
    CheckPage(
      summary: "A rule cites a statement that its source does not list.",
      why: "The sentence on which the advice rests cannot be looked up.",
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            source: handbook#H1 H7
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            source: handbook#H1 H2
        """))
}
