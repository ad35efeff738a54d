internal import SourceText

extension Check {
  static let suppressionTooWide = Check(
    DiagnosticCode("GL0005", "suppression-too-wide", .warning), .syntax, isFixable: true,
    CheckPage(
      summary: "All findings are allowed at once.",
      why: """
        `all` would also hide what is found tomorrow, by checks that do not exist yet: a contradiction that a later change \
        brings would never be seen.
        """,
      example: """
        facts:
          # guideline-lint: allow all -- asked for by the next edition (A. Weber, 2026-05-02)
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      mended: """
        facts:
          # guideline-lint: allow GL0305 -- asked for by the next edition (A. Weber, 2026-05-02)
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      notes: """
        `all` allows nothing. The fix names the checks that find something there now. For a library that is taken over with \
        many findings there is `guideline-lint baseline`.
        """))
}
