internal import GuidelineModel

extension Check {
  static let percentOrFraction = Check(
    ModelFault.percentOrFraction.code, .library,
    CheckPage(
      summary: """
        A fraction such as 0.4 is compared with something that is measured in percent, or the other way round.
        """,
      why: """
        A DLCO below 0.4 might mean below 40 % or below 0.4 %; the first is a sick patient, the second is nobody.
        """,
      example: """
        rules:
          low-diffusion:
            when: [pft.dlco < 0.4]
            then:
              - {recommend: rituximab, line: first_line}
        """,
      mended: """
        rules:
          low-diffusion:
            when: [pft.dlco < 40 %]
            then:
              - {recommend: rituximab, line: first_line}
        """))
}
