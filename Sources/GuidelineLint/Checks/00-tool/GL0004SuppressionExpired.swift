internal import SourceText

extension Check {
  static let suppressionExpired = Check(
    DiagnosticCode("GL0004", "suppression-expired"), .syntax,
    CheckPage(
      summary: "A permission has come to its end.",
      why: """
        Somebody decided that the finding may stay until a day, and that day is over. The finding is open again, and \
        somebody has to decide anew.
        """,
      example: """
        facts:
          # guideline-lint: allow GL0305 until 2026-01-31 -- asked for by the next edition (A. Weber, 2026-05-02)
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      mended: """
        facts:
          # guideline-lint: allow GL0305 until 2027-01-31 -- asked for by the next edition (A. Weber, 2026-05-02)
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      notes: """
        The day itself belongs to the permission. A date that is none ends it at once.
        """))
}
