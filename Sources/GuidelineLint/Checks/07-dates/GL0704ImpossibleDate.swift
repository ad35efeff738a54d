internal import GuidelineModel

extension Check {
  static let impossibleDate = Check(
    ModelFault.impossibleDate.code, .library, isFixable: true,
    CheckPage(
      summary: "A date that no calendar has, such as the 31st of June.",
      why: "Day and month may have changed places, and then every limit that is reckoned from the date is wrong.",
      example: """
        rules:
          started-lately:
            when: [azathioprine.start is after 2026-02-30]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          started-lately:
            when: [azathioprine.start is after 2026-02-28]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
