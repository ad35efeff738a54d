internal import SourceText

extension Check {
  static let versionNotRaised = Check(
    DiagnosticCode("GL0702", "version-not-raised"), .change, isSafety: true, isFixable: true,
    CheckPage(
      summary: "A document says something else than the earlier version, and its version has not risen far enough.",
      why: "Whoever reads the version believes that nothing has changed, and goes on with what was checked before.",
      example: """
        # before
        version: 1.0.0
        rules:
          adults: {when: [patient.age >= 18 a], then: [{warn: interaction}]}
        # now
        version: 1.0.0
        rules:
          adults: {when: [patient.age >= 16 a], then: [{warn: interaction}]}
        """,
      mended: """
        # now
        version: 2.0.0
        rules:
          adults: {when: [patient.age >= 16 a], then: [{warn: interaction}]}
        """,
      notes: """
        Found by `guideline-lint changes`. The first number rises when some patient's advice changes, or when that \
        cannot be excluded; the second when something is said that was said of nobody before; the third when it is \
        proved that nobody's advice changes.
        """)
  ) { context, found in
    for document in context.changes?.documents ?? [] {
      guard let demanded = document.demanded, !demanded.isMet, let version = document.versionAfter else { continue }
      let fixes = document.versionSpan.map { span in
        [
          Fix(
            title: "write `\(demanded.version)`", edits: [TextEdit(span: span, replacement: demanded.version)],
            safety: .edit)
        ]
      }
      found.report(
        "`\(document.name)` has changed, and \(version) is too low a version for that",
        at: document.versionSpan ?? document.span, notes: document.reasonOfDemand.map { [$0] } ?? [],
        help: ["write \(demanded.version) or higher, and say in the CHANGELOG what has changed"], fixes: fixes ?? [])
    }
  }
}
