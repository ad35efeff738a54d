internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let exceptionNeverApplies = Check(
    DiagnosticCode("GL0824", "exception-never-applies", .warning), isFixable: true,
    CheckPage(
      summary: "No patient who meets the conditions of a rule can meet its `unless`.",
      why: "The exception was written to protect somebody. As it stands it protects nobody.",
      example: """
        rules:
          in-adults:
            when: [patient.age >= 18 a]
            unless: [patient.age < 12 a]
            then:
              - {recommend: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          in-adults:
            when: [patient.age >= 18 a]
            unless: [patient.age >= 80 a]
            then:
              - {recommend: azathioprine, line: first_line}
        """,
      notes: """
        Taking it away is safe when it is proved to be false wherever the conditions are not. Where it may be unknown, \
        it makes the advice provisional, and taking it away changes that.
        """)
  ) { company, found in
    guard company.isWhole else { return }
    for (rule, nodes) in company.rules where rule.unless != nil {
      guard let span = rule.unless?.span else { continue }
      if !nodes.allSatisfy({ company.isIdle($0) }) { found.doubt(span) }
      var applies = false
      var holds = false
      for node in nodes where !applies {
        guard let unless = company.graph[node].unless, company.graph.isClosed(unless) else {
          applies = true
          break
        }
        guard company.canHold(node) else { continue }
        holds = true
        applies = !company.analysis.isImpossible(.all([.body(node, .presuming), .holds(unless, .presuming)]))
      }
      if applies { found.acquit(span) }
      guard holds, !applies else { continue }
      found.reportIfEverywhere(
        span, "no patient of `\(rule.name)` can ever meet this exception", at: span,
        notes: ["seen with the guidelines \(company.company.name)"],
        help: ["correct the exception, or take it away"],
        fixes: Removal(span.file, company.context)?.entry("unless", around: span).map {
          [Fix(title: "take the exception away", edits: [$0], safety: .safe)]
        } ?? [])
    }
  }
}

extension CompanyAnalysis {
  /// Proved: wherever the conditions are not false the exception is, whatever is unknown.
  fileprivate mutating func isIdle(_ node: RuleNodeID) -> Bool {
    guard let unless = graph[node].unless else { return true }
    return areNeverOpen(conditions(of: node) + [unless])
  }

  /// What has to hold for a rule, its scope included.
  func conditions(of node: RuleNodeID) -> [ConditionID] { [graph[node].scope] + graph[node].conditions }

  /// Proved: in either reading one of these is false of everybody.
  mutating func areNeverOpen(_ conditions: [ConditionID]) -> Bool {
    guard conditions.allSatisfy(graph.isClosed) else { return false }
    for reading in Reading.allCases
    where !analysis.isImpossible(.all(conditions.map { .not(.fails($0, reading)) })) {
      return false
    }
    return true
  }
}
