internal import GuidelineModel

extension Check {
  static let openConclusion = Check(
    ModelFault.openConclusion.code, .library,
    CheckPage(
      summary: "A conclusion is taken from a cell `any`.",
      why: "`any` fits every patient when it is a condition. As an advice it would name nothing.",
      example: """
        tables:
          advice:
            columns: {id: text, disease: one of disease, agent: one of agent}
            rows:
              - [H1, sjogren, any]
        rules:
          first-line:
            for_each: {row: advice}
            when: [diagnosis includes row.disease]
            then:
              - {recommend: row.agent, line: first_line}
        """,
      mended: """
        tables:
          advice:
            columns: {id: text, disease: one of disease, agent: one of agent}
            rows:
              - [H1, sjogren, mycophenolate]
        rules:
          first-line:
            for_each: {row: advice}
            when: [diagnosis includes row.disease]
            then:
              - {recommend: row.agent, line: first_line}
        """))
}
