internal import GuidelineModel

extension Check {
  static let unknownRule = Check(
    ModelFault.unknownRule.code, .library, isFixable: true,
    CheckPage(
      summary: "A rule names another rule that does not exist.",
      why: "An `overrides` that names no rule overrides nothing. The advice that it was to take back stays.",
      example: """
        rules:
          first-line:
            when: [ild.present]
            then:
              - {recommend: azathioprine, line: first_line}
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            overrides:
              - {rule: first-lines, because: poor metabolizers cannot clear it}
        """,
      mended: """
        rules:
          first-line:
            when: [ild.present]
            then:
              - {recommend: azathioprine, line: first_line}
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            overrides:
              - {rule: first-line, because: poor metabolizers cannot clear it}
        """,
      notes: "A rule of another guideline is named `guideline-id/rule-id`, a row of a table `table-id#row-id`."))
}
