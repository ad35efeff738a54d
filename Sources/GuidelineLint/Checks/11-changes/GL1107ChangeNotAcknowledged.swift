internal import SourceText

extension Check {
  static let changeNotAcknowledged = Check(
    DiagnosticCode("GL1107", "change-not-acknowledged"), .change, isSafety: true,
    CheckPage(
      summary: "A change alters what patients are told, and the CHANGELOG says nothing of it.",
      why: "Nobody can tell whether it was meant, and the sites learn of it from their patients.",
      example: """
        # now
        version: 2.0.0
        rules:
          adults: {when: [patient.age >= 16 a], then: [{warn: interaction}]}
        # CHANGELOG.md
        ## 1.0.0
        - First version.
        """,
      mended: """
        # CHANGELOG.md
        ## 2.0.0
        - Holds from 16 years on.
        ## 1.0.0
        - First version.
        """,
      notes: """
        Found by `guideline-lint changes`, for documents whose first or second number has to rise. The file \
        `CHANGELOG.md` stands beside the document; a heading names the version, and the edition if there are several.
        """)
  ) { context, found in
    for document in context.changes?.documents ?? [] {
      guard let demanded = document.demanded, demanded.step > .patch, let version = document.versionAfter,
        context.changelogWords(of: document) == nil
      else { continue }
      let isThere = context.changelogs[document.folder] != nil
      found.report(
        "`\(document.name)` has changed, and the CHANGELOG says nothing of version \(version)",
        at: document.versionSpan ?? document.span, notes: document.reasonOfDemand.map { [$0] } ?? [],
        help: [
          "say what has changed and why under `## \(demanded.isMet ? version : demanded.version)` in "
            + (isThere ? "`CHANGELOG.md`" : "a file `CHANGELOG.md` beside it")
        ])
    }
  }
}
