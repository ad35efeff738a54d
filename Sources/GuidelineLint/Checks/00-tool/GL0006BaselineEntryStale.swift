internal import SourceText

extension Check {
  static let baselineEntryStale = Check(
    DiagnosticCode("GL0006", "baseline-entry-stale", .warning), .analysis,
    CheckPage(
      summary: "The list of known findings holds some that no longer occur.",
      why: """
        What was mended would be taken for known again if it came back.
        """,
      example: """
        # file: guideline-lint-baseline.json
        {"findings": [{"check": "GL0305", "fingerprint": "60a1c1ab8b5f2c10", "part": "words/gerd"}]}
        """,
      mended: """
        # file: guideline-lint-baseline.json
        {"findings": []}
        """,
      notes: """
        An entry stays when the lines of a file move, and goes when the words of the rule it is about change: then the \
        finding is to be looked at again.
        """))
}
