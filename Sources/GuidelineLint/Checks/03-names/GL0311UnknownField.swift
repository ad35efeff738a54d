internal import GuidelineModel

extension Check {
  static let unknownField = Check(
    ModelFault.unknownField.code, .library, isFixable: true,
    CheckPage(
      summary: "A conclusion, a pattern or a row has no field of that name.",
      why: "What stands behind it would be lost. A warning without its text tells nobody what to do.",
      example: """
        rules:
          interaction:
            when: [azathioprine.considered]
            then:
              - {warn: interaction, agnt: azathioprine}
        """,
      mended: """
        rules:
          interaction:
            when: [azathioprine.considered]
            then:
              - {warn: interaction, agent: azathioprine}
        """))
}
