internal import SourceText

extension Check {
  static let agentWithoutToxicities = Check(
    DiagnosticCode("GL0903", "agent-without-toxicities"),
    CheckPage(
      summary: "A drug can be recommended or dosed, and no rule tells what harm it may do.",
      why: "Patient and prescriber decide without knowing what to expect, and nobody looks for it.",
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
          toxicities:
            when: [azathioprine.considered]
            then: [{inform: azathioprine, toxicity: marrow_suppression}]
        """,
      notes: """
        What counts stands under `roles` of the configuration; without it the kinds of conclusions count by their names. A \
        rule about a class counts for its members. A drug for which no source of the library says it is allowed under \
        `allow` with `subject:`, with a reason and a name. Asked of the guidelines that are in force together.
        """)
  ) { company, found in
    company.reportUncovered(
      by: [.inform], into: &found, { "`\($0)` can be offered, but no rule tells of its toxicities" },
      help: { "tell the toxicities that a source lists for `\($0)`; or allow it with the reason" })
  }
}
