internal import GuidelineModel

extension Check {
  static let missingUnit = Check(
    ModelFault.missingUnit.code, .library,
    CheckPage(
      summary: "A number stands without a unit where a quantity is meant.",
      why: "A weight of 70 may be kilograms or pounds, a creatinine of 1 may be normal or deadly.",
      example: """
        rules:
          light-patients:
            when: [patient.weight < 40]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          light-patients:
            when: [patient.weight < 40 kg]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
