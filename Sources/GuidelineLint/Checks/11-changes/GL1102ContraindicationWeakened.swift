internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let contraindicationWeakened = Check(
    DiagnosticCode("GL1102", "contraindication-weakened"), .change, isSafety: true,
    CheckPage(
      summary: "Advice against a drug, or to stop it, no longer stands for some patients, or only presumably.",
      why: "These patients were protected by the earlier version. A changed condition may have let them go unnoticed.",
      example: """
        # before
        rules:
          deficient:
            when: [{any: [tpmt.phenotype is poor_metabolizer, ild.rapidly_progressive]}]
            then: [{against: azathioprine}]
        # now
        rules:
          deficient:
            when: [{all: [tpmt.phenotype is poor_metabolizer, ild.rapidly_progressive]}]
            then: [{against: azathioprine}]
        """,
      mended: """
        # now
        rules:
          deficient:
            when: [tpmt.phenotype is poor_metabolizer]
            then: [{against: azathioprine}]
          rapid-progression:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
        """,
      notes: """
        Found by `guideline-lint changes`. Kinds of conclusions are known by their names, or as the configuration says \
        under `roles`. What is meant is allowed in the configuration, with a reason and the name of who approved it.
        """)
  ) { context, found in
    let roles = context.configuration.safety.resolved(in: context.vocabulary)
    let kinds = Set(
      [Role.against, .stop].flatMap { roles[$0] ?? [] }.map { context.vocabulary[$0].name })
    for change in context.changes?.changedConclusions ?? [] where kinds.contains(change.kind) {
      guard change.change == .lost || change.change == .lessSure else { continue }
      found.report(
        "`\(change.text)` \(change.words)", at: change.span,
        notes: ["said by \(change.guideline)/\(change.rule)"],
        help: ["give these patients their protection back, or allow it in the configuration with a reason"],
        example: change.example, subjects: [change.subject])
    }
  }
}
