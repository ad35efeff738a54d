internal import GuidelineModel

extension Check {
  static let tooManyRules = Check(
    ModelFault.tooManyRules.code, .library,
    CheckPage(
      summary: "The documents that are in force together have more than 65,535 rules.",
      why: """
        Rules are counted before anything is computed, so that a library made by a faulty program cannot exhaust the \
        machine that it runs on.
        """,
      example: """
        rules:
          agent-1-in-disease-1: {when: [ild.present], then: [{test: cbc}]}
          # … and seventy thousand more
        """,
      mended: """
        tables:
          choices:
            columns: {id: text, disease: one of disease, agent: one of agent}
            from: choices.csv
        rules:
          choice:
            for_each: {row: choices}
            when: [diagnosis includes row.disease]
            then:
              - {recommend: row.agent, line: first_line}
        # file: choices.csv
        id,disease,agent
        C1,sjogren,azathioprine
        C2,systemic_sclerosis,mycophenolate
        """,
      notes: """
        A matrix belongs into a table with `columns`, over which one rule ranges. Rows that a rule ranges over are \
        counted by `too-many-unrolled-rules`.
        """))
}
