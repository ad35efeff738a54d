internal import GuidelineModel

extension Check {
  static let unknownKind = Check(
    ModelFault.unknownKind.code, .library, isFixable: true,
    CheckPage(
      summary: "A rule concludes something of a kind that no vocabulary declares.",
      why: """
        What a conclusion means (that it contradicts another, that it is graded, how it is shown) hangs on its kind.
        """,
      example: """
        rules:
          first-line:
            when: [ild.present]
            then:
              - {recomend: mycophenolate, line: first_line}
        """,
      mended: """
        rules:
          first-line:
            when: [ild.present]
            then:
              - {recommend: mycophenolate, line: first_line}
        """))
}
