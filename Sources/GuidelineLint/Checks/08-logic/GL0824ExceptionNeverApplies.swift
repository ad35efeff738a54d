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
        Taking it away is safe when it is proved to be false for everybody who meets the conditions, and never true \
        for those of whom that is unknown. Where it may be unknown itself, it makes the advice provisional, and taking \
        it away changes that.
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
  /// Proved: without the exception the rule is as true, as false and as unknown as with it.
  fileprivate mutating func isIdle(_ node: RuleNodeID) -> Bool {
    graph[node].unless.map { takesNothing([$0], from: conditions(of: node)) } ?? true
  }

  /// What has to hold for a rule, its scope included.
  func conditions(of node: RuleNodeID) -> [ConditionID] { [graph[node].scope] + graph[node].conditions }

  /// Proved: "these, and not all of those" is true, false and unknown of the same patients as "these" alone.
  ///
  /// So nobody meets these of whom those may be true, and of nobody those are true while these are unknown.
  mutating func takesNothing(_ those: [ConditionID], from these: [ConditionID]) -> Bool {
    guard (these + those).allSatisfy(graph.isClosed) else { return false }
    for reading in Reading.allCases {
      for other in Reading.allCases {
        let areMet = these.map { Question.holds($0, reading) } + those.map { .not(.fails($0, other)) }
        let areOpen = these.map { Question.not(.fails($0, reading)) } + those.map { .holds($0, other) }
        guard analysis.isImpossible(.all(areMet)), analysis.isImpossible(.all(areOpen)) else { return false }
      }
    }
    return true
  }
}
