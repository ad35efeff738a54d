internal import GuidelineModel

extension Check {
  static let unknownTerm = Check(
    ModelFault.unknownTerm.code, .library, isFixable: true,
    CheckPage(
      summary: "A word is no term of the list that belongs to this place.",
      why: "`agent is azathioprin` holds for no patient, so an interaction would never be found.",
      example: """
        rules:
          interaction:
            when: [exists medication where agent is alopurinol and status is active]
            then:
              - {warn: interaction, agent: azathioprine}
        """,
      mended: """
        rules:
          interaction:
            when: [exists medication where agent is allopurinol and status is active]
            then:
              - {warn: interaction, agent: azathioprine}
        """,
      notes: "Labels are for people. Conditions use the names of terms."))
}
