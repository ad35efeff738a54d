internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let unreachableDerived = Check(
    DiagnosticCode("GL0811", "unreachable-derived", .warning),
    CheckPage(
      summary: "No patient ever comes to a line under `first`: the lines above it leave nobody, or nobody meets it.",
      why: "The value looks as if somebody could have it. Rules that wait for it are never true of anybody.",
      example: """
        define:
          age_group:
            first:
              - {when: patient.age >= 18 a, is: 1}
              - {when: patient.age >= 65 a, is: 2}
              - {otherwise: 3}
        rules:
          by-age:
            when: [age_group > 1]
            then: [{warn: interaction}]
        """,
      mended: """
        define:
          age_group:
            first:
              - {when: patient.age >= 65 a, is: 2}
              - {when: patient.age >= 18 a, is: 1}
              - {otherwise: 3}
        rules:
          by-age:
            when: [age_group > 1]
            then: [{warn: interaction}]
        """,
      notes: """
        A definition of yes or no that is never true is reported as never-true. The last line, `otherwise`, is not \
        looked at: it may stand there to be safe.
        """)
  ) { company, found in
    guard company.isWhole else { return }
    for (index, definition) in company.library.definitions.enumerated() {
      guard case .first(let written) = definition.form,
        case .first(let clauses) = company.graph[DefinitionNodeID(index)].form, written.count == clauses.count
      else { continue }
      var above: [ConditionID] = []
      for (clause, line) in zip(clauses, written) {
        guard let condition = clause.condition else { break }
        if company.isReached(condition, after: above) {
          found.acquit(line.span)
        } else {
          company.report(line, of: definition.name, into: &found)
        }
        above.append(condition)
      }
    }
  }
}

extension CompanyAnalysis {
  /// Whether somebody surely meets a line and surely none above it.
  fileprivate mutating func isReached(_ condition: ConditionID, after above: [ConditionID]) -> Bool {
    guard graph.isClosed(condition), above.allSatisfy({ graph.isClosed($0) }) else { return true }
    return !analysis.isImpossible(.all([.holds(condition, .presuming)] + above.map { .fails($0, .presuming) }))
  }

  fileprivate func report(_ line: FirstClause, of name: String, into found: inout CheckFindings) {
    found.reportIfEverywhere(
      line.span, "no patient comes to this line of `\(name)`", at: line.span,
      notes: ["whoever meets it meets a line above it, or nobody meets it"],
      help: ["put the narrower line first, correct it, or take it away"])
  }
}
