internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let redundantCondition = Check(
    DiagnosticCode("GL0812", "redundant-condition", .warning),
    CheckPage(
      summary: "A condition adds nothing beside another condition of the same rule.",
      why: "Readers believe that it narrows the rule. When one of the two is changed later, the other is forgotten.",
      example: """
        rules:
          the-old:
            when: [patient.age >= 65 a, patient.age >= 18 a]
            then:
              - {warn: interaction}
        """,
      mended: """
        rules:
          the-old:
            when: [patient.age >= 65 a]
            then:
              - {warn: interaction}
        """,
      notes: """
        Taking the condition away is proved to change no patient's result: not what is true, not what is false, and so \
        not what is unknown. What is asked for may become less.
        """)
  ) { company, found in
    guard company.isWhole else { return }
    var asked: Set<Span> = []
    for index in company.program.sourceMap.rules.indices {
      let trace = company.program.sourceMap.rules[index]
      let parts = company.parts(of: trace.when).filter { company.graph.isClosed($0.node) }
      guard parts.count > 1, asked.insert(trace.when.condition.span).inserted, company.canHold(RuleNodeID(index))
      else { continue }
      for part in parts { company.askRedundant(part, parts, into: &found) }
    }
  }
}

extension CompanyAnalysis {
  fileprivate mutating func askRedundant(
    _ part: ConditionTrace, _ parts: [ConditionTrace], into found: inout CheckFindings
  ) {
    if case .constant = graph[part.node] { return }
    for other in parts where other.node != part.node {
      if case .constant = graph[other.node] { continue }
      guard adds(nothing: part.node, beside: other.node) else { continue }
      // Of two that say the same, the later one is called redundant.
      if part.condition.span < other.condition.span, adds(nothing: other.node, beside: part.node) { continue }
      found.reportIfEverywhere(
        part.condition.span, "this condition adds nothing beside another one", at: part.condition.span,
        related: [RelatedPlace(other.condition.span, "whoever meets this meets it too")],
        notes: ["proved: without it no patient's result changes"], help: ["take it away"])
      return
    }
    found.acquit(part.condition.span)
  }

  /// Wherever the other is true this is true, and wherever this is false the other is false.
  private mutating func adds(nothing part: ConditionID, beside other: ConditionID) -> Bool {
    for reading in [Reading.cautious, .presuming] {
      guard analysis.isImpossible(.all([.holds(other, reading), .not(.holds(part, reading))])),
        analysis.isImpossible(.all([.fails(part, reading), .not(.fails(other, reading))]))
      else { return false }
    }
    return true
  }
}
