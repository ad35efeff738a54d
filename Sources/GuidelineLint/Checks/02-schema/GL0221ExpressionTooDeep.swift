internal import GuidelineSyntax

extension Check {
  static let expressionTooDeep = Check(
    SyntaxCode.expressionTooDeep.diagnostic, .syntax,
    CheckPage(
      summary: "A condition or value is nested in more than 64 levels of parentheses.",
      why: "Nobody can review such a line; it is refused before it can exhaust the reader.",
      example: """
        define:
          dose: {value: ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((patient.age))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))}
        """,
      mended: """
        define:
          dose: {value: (patient.age)}
        """,
      notes: "Name the parts under `define`. A name also says what a part is for."))
}
