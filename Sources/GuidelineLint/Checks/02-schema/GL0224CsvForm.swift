internal import GuidelineSyntax

extension Check {
  static let csvForm = Check(
    SyntaxCode.csvForm.diagnostic, .syntax,
    CheckPage(
      summary: "A file of comma-separated values is not well formed: a quote is not closed, or stands inside a cell.",
      why: "From that quote on, cells and lines may be cut at other places than the author saw in the spreadsheet.",
      example: """
        tables:
          remarks:
            columns: {id: text, remark: text}
            from: remarks.csv
        # file: remarks.csv
        id,remark
        R1,hold the "usual" dose
        """,
      mended: """
        tables:
          remarks:
            columns: {id: text, remark: text}
            from: remarks.csv
        # file: remarks.csv
        id,remark
        R1,"hold the ""usual"" dose"
        """))
}
