internal import GuidelineSyntax

extension Check {
  static let missingBlank = Check(
    SyntaxCode.missingBlank.diagnostic, .syntax,
    CheckPage(
      summary: "A blank is missing between a number and its unit, or around a sign such as `>=`.",
      why: """
        `18a` or `5-6` can be read in two ways, and a thin gap between a number and its unit is a known cause of \
        tenfold errors. One blank removes the doubt.
        """,
      example: """
        rules:
          count-the-cells:
            when: [patient.age>=18 a, latest pft.fvc < 60%]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          count-the-cells:
            when: [patient.age >= 18 a, latest pft.fvc < 60 %]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
