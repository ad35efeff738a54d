internal import GuidelineSyntax

extension Check {
  static let csvRowLength = Check(
    SyntaxCode.csvRowLength.diagnostic, .syntax,
    CheckPage(
      summary: "A line of a file of comma-separated values has more or fewer cells than its header.",
      why: "A comma inside a text that is not quoted moves all later cells of the line one column on.",
      example: """
        tables:
          remarks:
            columns: {id: text, remark: text, agent: one of agent}
            from: remarks.csv
        # file: remarks.csv
        id,remark,agent
        R1,hold the dose, then halve it,azathioprine
        """,
      mended: """
        tables:
          remarks:
            columns: {id: text, remark: text, agent: one of agent}
            from: remarks.csv
        # file: remarks.csv
        id,remark,agent
        R1,"hold the dose, then halve it",azathioprine
        """,
      notes: "When no line fits, but all have the same number of cells, the header is wrong: that is said once, there.")
  )
}
