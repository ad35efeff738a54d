internal import GuidelineModel

extension Check {
  static let numberTooLarge = Check(
    ModelFault.numberTooLarge.code, .library,
    CheckPage(
      summary: "A number is too large, or has too many decimals, to compute with exactly.",
      why: "All arithmetic is exact. Rather than being rounded in silence, such a number is refused.",
      example: """
        rules:
          light-patients:
            when: [patient.weight < 40.00000000000000000000001 kg]
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
