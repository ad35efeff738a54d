internal import GuidelineModel

extension Check {
  static let rangeReversed = Check(
    ModelFault.rangeReversed.code, .library,
    CheckPage(
      summary: "A range runs from a higher to a lower value.",
      why: "Nobody is in it, so its rule is silent for exactly those whom it was written for.",
      example: """
        rules:
          adults:
            when: [patient.age between 65 a and 18 a]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          adults:
            when: [patient.age between 18 a and 65 a]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
