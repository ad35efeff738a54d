internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let redundantCondition = Check(
    DiagnosticCode("GL0812", "redundant-condition", .warning), isFixable: true,
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
    let effects = company.program.sourceMap.rules.indices.map { index in
      let trace = company.program.sourceMap.rules[index]
      return (index, company.parts(of: trace.when).filter { company.graph.isClosed($0.node) })
    }
    var known: [NodePair: Bool] = [:]
    // A written condition may belong to many rules, one for each row: it is redundant when it is so in all of them.
    for (index, parts) in effects where parts.count > 1 {
      guard company.canHold(RuleNodeID(index)) else {
        for part in parts { found.doubt(part.condition.span) }
        continue
      }
      for part in parts { company.askRedundant(part, parts, &known, into: &found) }
    }
  }
}

/// Two conditions, the first of which may add nothing beside the second.
private struct NodePair: Hashable {
  var part: ConditionID
  var other: ConditionID
}

extension CompanyAnalysis {
  fileprivate mutating func askRedundant(
    _ part: ConditionTrace, _ parts: [ConditionTrace], _ known: inout [NodePair: Bool],
    into found: inout CheckFindings
  ) {
    if case .constant = graph[part.node] { return }
    for other in parts where other.node != part.node {
      if case .constant = graph[other.node] { continue }
      guard adds(nothing: part.node, beside: other.node, &known) else { continue }
      // Of two that say the same, the later one is called redundant.
      if part.condition.span < other.condition.span, adds(nothing: other.node, beside: part.node, &known) { continue }
      let edit = Removal(part.condition.span.file, context)?.item(
        at: part.condition.span, ofListUnder: ["when", "all"])
      found.reportIfEverywhere(
        part.condition.span, "this condition adds nothing beside another one", at: part.condition.span,
        related: [RelatedPlace(other.condition.span, "whoever meets this meets it too")],
        notes: ["proved: without it no patient's result changes"], help: ["take it away"],
        fixes: edit.map { [Fix(title: "take the condition away", edits: [$0], safety: .safe)] } ?? [])
      return
    }
    found.acquit(part.condition.span)
  }

  private mutating func adds(
    nothing part: ConditionID, beside other: ConditionID, _ known: inout [NodePair: Bool]
  ) -> Bool {
    let pair = NodePair(part: part, other: other)
    if let answer = known[pair] { return answer }
    let answer = adds(nothing: part, beside: other)
    known[pair] = answer
    return answer
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
