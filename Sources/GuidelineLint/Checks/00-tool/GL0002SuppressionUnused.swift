internal import SourceText

extension Check {
  static let suppressionUnused = Check(
    DiagnosticCode("GL0002", "suppression-unused", .warning), .analysis, isFixable: true,
    CheckPage(
      summary: "A finding is allowed that does not occur any more.",
      why: """
        A permission that nobody needs waits for the next finding of the same kind and hides it.
        """,
      example: """
        rules:
          # guideline-lint: allow GL0305 -- asked for later (A. Weber, 2026-05-02)
          adults:
            when: [patient.age >= 18 a]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
        """,
      mended: """
        rules:
          adults:
            when: [patient.age >= 18 a]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
        """,
      notes: """
        Nothing is said while a part of the library is broken, or while the search of the analysis has not come to an end: \
        the finding may then come back by itself.
        """))
}
