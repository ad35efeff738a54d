internal import GuidelineModel

extension Check {
  static let unorderedComparison = Check(
    ModelFault.unorderedComparison.code, .library,
    CheckPage(
      summary: "Values without an order are compared with `<` or `>`.",
      why: "Which of two phenotypes is greater, only the author knows; the order of the alphabet would be a trap.",
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype < normal_metabolizer]
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
      notes: "A fact whose terms are listed from least to most says `ordered: yes`."))
}
