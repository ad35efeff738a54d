internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let reviewOverdue = Check(
    DiagnosticCode("GL0703", "review-overdue", .warning), .syntax,
    CheckPage(
      summary: "The day on which a guideline was to be reviewed has passed.",
      why: "It goes on speaking to patients while its sources may have changed.",
      example: """
        guideline: lungs
        title: Lungs
        version: 1.0.0
        edition: "2024"
        in_force: {from: 2024-01-01, review_by: 2025-01-01}
        """,
      mended: """
        guideline: lungs
        title: Lungs
        version: 1.1.0
        edition: "2024"
        in_force: {from: 2024-01-01, review_by: 2029-01-01}
        """,
      notes: """
        Judged on the day of the run, or on that of `--today`. A guideline that is no draft, not retired and not ended \
        by then is meant, also while a later edition is waiting.
        """)
  ) { context, found in
    for document in context.syntax.documents {
      let header = document.syntax.header
      guard header.status.map({ $0.value == "active" }) ?? true, let written = header.inForce?.reviewBy,
        let day = Day(iso: written.value), day < context.today
      else { continue }
      if let end = header.inForce?.until.flatMap({ Day(iso: $0.value) }), end < context.today { continue }
      found.report(
        "the review of `\(header.id.value)` was due by \(day.iso)", at: written.span,
        help: [
          "read its sources again, then raise its version and set the next day under `review_by`; or write `status: retired`"
        ])
    }
  }
}
