internal import GuidelineModel

extension Check {
  static let missingColumn = Check(
    ModelFault.missingColumn.code, .library,
    CheckPage(
      summary: "A file of rows lacks a column that a table declares, or that the statements of a source are made of.",
      why: """
        Every rule that reads the column would read nothing. The finding stands once, at the header of the file, and \
        names all that waits for the column; none of it is checked further until the column is there.
        """,
      example: """
        tables:
          limits:
            columns: {id: text, agent: one of agent, high: quantity mg/d}
            from: limits.csv
        # file: limits.csv
        id,agent
        L1,azathioprine
        """,
      mended: """
        tables:
          limits:
            columns: {id: text, agent: one of agent, high: quantity mg/d}
            from: limits.csv
        # file: limits.csv
        id,agent,high
        L1,azathioprine,150
        """))
}
