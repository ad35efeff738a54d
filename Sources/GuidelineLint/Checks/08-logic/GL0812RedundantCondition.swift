internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let redundantCondition = Check(
    DiagnosticCode("GL0812", "redundant-condition", .warning), isFixable: true,
    CheckPage(
      summary: "A condition adds nothing beside another condition of the same rule, exception or scope.",
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
    var known: [NodePair: Bool] = [:]
    // A written condition may belong to many rules, one for each row: it is redundant when it is so in all of them.
    for (index, trace) in company.program.sourceMap.rules.enumerated() {
      company.askRedundant(in: trace.when, if: { $0.canHold(RuleNodeID(index)) }, &known, into: &found)
      guard let unless = trace.unless else { continue }
      company.askRedundant(in: unless, if: { $0.mayHold(unless) }, &known, into: &found)
    }
    for case let scope? in company.program.sourceMap.scopes {
      company.askRedundant(in: scope, if: { $0.mayHold(scope) }, &known, into: &found)
    }
  }
}

/// Two conditions, the first of which may add nothing beside the second.
private struct NodePair: Hashable {
  var part: ConditionID
  var other: ConditionID
}

extension CompanyAnalysis {
  fileprivate mutating func mayHold(_ trace: ConditionTrace) -> Bool {
    !graph.isClosed(trace.node) || !analysis.isImpossible(.holds(trace.node, .presuming))
  }

  /// Asks about all conditions that stand side by side; of what never holds at all, each adds nothing beside the others.
  fileprivate mutating func askRedundant(
    in trace: ConditionTrace, if mayHold: (inout CompanyAnalysis) -> Bool, _ known: inout [NodePair: Bool],
    into found: inout CheckFindings
  ) {
    let all = parts(of: trace)
    let parts = all.filter { graph.isClosed($0.node) }
    let doubles = doubles(among: all)
    for part in all { askDoubles(within: part, into: &found) }
    guard parts.count > 1 || !doubles.isEmpty else { return }
    guard mayHold(&self) else {
      for part in parts { found.doubt(part.condition.span) }
      return
    }
    for part in all {
      if let earlier = doubles[part.condition.span] {
        reportDouble(part, of: earlier, into: &found)
      } else if graph.isClosed(part.node) {
        askRedundant(part, parts, &known, into: &found)
      } else {
        found.acquit(part.condition.span)
      }
    }
  }

  /// Conditions that stand there a second time, each with the one before it.
  private func doubles(among parts: [ConditionTrace]) -> [Span: ConditionTrace] {
    var first: [ConditionID: ConditionTrace] = [:]
    var found: [Span: ConditionTrace] = [:]
    for part in parts.sorted(by: { $0.condition.span < $1.condition.span }) {
      if case .constant = graph[part.node] { continue }
      if let earlier = first[part.node] { found[part.condition.span] = earlier } else { first[part.node] = part }
    }
    return found
  }

  /// Alternatives may stand there twice as well.
  private func askDoubles(within trace: ConditionTrace, into found: inout CheckFindings) {
    for child in trace.children { askDoubles(within: child, into: &found) }
    switch trace.condition.form {
    case .group(.any, _), .group(.none, _), .group(.all, _):
      let doubles = doubles(among: trace.children)
      for child in trace.children {
        if let earlier = doubles[child.condition.span] {
          reportDouble(child, of: earlier, into: &found)
        } else {
          found.acquit(child.condition.span)
        }
      }
    default: return
    }
  }

  private func reportDouble(_ part: ConditionTrace, of earlier: ConditionTrace, into found: inout CheckFindings) {
    let isWritten = context.files.text(part.condition.span) == context.files.text(earlier.condition.span)
    found.reportIfEverywhere(
      part.condition.span,
      isWritten ? "this condition is written twice" : "this condition says the same as another one",
      at: part.condition.span, related: [RelatedPlace(earlier.condition.span, "it stands here already")],
      notes: ["proved: without it no patient's result changes"], help: ["take it away"], fixes: removal(of: part))
  }

  private func removal(of part: ConditionTrace) -> [Fix] {
    let edit = Removal(part.condition.span.file, context)?.item(
      at: part.condition.span, ofListUnder: ["when", "unless", "scope", "all", "any", "none"])
    return edit.map { [Fix(title: "take the condition away", edits: [$0], safety: .safe)] } ?? []
  }

  private mutating func askRedundant(
    _ part: ConditionTrace, _ parts: [ConditionTrace], _ known: inout [NodePair: Bool],
    into found: inout CheckFindings
  ) {
    if case .constant = graph[part.node] { return }
    for other in parts where other.node != part.node {
      if case .constant = graph[other.node] { continue }
      guard adds(nothing: part.node, beside: other.node, &known) else { continue }
      // Of two that say the same, the later one is called redundant.
      if part.condition.span < other.condition.span, adds(nothing: other.node, beside: part.node, &known) { continue }
      found.reportIfEverywhere(
        part.condition.span, "this condition adds nothing beside another one", at: part.condition.span,
        related: [RelatedPlace(other.condition.span, "whoever meets this meets it too")],
        notes: ["proved: without it no patient's result changes"], help: ["take it away"],
        fixes: removal(of: part))
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
