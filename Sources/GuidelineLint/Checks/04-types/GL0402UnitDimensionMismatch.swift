internal import GuidelineModel

extension Check {
  static let unitDimensionMismatch = Check(
    ModelFault.unitMismatch.code, .library, isSafety: true,
    CheckPage(
      summary: """
        Quantities of different kinds are compared or added: a mass and a volume, a dose and a dose for each kilogram.
        """,
      why: """
        2 mg/kg/d and 2 mg/d differ by the weight of the patient, about seventyfold. Nothing is converted by guessing.
        """,
      example: """
        rules:
          high-dose:
            when: [azathioprine.planned_dose > 2 mg/kg/d]
            then:
              - {warn: low_white_cells, agent: azathioprine}
        """,
      mended: """
        rules:
          high-dose:
            when: [azathioprine.planned_dose / patient.weight > 2 mg/kg/d]
            then:
              - {warn: low_white_cells, agent: azathioprine}
        """,
      notes: "Units of one kind (g and mg, wk and d) are converted exactly and may be mixed."))
}
