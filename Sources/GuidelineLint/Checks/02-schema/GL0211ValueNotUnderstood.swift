internal import GuidelineSyntax

extension Check {
  static let valueNotUnderstood = Check(
    SyntaxCode.valueNotUnderstood.diagnostic, .syntax,
    CheckPage(
      summary: "What stands where a number, a date or a computed value belongs cannot be read as one.",
      why: "A dose that is misread is worse than one that is refused.",
      example: """
        rules:
          usual-dose:
            when: [azathioprine.considered]
            then:
              - {dose: azathioprine, low: 1 mg/kg/d * patient.weight, high: lesser of (150 mg/d and 2 mg/kg/d * patient.weight)}
        """,
      mended: """
        rules:
          usual-dose:
            when: [azathioprine.considered]
            then:
              - {dose: azathioprine, low: 1 mg/kg/d * patient.weight, high: min of (150 mg/d and 2 mg/kg/d * patient.weight)}
        """))
}
