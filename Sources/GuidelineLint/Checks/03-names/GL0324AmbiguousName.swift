internal import GuidelineModel

extension Check {
  static let ambiguousName = Check(
    ModelFault.ambiguousName.code, .library,
    CheckPage(
      summary: "A word is a term of several lists, and nothing says which is meant.",
      why: "`stable` of a lung disease and `stable` of a dose are two things; the condition would be read by chance.",
      example: """
        terms:
          drug_class:
            azathioprine: {}
        facts:
          drug.given: {type: one of agent or drug_class}
        """,
      mended: """
        terms:
          drug_class:
            antimetabolite: {}
        facts:
          drug.given: {type: one of agent or drug_class}
        """))
}
