internal import SourceText

extension Check {
  static let configDowngradesSafety = Check(
    DiagnosticCode("GL0008", "config-downgrades-safety", .warning), .syntax,
    CheckPage(
      summary: "A check that guards patients is silenced without a reason and a name.",
      why: """
        Contradictions, lost contraindications and doses without a time base hurt people. Who silences such a check has to \
        say why, and who else agreed.
        """,
      example: """
        # file: .guideline-lint.yaml
        checks:
          GL0801: off
        """,
      mended: """
        # file: .guideline-lint.yaml
        checks:
          GL0801:
            severity: warning
            reason: the two editions are compared on purpose in this folder
            approved-by: drug committee, 2026-11-02
        """,
      notes: """
        Until reason and name are there, the check stays as it is. `guideline-lint checks` marks the checks that guard \
        patients.
        """))
}
