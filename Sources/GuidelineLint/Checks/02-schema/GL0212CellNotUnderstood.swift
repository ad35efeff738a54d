internal import GuidelineSyntax

extension Check {
  static let cellNotUnderstood = Check(
    SyntaxCode.cellNotUnderstood.diagnostic, .syntax,
    CheckPage(
      summary: "A cell of a decision table is none of the forms that a cell can have.",
      why: """
        Every cell is a condition. One that is read otherwise than it was meant moves patients into the wrong row.
        """,
      example: """
        tables:
          first-choice:
            in: [ild.severity]
            rows:
              - [mild or moderate, {recommend: mycophenolate, line: first_line}]
              - [severe, {recommend: rituximab, line: first_line}]
        """,
      mended: """
        tables:
          first-choice:
            in: [ild.severity]
            rows:
              - [mild | moderate, {recommend: mycophenolate, line: first_line}]
              - [severe, {recommend: rituximab, line: first_line}]
        """,
      notes: """
        A cell is `any`, `unknown`, a term, a number with its unit, a range as `50 .. 80 %`, a comparison in quotes as \
        `">= 80 %"`, or several of these with `|` between them.
        """))
}
