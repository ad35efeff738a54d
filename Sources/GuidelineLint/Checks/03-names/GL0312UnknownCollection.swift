internal import GuidelineModel

extension Check {
  static let unknownCollection = Check(
    ModelFault.unknownCollection.code, .library, isFixable: true,
    CheckPage(
      summary: "A rule ranges over rows of something that is no record, table or kind of conclusion.",
      why: "It would range over nothing, and never fire.",
      example: """
        rules:
          interaction:
            when: [exists medications where agent is allopurinol]
            then:
              - {warn: interaction, agent: azathioprine}
        """,
      mended: """
        rules:
          interaction:
            when: [exists medication where agent is allopurinol]
            then:
              - {warn: interaction, agent: azathioprine}
        """))
}
