internal import GuidelineSyntax

extension Check {
  static let rowLength = Check(
    SyntaxCode.rowLength.diagnostic, .syntax,
    CheckPage(
      summary: "A row of a table has more or fewer cells than the table has columns.",
      why: """
        With one cell missing, everything behind it slides into the column beside it: a maximum dose becomes a \
        minimum.
        """,
      example: """
        tables:
          first-choice:
            in: [ild.severity, tpmt.phenotype]
            rows:
              - [severe, {recommend: rituximab, line: first_line}]
              - [mild, normal_metabolizer, {recommend: azathioprine, line: first_line}]
        """,
      mended: """
        tables:
          first-choice:
            in: [ild.severity, tpmt.phenotype]
            rows:
              - [severe, any, {recommend: rituximab, line: first_line}]
              - [mild, normal_metabolizer, {recommend: azathioprine, line: first_line}]
        """))
}
