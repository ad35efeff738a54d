internal import SourceText

extension Check {
  static let suppressionNotUnderstood = Check(
    DiagnosticCode("GL0012", "suppression-not-understood"), .syntax,
    CheckPage(
      summary: "A comment speaks to the linter and is not understood.",
      why: """
        Its writer believes that something is allowed that is not, or does not see that a word is missing.
        """,
      example: """
        facts:
          # guideline-lint: ignore GL0305 -- asked for by the next edition (A. Weber, 2026-05-02)
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      mended: """
        facts:
          # guideline-lint: allow GL0305 -- asked for by the next edition (A. Weber, 2026-05-02)
          gerd: {type: yes_no, ask: Is there reflux disease?}
        """,
      notes: """
        The whole form is `# guideline-lint: allow CHECK, CHECK until DATE approved-by: NAME -- reason`. A comment behind \
        something speaks for its line; a comment on a line of its own speaks for the key or list item that begins on the \
        next line, with all that belongs to it; above the first key of a document it speaks for the whole file.
        """))
}
