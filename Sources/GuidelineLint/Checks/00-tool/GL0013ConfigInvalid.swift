internal import SourceText

extension Check {
  static let configInvalid = Check(
    DiagnosticCode("GL0013", "config-invalid"), .syntax,
    CheckPage(
      summary: "The configuration, or the list of known findings, holds something that makes no sense there.",
      why: """
        The project decided something about its findings, and the linter cannot tell what.
        """,
      example: """
        # file: .guideline-lint.yaml
        fail-on: serious
        """,
      mended: """
        # file: .guideline-lint.yaml
        fail-on: warning
        """))
}
