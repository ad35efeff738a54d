internal import GuidelineModel

extension Check {
  static let unknownFile = Check(
    ModelFault.unknownFile.code, .library, isFixable: true,
    CheckPage(
      summary: "A table or source takes its rows from a file that is not there.",
      why: "A matrix of recommendations without its rows recommends nothing.",
      example: """
        tables:
          limits:
            columns: {id: text, agent: one of agent}
            from: limit.csv
        # file: limits.csv
        id,agent
        L1,azathioprine
        """,
      mended: """
        tables:
          limits:
            columns: {id: text, agent: one of agent}
            from: limits.csv
        # file: limits.csv
        id,agent
        L1,azathioprine
        """,
      notes: "The file stands in the folder of the document, or in a folder below it."))
}
