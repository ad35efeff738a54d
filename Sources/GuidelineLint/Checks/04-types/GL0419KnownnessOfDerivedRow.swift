internal import GuidelineModel

extension Check {
  static let knownnessOfDerivedRow = Check(
    ModelFault.knownnessOfDerivedRow.code, .library,
    CheckPage(
      summary: "A condition asks whether a field of something that rules conclude is known.",
      why: """
        What rules conclude is worked out from what is known. To ask whether a conclusion is known would make the \
        answer depend on the order of working.
        """,
      example: """
        rules:
          explain-choice:
            for_each: {advice: recommend}
            when: [advice.rank is known]
            then:
              - {warn: interaction, agent: advice.subject}
        """,
      mended: """
        rules:
          explain-choice:
            for_each: {advice: recommend}
            when: [advice.rank >= 1]
            then:
              - {warn: interaction, agent: advice.subject}
        """))
}
