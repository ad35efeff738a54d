internal import GuidelineModel

extension Check {
  static let misplacedToday = Check(
    ModelFault.misplacedToday.code, .library,
    CheckPage(
      summary: "`today` stands where it cannot be computed with.",
      why: """
        The result says until which day it holds. That day can only be found when `today` is compared with a date, or \
        a time since a date with a limit.
        """,
      example: """
        rules:
          count-the-cells:
            when: [azathioprine.considered]
            then:
              - {monitor: cbc, due: today}
        """,
      mended: """
        rules:
          count-the-cells:
            when: [azathioprine.considered]
            then:
              - {monitor: cbc, due: date of latest lab.wbc + 28 d if known}
        """))
}
