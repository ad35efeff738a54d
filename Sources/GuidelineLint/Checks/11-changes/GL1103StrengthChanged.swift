internal import SourceText

extension Check {
  static let strengthChanged = Check(
    DiagnosticCode("GL1103", "strength-changed", .warning), .change,
    CheckPage(
      summary: "A conclusion has another strength or certainty than in the earlier version.",
      why: "Strong advice is followed for nearly everybody, conditional advice is discussed with the patient.",
      example: """
        # before
        rules:
          adults: {when: [patient.age >= 18 a], then: [{recommend: azathioprine}], strength: strong}
        # now
        rules:
          adults: {when: [patient.age >= 18 a], then: [{recommend: azathioprine}], strength: conditional}
        """,
      mended: """
        # now
        rules:
          adults: {when: [patient.age >= 18 a], then: [{recommend: azathioprine}], strength: strong}
        """,
      notes: "Found by `guideline-lint changes`; rules are compared by their guideline and their id."
    )
  ) { context, found in
    for change in context.changes?.companies.flatMap(\.strengths) ?? [] {
      found.report(
        "`\(change.text)` was \(change.before) and is \(change.after)", at: change.span,
        notes: ["said by \(change.guideline)/\(change.rule)"],
        help: ["check it against the source, and say it in the CHANGELOG"])
    }
  }
}
