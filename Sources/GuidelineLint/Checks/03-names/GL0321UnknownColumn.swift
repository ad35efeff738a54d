internal import GuidelineModel

extension Check {
  static let unknownColumn = Check(
    ModelFault.unknownColumn.code, .library,
    CheckPage(
      summary: "A file of rows has a column that its table does not declare, or a column is named that there is not.",
      why: "A column that nobody reads may be the one that holds the exception.",
      example: """
        tables:
          limits:
            columns: {id: text, agent: one of agent}
            from: limits.csv
        # file: limits.csv
        id,agent,only_if_elderly
        L1,azathioprine,yes
        """,
      mended: """
        tables:
          limits:
            columns: {id: text, agent: one of agent, only_if_elderly: text}
            from: limits.csv
        # file: limits.csv
        id,agent,only_if_elderly
        L1,azathioprine,yes
        """,
      notes: "Columns that only people read are named under `ignore`."))
}
