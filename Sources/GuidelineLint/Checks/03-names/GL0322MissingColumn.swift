internal import GuidelineModel

extension Check {
  static let missingColumn = Check(
    ModelFault.missingColumn.code, .library,
    CheckPage(
      summary: "A table declares a column that its file does not have.",
      why: "Every rule that reads the column would read nothing.",
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
