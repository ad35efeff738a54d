internal import GuidelineSyntax

extension Check {
  static let templateNotUnderstood = Check(
    SyntaxCode.templateNotUnderstood.diagnostic, .syntax,
    CheckPage(
      summary: "A text with `{…}` in it names no field between the braces, or a brace is never closed.",
      why: "The text is shown to a clinician beside the patient; it would come out with a hole.",
      example: """
        rules:
          warn-of-allopurinol:
            for_each:
              inhibitor: medication where agent is xanthine_oxidase_inhibitor and status is active
            when: [azathioprine.considered]
            then:
              - {warn: interaction, agent: azathioprine, about: "{the inhibitor} raises its metabolites"}
        """,
      mended: """
        rules:
          warn-of-allopurinol:
            for_each:
              inhibitor: medication where agent is xanthine_oxidase_inhibitor and status is active
            when: [azathioprine.considered]
            then:
              - {warn: interaction, agent: azathioprine, about: "{inhibitor.agent} raises its metabolites"}
        """))
}
