internal import GuidelineModel

extension Check {
  static let fractionOfWhole = Check(
    ModelFault.fractionOfWhole.code, .library,
    CheckPage(
      summary: "A fraction stands where only whole numbers can.",
      why: "There is no rank one and a half, and nobody has had 2.5 pregnancies.",
      example: """
        rules:
          first-line:
            when: [ild.present]
            then:
              - {recommend: mycophenolate, line: first_line, rank: 1.5}
        """,
      mended: """
        rules:
          first-line:
            when: [ild.present]
            then:
              - {recommend: mycophenolate, line: first_line, rank: 2}
        """))
}
