internal import SourceText

extension Check {
  static let configUnknownKey = Check(
    DiagnosticCode("GL0007", "config-unknown-key"), .syntax, isFixable: true,
    CheckPage(
      summary: "The configuration holds a setting that does not exist.",
      why: """
        A misspelt setting does nothing, and nobody notices that a check runs otherwise than was decided.
        """,
      example: """
        # file: .guideline-lint.yaml
        chekcs:
          GL0305: off
        """,
      mended: """
        # file: .guideline-lint.yaml
        checks:
          GL0305: off
        """,
      notes: """
        It concerns `.guideline-lint.yaml`. Its settings are `checks`, `fail-on`, `baseline`, `library`, `paths` and \
        `allow`; `schemas/lint-config.schema.json` describes them for editors.
        """))
}
