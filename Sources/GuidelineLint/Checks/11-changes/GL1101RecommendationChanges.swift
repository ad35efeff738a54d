internal import SourceText

extension Check {
  static let recommendationChanges = Check(
    DiagnosticCode("GL1101", "recommendation-changes", .info), .change,
    CheckPage(
      summary: "Some patients get other advice than by the earlier version.",
      why: "Whoever releases the change has to know for whom, and to want it.",
      example: """
        # before
        rules:
          low-function: {when: [pft.dlco < 70 %], then: [{recommend: azathioprine}]}
        # now
        rules:
          low-function: {when: [pft.dlco < 80 %], then: [{recommend: azathioprine}]}
        """,
      mended: """
        # now
        rules:
          low-function: {when: [pft.dlco < 70 %], then: [{recommend: azathioprine}]}
        """,
      notes: """
        Found by `guideline-lint changes`, with a patient who shows it by both versions, confirmed by the engine. It \
        only tells: version-not-raised and change-not-acknowledged say what is missing.
        """)
  ) { context, found in
    for change in context.changes?.changedConclusions ?? [] {
      found.report(
        "`\(change.text)` \(change.words)", at: change.span, notes: ["said by \(change.guideline)/\(change.rule)"],
        help: ["say it in the CHANGELOG; if it is not meant, take the change back"], example: change.example,
        subjects: [change.subject])
    }
  }
}

extension ConclusionChange {
  /// The patient, with what he was told and what he is told now.
  var example: ExamplePatient {
    let nothing = "nothing of the kind"
    return ExamplePatient(
      facts: patient,
      outcome: (before.isEmpty ? [nothing] : before).map { "before: \($0)" }
        + (after.isEmpty ? [nothing] : after).map { "now: \($0)" })
  }
}
