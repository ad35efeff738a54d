internal import GuidelineModel

extension Check {
  static let duplicateId = Check(
    ModelFault.duplicateId.code, .library, isSafety: true,
    CheckPage(
      summary: "Two things of one kind have the same name: facts, terms, definitions, columns, or rows of a table.",
      why: "Nobody could say which of the two an advice, a test or a citation means.",
      example: """
        tables:
          limits:
            columns: {id: text, agent: one of agent, high: quantity mg/d}
            from: limits.csv
        # file: limits.csv
        id,agent,high
        aza,azathioprine,150
        aza,mycophenolate,3000
        """,
      mended: """
        tables:
          limits:
            columns: {id: text, agent: one of agent, high: quantity mg/d}
            from: limits.csv
        # file: limits.csv
        id,agent,high
        aza,azathioprine,150
        mmf,mycophenolate,3000
        """,
      notes: "Two rules with one name in one document are already two equal keys, and reported as `duplicate-key`."))
}
