internal import GuidelineModel

extension Check {
  static let unknownGrade = Check(
    ModelFault.unknownGrade.code, .library,
    CheckPage(
      summary: "A table or a test holds a strength, certainty or status that is none.",
      why: """
        A recommendation would be shown without its grade, or a test would look for a status that no result ever has.
        """,
      example: """
        tables:
          advice:
            columns: {id: text, agent: one of agent, strength: text}
            rows:
              - [H1, azathioprine, conditinal]
              - [H2, mycophenolate, strong]
        rules:
          first-line:
            for_each: {row: advice}
            when: [ild.present]
            then:
              - {recommend: row.agent, line: first_line}
            strength: row.strength
        """,
      mended: """
        tables:
          advice:
            columns: {id: text, agent: one of agent, strength: text}
            rows:
              - [H1, azathioprine, conditional]
              - [H2, mycophenolate, strong]
        rules:
          first-line:
            for_each: {row: advice}
            when: [ild.present]
            then:
              - {recommend: row.agent, line: first_line}
            strength: row.strength
        """))
}
