internal import SourceText

extension Check {
  static let suppressionUnknownCheck = Check(
    DiagnosticCode("GL0003", "suppression-unknown-check"), .syntax, isFixable: true,
    CheckPage(
      summary: "A check is named that does not exist.",
      why: """
        The finding that should be allowed stays, or a check that should be switched off goes on; worse, a safety check \
        that should be made stricter is not.
        """,
      example: """
        facts:
          # guideline-lint: allow unused-fakt -- asked for by the next edition (A. Weber, 2026-05-02)
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      mended: """
        facts:
          # guideline-lint: allow unused-fact -- asked for by the next edition (A. Weber, 2026-05-02)
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      notes: """
        `guideline-lint checks` lists all checks. Ids and names are the same to the linter.
        """))
}
