internal import GuidelineModel

extension Check {
  static let unitNotUCUM = Check(
    ModelFault.unitNotUCUM.code, .library, isFixable: true,
    CheckPage(
      summary: "A unit is not written in UCUM, the code for units that laboratories and records exchange.",
      why: "`mcg` and `K/uL` are read differently in different places. One spelling for each unit can be checked.",
      example: """
        rules:
          light-patients:
            when: [patient.weight < 40 kgs]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          light-patients:
            when: [patient.weight < 40 kg]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      notes: "Spellings that laboratories send are understood in the facts of patients, never in content."))
}
