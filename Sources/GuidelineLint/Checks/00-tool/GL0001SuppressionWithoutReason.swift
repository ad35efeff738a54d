internal import SourceText

extension Check {
  static let suppressionWithoutReason = Check(
    DiagnosticCode("GL0001", "suppression-without-reason"), .syntax,
    CheckPage(
      summary: "A finding is allowed without a word about why.",
      why: """
        Who reads the guideline later cannot tell an accepted exception from a forgotten one. A permission without a reason \
        allows nothing.
        """,
      example: """
        facts:
          # guideline-lint: allow GL0305
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      mended: """
        facts:
          # guideline-lint: allow GL0305 -- asked for by the next edition (A. Weber, 2026-05-02)
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      notes: """
        It concerns comments, and entries under `allow:` in `.guideline-lint.yaml`. The reason stands behind `--`, or under \
        `reason:`. It is shown with `--show-suppressed` and in every report format that knows permissions.
        """))
}
