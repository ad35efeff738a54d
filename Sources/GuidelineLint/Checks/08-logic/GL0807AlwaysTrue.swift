internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let alwaysTrue = Check(
    DiagnosticCode("GL0807", "always-true", .warning),
    CheckPage(
      summary:
        "A condition is true for every patient for whom it is known at all, or an alternative can never be true.",
      why: "It looks as if it chose some patients. It chooses nobody, so what was meant is something else.",
      example: """
        rules:
          everybody:
            when:
              any: [patient.age < 65 a, patient.age >= 18 a]
            then:
              - {warn: interaction}
        """,
      mended: """
        rules:
          adults-below-65:
            when: [patient.age < 65 a, patient.age >= 18 a]
            then:
              - {warn: interaction}
        """,
      notes: """
        Questions about what is known are left out, and so are conditions on rows. Values outside the declared range of \
        a fact do not count: they are unknown.
        """)
  ) { company, found in
    guard company.isWhole else { return }
    var asked: Set<Span> = []
    for index in company.program.sourceMap.rules.indices {
      let trace = company.program.sourceMap.rules[index]
      guard company.canHold(RuleNodeID(index)) else { continue }
      for part in company.parts(of: trace.when) where asked.insert(part.condition.span).inserted {
        company.askAlways(part, into: &found)
      }
    }
  }
}

extension CompanyAnalysis {
  fileprivate mutating func askAlways(_ part: ConditionTrace, into found: inout CheckFindings) {
    guard graph.isClosed(part.node), !isConstant(part.node), !speaksOfKnowledge(part.node) else { return }
    if analysis.isImpossible(.fails(part.node, .presuming)) {
      found.reportIfEverywhere(
        part.condition.span, "this condition is true for every patient for whom it is known", at: part.condition.span,
        notes: ["it still waits for its facts: unknown is not true"],
        help: ["correct it; or, if only the knowledge matters, write `… is known`"])
      return
    }
    found.acquit(part.condition.span)
    guard case .group(.any, _) = part.condition.form else { return }
    for child in part.children where graph.isClosed(child.node) && !isConstant(child.node) {
      guard analysis.isImpossible(.holds(child.node, .presuming)) else {
        found.acquit(child.condition.span)
        continue
      }
      found.reportIfEverywhere(
        child.condition.span, "this alternative can never be true", at: child.condition.span,
        help: ["correct it, or take it away: the other alternatives decide alone"])
    }
  }

  private func isConstant(_ node: ConditionID) -> Bool {
    if case .constant = graph[node] { true } else { false }
  }

  /// Whether the condition asks what is known, anywhere within.
  func speaksOfKnowledge(_ node: ConditionID) -> Bool {
    switch graph[node] {
    case .settled, .certainly: true
    case .all(let list), .any(let list), .atLeast(_, let list):
      graph.conditionIDs(list).contains { speaksOfKnowledge($0) }
    case .not(let inner): speaksOfKnowledge(inner)
    default: false
    }
  }
}
