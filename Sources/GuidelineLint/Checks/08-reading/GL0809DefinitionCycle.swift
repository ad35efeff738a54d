internal import GuidelineModel

extension Check {
  static let definitionCycle = Check(
    ModelFault.definitionCycle.code, .library, isSafety: true,
    CheckPage(
      summary: "A definition depends on itself.",
      why: "Its value could never be worked out, or any value would do: everything that rests on it would be void.",
      example: """
        define:
          usual_dose: {value: min of (reduced_dose and 150 mg/d)}
          reduced_dose: {value: 50 % * usual_dose}
        """,
      mended: """
        define:
          usual_dose: {value: min of (azathioprine.planned_dose and 150 mg/d)}
          reduced_dose: {value: 50 % * usual_dose}
        """))
}
