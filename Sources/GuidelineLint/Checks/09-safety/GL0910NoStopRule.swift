internal import SourceText

extension Check {
  static let noStopRule = Check(
    DiagnosticCode("GL0910", "no-stop-rule", .warning),
    CheckPage(
      summary: "A drug can be recommended or dosed, and no rule ever stops or replaces it.",
      why: "A treatment that harms goes on until somebody thinks of ending it.",
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
          leukopenia-stops:
            when: [leukopenia]
            then: [{stop: azathioprine}]
            overrides:
              - {conclusions: {recommend: azathioprine}, because: it has to be stopped}
        """,
      notes: """
        What counts stands under `roles` of the configuration; without it the kinds of conclusions count by their names. A \
        rule about a class counts for its members. A drug for which no source of the library says it is allowed under \
        `allow` with `subject:`, with a reason and a name. Asked of the guidelines that are in force together.
        """)
  ) { company, found in
    company.reportUncovered(
      by: [.stop, .change], into: &found, { "`\($0)` can be offered, but no rule ever stops it" },
      help: { "say when to stop `\($0)`, or what replaces it; or allow it with the reason" })
  }
}
