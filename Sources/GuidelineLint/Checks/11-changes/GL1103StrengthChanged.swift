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
    var said: [StrengthChange: Int] = [:]
    var changes: [(first: StrengthChange, others: [String])] = []
    for change in context.changes?.companies.flatMap(\.strengths) ?? [] {
      var rule = change
      rule.text = ""
      if let index = said[rule] {
        if changes[index].first.text != change.text, !changes[index].others.contains(change.text) {
          changes[index].others.append(change.text)
        }
      } else {
        said[rule] = changes.count
        changes.append((change, []))
      }
    }
    for (change, others) in changes {
      let more = others.isEmpty ? "" : ", and so with \(others.count) more of the rule"
      found.report(
        "`\(change.text)` was \(change.before) and is \(change.after)\(more)",
        at: context.writtenGrade("strength", change.after, ofRuleAt: change.span) ?? change.span,
        notes: ["said by \(change.guideline)/\(change.rule)"]
          + (others.isEmpty ? [] : ["the others: \(others.map { "`\($0)`" }.joined(separator: ", "))"]),
        help: ["check it against the source, and say it in the CHANGELOG"])
    }
  }
}
