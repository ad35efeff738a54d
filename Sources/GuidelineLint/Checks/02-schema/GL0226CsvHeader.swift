internal import GuidelineSyntax

extension Check {
  static let csvHeader = Check(
    SyntaxCode.csvHeader.diagnostic, .syntax,
    CheckPage(
      summary: "The header of a file of comma-separated values has a column twice, or one without a name.",
      why: "Nobody can say which of two columns called `low` a rule would read.",
      example: """
        tables:
          limits:
            columns: {id: text, low: quantity mg/d}
            from: limits.csv
        # file: limits.csv
        id,low,low
        L1,50,100
        """,
      mended: """
        tables:
          limits:
            columns: {id: text, low: quantity mg/d, high: quantity mg/d}
            from: limits.csv
        # file: limits.csv
        id,low,high
        L1,50,100
        """))
}
