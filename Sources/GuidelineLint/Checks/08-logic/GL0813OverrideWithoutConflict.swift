internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let overrideWithoutConflict = Check(
    DiagnosticCode("GL0813", "override-without-conflict", .warning), isFixable: true,
    CheckPage(
      summary: "What a rule overrides is never concluded for a patient of that rule.",
      why: "The override looks as if it settled a conflict. Either there is none, or it names the wrong conclusion.",
      example: """
        rules:
          in-the-young:
            when: [patient.age < 18 a]
            then:
              - {recommend: azathioprine, line: first_line}
          in-the-old:
            when: [patient.age >= 65 a]
            then:
              - {recommend: mycophenolate, line: first_line}
            overrides:
              - rule: in-the-young
                because: the age speaks against it
        """,
      mended: """
        rules:
          in-adults:
            when: [patient.age >= 18 a]
            then:
              - {recommend: azathioprine, line: first_line}
          in-the-old:
            when: [patient.age >= 65 a]
            then:
              - {recommend: mycophenolate, line: first_line}
            overrides:
              - rule: in-adults
                because: the age speaks against it
        """,
      notes: """
        An override of a rule of a document that is not in force together with it has no effect there, and is judged in \
        the companies in which both are. A list of patterns is one override: one that is used is enough. Taking it away is safe when it is proved that nobody \
        meets one of the two rules while the other one may hold.
        """)
  ) { company, found in
    guard company.isWhole else { return }
    for (rule, nodes) in company.rules {
      for (index, override) in rule.overrides.enumerated() {
        let overridden = company.overridden(by: override, index, nodes)
        guard !company.meets(nodes, overridden) else {
          found.acquit(override.span)
          continue
        }
        // Guidelines that are loaded together may conclude it: only a library in which nobody does is at fault.
        guard !company.isSpokenOf(override) else { continue }
        if !company.areApart(nodes, overridden) { found.doubt(override.span) }
        found.reportIfEverywhere(
          override.span, "`\(rule.name)` overrides what none of its patients is ever told", at: override.span,
          notes: ["seen with the guidelines \(company.company.name)"],
          help: ["name what it is to override, or take the override away"],
          fixes: company.removal(of: override, rule).map {
            [Fix(title: "take the override away", edits: [$0], safety: .safe)]
          } ?? [])
      }
    }
  }
}

extension CompanyAnalysis {
  /// The rules that an override takes something back from.
  fileprivate func overridden(by override: Override, _ index: Int, _ nodes: [RuleNodeID]) -> [RuleNodeID] {
    switch override.target {
    case .rules(let targets): return targets.flatMap { program.sourceMap.nodesOfRule[$0.index] }
    case .conclusions:
      let patterns = nodes.map { node in
        Set(program.sourceMap.rules[node.index].overridePatterns.filter { $0.value == index }.keys)
      }
      var overridden: [RuleNodeID] = []
      for place in graph.places.indices {
        let overriders = graph.overridersOfPlace[place]
        let isMeant = overriders.contains { overrider in
          zip(nodes, patterns).contains { $0 == overrider.rule && $1.contains(overrider.pattern) }
        }
        if isMeant { overridden.append(graph.places[place].rule) }
      }
      return overridden
    }
  }

  /// Proved: of each two, the first takes nothing back from anybody, nor makes it less sure.
  fileprivate mutating func areApart(_ nodes: [RuleNodeID], _ others: [RuleNodeID]) -> Bool {
    for node in nodes {
      for other in others where !takesNothing(conditions(of: node), from: conditions(of: other)) {
        return false
      }
    }
    return true
  }

  /// The last one goes with the key.
  fileprivate func removal(of override: Override, _ rule: Rule) -> TextEdit? {
    guard let removal = Removal(override.span.file, context) else { return nil }
    return rule.overrides.count > 1
      ? removal.item(at: override.span, ofListUnder: ["overrides"])
      : removal.entry("overrides", around: override.span)
  }

  /// Whether some other choice of guidelines concludes what the override names, though this one does not.
  fileprivate func isSpokenOf(_ override: Override) -> Bool {
    guard case .conclusions(let patterns) = override.target else { return false }
    return patterns.contains { pattern in
      !concludes(pattern, graph)
        && context.companies.contains { other in
          other.name != company.name && other.program.map { concludes(pattern, $0.graph) } ?? false
        }
    }
  }

  /// Whether a rule concludes something of which the pattern may speak, as far as kind and subject tell.
  private func concludes(_ pattern: Pattern, _ graph: RuleGraph) -> Bool {
    guard graph.placesOfKind.indices.contains(pattern.kind.index) else { return false }
    let subject = pattern.fields.first { $0.field == 0 }
    return graph.placesOfKind[pattern.kind.index].contains { names(subject, graph, $0) }
  }

  /// Whether the subject of a conclusion may be one that the pattern names.
  private func names(_ subject: PatternField?, _ graph: RuleGraph, _ place: PlaceID) -> Bool {
    guard let values = subject?.values,
      let own = graph[place].fields.first(where: { $0.column == 0 })?.value, case .constant(let id) = graph[own],
      case .terms(let terms) = graph.estimates[id.index].values
    else { return true }
    return values.contains { value in
      guard case .constant(.term(let term)) = value.form else { return true }
      return terms.contains(term)
    }
  }

  /// Whether a node of each list can hold for one patient.
  fileprivate mutating func meets(_ nodes: [RuleNodeID], _ others: [RuleNodeID]) -> Bool {
    var asked: Set<[Int]> = []
    for node in nodes {
      for other in others where asked.insert([node.index, other.index]).inserted {
        if !analysis.isImpossible(.all([.body(node, .presuming), .body(other, .presuming)])) { return true }
      }
    }
    return false
  }
}
