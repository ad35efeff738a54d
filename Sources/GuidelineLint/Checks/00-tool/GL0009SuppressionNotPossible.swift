internal import SourceText

extension Check {
  static let suppressionNotPossible = Check(
    DiagnosticCode("GL0009", "suppression-not-possible"), .syntax,
    CheckPage(
      summary: "A finding is allowed that cannot be allowed here.",
      why: """
        A comment beside a rule is written quickly, and is read by few. What may hurt patients is decided for the whole \
        project, with a name; and content that cannot be read is not evaluated, whatever a comment says.
        """,
      example: """
        rules:
          # guideline-lint: allow GL0301 -- it will be all right
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
        It concerns the checks that guard patients, in comments, and faults of content that cannot be read or understood, \
        everywhere.
        """))
}
