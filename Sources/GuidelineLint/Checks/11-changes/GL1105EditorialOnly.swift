internal import SourceText

extension Check {
  static let editorialOnly = Check(
    DiagnosticCode("GL1105", "editorial-only", .info), .change,
    CheckPage(
      summary: "A document is written otherwise, and it is proved that no patient's advice changes.",
      why: "A reviewer may look at the words alone, and sites may take the version without another check.",
      example: """
        # before
        title: Azathioprine in lung disease
        # now
        title: Azathioprine in interstitial lung disease
        """,
      mended: """
        # now
        title: Azathioprine in lung disease
        """,
      notes: "Found by `guideline-lint changes`: every conclusion of the document stands for the same patients."
    )
  ) { context, found in
    for document in context.changes?.documents ?? [] {
      guard let demanded = document.demanded, demanded.step == .patch, !demanded.isForDoubt else { continue }
      found.report(
        "proved: the changes of `\(document.name)` alter no patient's advice", at: document.span,
        help: ["a version with a higher third number is enough"])
    }
  }
}
