internal import GuidelineModel

extension Check {
  static let calendarArithmetic = Check(
    ModelFault.calendarArithmetic.code, .library,
    CheckPage(
      summary: "Months or years are added to a date.",
      why: """
        Six months after the 31st of August is a day that does not exist. Calendars and programs settle it \
        differently, and a due date must be one day.
        """,
      example: """
        rules:
          count-the-cells:
            when: [azathioprine.considered]
            then:
              - {monitor: cbc, due: date of latest lab.wbc + 3 mo if known}
        """,
      mended: """
        rules:
          count-the-cells:
            when: [azathioprine.considered]
            then:
              - {monitor: cbc, due: date of latest lab.wbc + 91 d if known}
        """,
      notes: """
        Between quantities a month is exactly the twelfth part of 365.25 days, so `change of pft.fvc over 6 mo` is \
        allowed.
        """))
}
