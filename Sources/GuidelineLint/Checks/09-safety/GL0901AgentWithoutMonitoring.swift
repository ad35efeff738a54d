internal import SourceText

extension Check {
  static let agentWithoutMonitoring = Check(
    DiagnosticCode("GL0901", "agent-without-monitoring"), isSafety: true,
    CheckPage(
      summary: "A drug can be recommended or dosed, and no rule orders a test to watch it.",
      why:
        "What a drug does to blood and liver shows in tests long before the patient feels it, if somebody orders them.",
      example: """
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
        """,
      mended: """
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          blood-count:
            when: [azathioprine.considered]
            then: [{monitor: cbc, agent: azathioprine, every: 7 d}]
        """,
      notes: """
        What counts stands under `roles` of the configuration; without it the kinds of conclusions count by their names. A \
        rule about a class counts for its members. A drug for which no source of the library says it is allowed under \
        `allow` with `subject:`, with a reason and a name. Asked of the guidelines that are in force together.
        """)
  ) { company, found in
    company.reportUncovered(
      by: [.monitor], into: &found, { "`\($0)` can be offered, but no rule orders a test that watches it" },
      help: { "conclude what is watched, and how often, for patients on `\($0)`; or allow it with the reason" })
  }
}
