internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let deadRule = Check(
    DiagnosticCode("GL0805", "dead-rule"),
    CheckPage(
      summary: "Whatever a rule concludes is taken back for every patient whom it concerns.",
      why: "The rule looks as if it advised something. Nobody ever gets that advice, and nobody is told why.",
      example: """
        rules:
          maintenance:
            when: [ild.present]
            then:
              - {recommend: azathioprine, line: first_line}
          lung-disease:
            when: [ild.present]
            then:
              - {recommend: mycophenolate, line: first_line}
            overrides:
              - rule: maintenance
                because: another agent goes first
        """,
      mended: """
        rules:
          maintenance:
            when: [ild.present]
            then:
              - {recommend: azathioprine, line: first_line}
          rapid-progression:
            when: [ild.rapidly_progressive]
            then:
              - {recommend: mycophenolate, line: first_line}
            overrides:
              - rule: maintenance
                because: another agent goes first
        """,
      notes: """
        All exceptions and all rules that override it are taken together: each of them may leave some patients, and \
        all of them none. A rule whose conditions nobody meets is reported as never-true.
        """)
  ) { company, found in
    for (rule, nodes) in company.rules where !rule.conclusions.isEmpty {
      if let others = company.isDead(rule, nodes) {
        company.report(rule, dead: others, into: &found)
      } else {
        found.acquit(rule.nameSpan)
      }
    }
  }
}

extension CompanyAnalysis {
  /// Whether some node can hold and no conclusion of any node ever stands; the rules that stand in the way.
  fileprivate mutating func isDead(_ rule: Rule, _ nodes: [RuleNodeID]) -> [Rule]? {
    let places = nodes.flatMap { graph[$0].places }
    guard !places.isEmpty, nodes.allSatisfy({ graph[$0].derivations.isEmpty }) else { return nil }
    guard nodes.contains(where: { hasException($0) }) else { return nil }
    for place in places where !analysis.isImpossible(.stands(place, .presuming)) { return nil }
    guard nodes.contains(where: { canConclude($0) }) else { return nil }
    return overriders(of: nodes)
  }

  /// Whether scope and conditions can hold with every field computed: what then does not stand is taken back.
  private mutating func canConclude(_ node: RuleNodeID) -> Bool { canHold(node) }

  private func hasException(_ node: RuleNodeID) -> Bool {
    graph[node].unless != nil || !graph.overridersOfRule[node.index].isEmpty
      || graph[node].places.contains { !graph.overridersOfPlace[$0.index].isEmpty }
  }

  private func overriders(of nodes: [RuleNodeID]) -> [Rule] {
    var found: [RuleNodeID] = []
    for node in nodes {
      found += graph.overridersOfRule[node.index]
      for place in graph[node].places { found += graph.overridersOfPlace[place.index].map(\.rule) }
    }
    var spans: Set<Span> = []
    return found.map { rule(of: $0) }.filter { spans.insert($0.nameSpan).inserted }
  }

  fileprivate func report(_ rule: Rule, dead others: [Rule], into found: inout CheckFindings) {
    let shown = others.prefix(3)
    found.reportIfEverywhere(
      rule.nameSpan, "`\(rule.name)` never advises anything: for each of its patients an exception takes it back",
      at: rule.nameSpan,
      related: shown.map { RelatedPlace($0.nameSpan, "`\($0.name)` overrides it") },
      notes: ["seen with the guidelines \(company.name)"],
      help: ["narrow the exceptions, or take the rule away"])
  }
}
