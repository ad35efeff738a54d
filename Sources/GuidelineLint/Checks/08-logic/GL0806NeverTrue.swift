internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let neverTrue = Check(
    DiagnosticCode("GL0806", "never-true"),
    CheckPage(
      summary: "No patient can meet the conditions of a rule, a row or a definition.",
      why: "What the rule says is never said. Two of its conditions exclude each other, or one cannot hold at all.",
      example: """
        rules:
          children-of-pension-age:
            when: [patient.age < 18 a, patient.age >= 65 a]
            then:
              - {warn: interaction}
        """,
      mended: """
        rules:
          the-young-and-the-old:
            when:
              any: [patient.age < 18 a, patient.age >= 65 a]
            then:
              - {warn: interaction}
        """,
      notes: """
        The conditions that exclude each other are marked, as few as still do. Scopes, definitions and what other rules \
        conclude are taken into account.
        """)
  ) { company, found in
    for (rule, nodes) in company.rules where !nodes.isEmpty {
      var possible = false
      for node in nodes where company.canHold(node) {
        possible = true
        break
      }
      if possible {
        found.acquit(rule.nameSpan)
      } else {
        company.reportNever(rule, nodes[0], into: &found)
      }
    }
    for (index, definition) in company.library.definitions.enumerated() {
      guard case .means = definition.form, company.isWhole,
        let trace = company.program.sourceMap.definitions[index].conditions.first
      else { continue }
      guard company.analysis.isImpossible(.holds(trace.node, .presuming)) else {
        found.acquit(definition.span)
        continue
      }
      found.reportIfEverywhere(
        definition.span, "`\(definition.name)` is never true: no patient can meet what it means", at: definition.span,
        related: company.excluding(company.parts(of: trace)).prefix(3).map {
          RelatedPlace($0.condition.span, "this excludes the others")
        }, help: ["correct the conditions, or take the definition away"])
    }
  }
}

extension CompanyAnalysis {
  fileprivate mutating func reportNever(_ rule: Rule, _ node: RuleNodeID, into found: inout CheckFindings) {
    let trace = program.sourceMap.rules[node.index]
    let parts = ([trace.when] + trace.filters).flatMap { self.parts(of: $0) }
    var core = excluding(parts)
    if core.isEmpty { core = excludingInRow(parts) }
    let labels = core.count == 1 ? "no patient meets this" : "these exclude each other"
    found.reportIfEverywhere(
      rule.nameSpan, "no patient can meet the conditions of `\(rule.name)`",
      at: core.first?.condition.span ?? rule.nameSpan,
      label: core.isEmpty ? nil : labels,
      related: core.dropFirst().prefix(3).map { RelatedPlace($0.condition.span, "and this") },
      notes: ["seen with the guidelines \(company.name)"],
      help: core.compactMap { helpWithClasses(in: $0.node) } + [
        core.isEmpty
          ? "look at its conditions together with its scope and with what they rest on: they rule everybody out"
          : "correct one of the conditions, or take the rule away"
      ])
  }

  /// Two comparisons of one value of a row that leave no number between them; empty: there are none.
  fileprivate func excludingInRow(_ parts: [ConditionTrace]) -> [ConditionTrace] {
    for (index, second) in parts.enumerated() {
      guard case .compare(let value, let comparator, let limit) = graph[second.node] else { continue }
      for first in parts.prefix(index) {
        guard case .compare(value, let other, let otherLimit) = graph[first.node],
          case .constant(let low) = graph[otherLimit], case .constant(let high) = graph[limit]
        else { continue }
        let limits = (graph.estimates[low.index], graph.estimates[high.index])
        let meets =
          other.takesLimit && comparator.takesLimit && limits.0.compared(.equal, to: limits.1) == .yes
        let isCrossed =
          other.isAbove && comparator.isBelow && limits.0.compared(.less, to: limits.1) == .no
          || other.isBelow && comparator.isAbove && limits.1.compared(.less, to: limits.0) == .no
        let isApart = isCrossed && !meets
        if isApart { return [first, second] }
      }
    }
    return []
  }

  /// The conditions that have to hold together.
  func parts(of trace: ConditionTrace) -> [ConditionTrace] {
    if case .group(.all, _) = trace.condition.form { return trace.children.flatMap { parts(of: $0) } }
    return [trace]
  }

  /// As few of the conditions as still cannot hold together; empty: they can.
  mutating func excluding(_ parts: [ConditionTrace]) -> [ConditionTrace] {
    var core = parts.filter { graph.isClosed($0.node) }
    func excludes(_ traces: [ConditionTrace], _ analysis: inout Analysis) -> Bool {
      analysis.isImpossible(.all(traces.map { .holds($0.node, .presuming) }))
    }
    guard excludes(core, &analysis) else { return [] }
    for part in core {
      let fewer = core.filter { $0.node != part.node }
      if !fewer.isEmpty, excludes(fewer, &analysis) { core = fewer }
    }
    return core
  }
}

extension Comparator {
  fileprivate var isAbove: Bool { self == .greater || self == .greaterOrEqual }
  fileprivate var isBelow: Bool { self == .less || self == .lessOrEqual }
  fileprivate var takesLimit: Bool { self == .lessOrEqual || self == .greaterOrEqual }
}
