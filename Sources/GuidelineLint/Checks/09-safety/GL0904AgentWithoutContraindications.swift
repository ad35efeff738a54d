internal import SourceText

extension Check {
  static let agentWithoutContraindications = Check(
    DiagnosticCode("GL0904", "agent-without-contraindications"), isSafety: true,
    CheckPage(
      summary: "A drug can be recommended or dosed, and no rule ever advises against it.",
      why: "There is hardly a drug that is right for everybody: who must not get it is not asked for.",
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
          deficient:
            when: [tpmt.phenotype is poor_metabolizer]
            then: [{against: azathioprine}]
            overrides:
              - {conclusions: {recommend: azathioprine}, because: the drug cannot be broken down}
        """,
      notes: """
        What counts stands under `roles` of the configuration; without it the kinds of conclusions count by their names. A \
        rule about a class counts for its members. A drug for which no source of the library says it is allowed under \
        `allow` with `subject:`, with a reason and a name. Asked of the guidelines that are in force together.
        """)
  ) { company, found in
    company.reportUncovered(
      by: [.against], into: &found, { "`\($0)` can be offered, but no rule ever advises against it" },
      help: { "advise against `\($0)` where a source does; or allow it with the reason" })
  }
}
