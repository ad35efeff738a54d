internal import GuidelineModel

extension Check {
  static let misplacedWord = Check(
    ModelFault.misplacedWord.code, .library,
    CheckPage(
      summary: "A term, a rule or `any` stands where a fact or a condition is expected.",
      why: "A term says nothing of a patient by itself; the fact that has it is missing.",
      example: """
        rules:
          second-opinion:
            when: [severe]
            then:
              - {test: tpmt}
        """,
      mended: """
        rules:
          second-opinion:
            when: [ild.severity is severe]
            then:
              - {test: tpmt}
        """))
}
