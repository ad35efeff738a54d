internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let subsumedRule = Check(
    DiagnosticCode("GL0804", "subsumed-rule", .warning), isFixable: true,
    CheckPage(
      summary: "Every patient of a rule already gets the same from another rule of the same guideline.",
      why: "The rule adds nothing. Whoever changes one of the two later believes to have changed the advice.",
      example: """
        rules:
          lung-disease:
            when: [ild.present]
            then:
              - {warn: interaction}
          severe-lung-disease:
            when: [ild.present, ild.severity is severe]
            then:
              - {warn: interaction}
        """,
      mended: """
        rules:
          mild-lung-disease:
            when: [ild.present, ild.severity is mild]
            then:
              - {warn: interaction}
          severe-lung-disease:
            when: [ild.present, ild.severity is severe]
            then:
              - {warn: interaction}
        """,
      notes: """
        Rules of different guidelines may say the same: each has its own source. Rules with the same patients and the \
        same conclusions are reported as identical. Taking a rule away is offered and never done as safe: its sources \
        and its reason go with it.
        """)
  ) { company, found in company.compareRules(into: &found, identical: false) }

  static let identicalRules = Check(
    DiagnosticCode("GL0803", "identical-rules", .warning), isFixable: true,
    CheckPage(
      summary: "Two rules of one guideline hold for exactly the same patients and conclude the same.",
      why: "One of them will be changed one day and the other will not.",
      example: """
        rules:
          lung-disease:
            when: [ild.present, patient.age >= 18 a]
            then:
              - {warn: interaction}
          adults-with-lung-disease:
            when: [patient.age >= 18 a, ild.present]
            then:
              - {warn: interaction}
        """,
      mended: """
        rules:
          adults-with-lung-disease:
            when: [patient.age >= 18 a, ild.present]
            then:
              - {warn: interaction}
        """)
  ) { company, found in company.compareRules(into: &found, identical: true) }
}

extension CompanyAnalysis {
  /// Rules of one document that conclude the same, two by two.
  fileprivate mutating func compareRules(into found: inout CheckFindings, identical: Bool) {
    guard isWhole else { return }
    for group in rulesThatSayTheSame() {
      for second in group {
        for first in group where first.nameSpan < second.nameSpan {
          guard let firstNode = node(of: first), let secondNode = node(of: second) else { continue }
          let forward = covers(firstNode, secondNode)
          let backward = covers(secondNode, firstNode)
          if identical, forward, backward {
            report(second, sameAs: first, into: &found)
          } else if !identical, forward != backward {
            report(forward ? second : first, coveredBy: forward ? first : second, into: &found)
          } else {
            found.acquit(second.nameSpan)
          }
        }
      }
    }
  }

  /// Plain rules that conclude the same constants and override nothing, by document.
  private func rulesThatSayTheSame() -> [[Rule]] {
    var groups: [Said: [Rule]] = [:]
    var order: [Said] = []
    for (rule, nodes) in rules {
      guard nodes.count == 1, rule.overrides.isEmpty, graph[nodes[0]].relations.isEmpty,
        graph[nodes[0]].derivations.isEmpty, !graph[nodes[0]].places.isEmpty
      else { continue }
      let places = graph[nodes[0]].places
      let said = Said(
        document: rule.document,
        conclusions: Set(
          places.map { place in
            Said.Item(
              kind: graph[place].kind, fields: graph[place].fields.map { [Int($0.column), $0.value.index] },
              strength: program.sourceMap.places[place.index].strength,
              certainty: program.sourceMap.places[place.index].certainty)
          }))
      if groups[said] == nil { order.append(said) }
      groups[said, default: []].append(rule)
    }
    return order.compactMap { groups[$0] }.filter { $0.count > 1 }
  }

  private struct Said: Hashable {
    var document: DocumentID
    var conclusions: Set<Item>

    struct Item: Hashable {
      var kind: UInt32
      var fields: [[Int]]
      var strength: String?
      var certainty: String?
    }
  }

  private func node(of rule: Rule) -> RuleNodeID? {
    library.rules.firstIndex { $0.nameSpan == rule.nameSpan }.flatMap { program.sourceMap.nodesOfRule[$0].first }
  }

  /// Whether whatever the second concludes, certain or provisional, the first concludes as surely.
  private mutating func covers(_ first: RuleNodeID, _ second: RuleNodeID) -> Bool {
    guard canHold(second) else { return false }
    return [Reading.cautious, .presuming].allSatisfy { reading in
      analysis.isImpossible(.all([.applies(second, reading), .not(.applies(first, reading))]))
    }
  }

  private func report(_ rule: Rule, sameAs other: Rule, into found: inout CheckFindings) {
    found.reportIfEverywhere(
      rule.nameSpan, "`\(rule.name)` and `\(other.name)` hold for the same patients and conclude the same",
      at: rule.nameSpan,
      related: [RelatedPlace(other.nameSpan, "the other one")],
      help: ["keep one of them, with the sources of both"], fixes: removal(of: rule))
  }

  /// What the rule cites goes with it, and so nobody takes it away unasked; a rule that is named elsewhere stays.
  private func removal(of rule: Rule) -> [Fix] {
    let isNamed = library.rules.contains { other in
      other.overrides.contains { override in
        guard case .rules(let targets) = override.target else { return false }
        return targets.contains { library[$0].nameSpan == rule.nameSpan }
      }
    }
    guard !isNamed, let edit = Removal(rule.nameSpan.file, context)?.entry(at: rule.nameSpan) else { return [] }
    return [Fix(title: "take `\(rule.name)` away", edits: [edit], safety: .edit)]
  }

  private func report(_ rule: Rule, coveredBy other: Rule, into found: inout CheckFindings) {
    found.reportIfEverywhere(
      rule.nameSpan, "every patient of `\(rule.name)` already gets the same from `\(other.name)`", at: rule.nameSpan,
      related: [RelatedPlace(other.nameSpan, "this covers all of them")],
      help: ["take `\(rule.name)` away, or let it conclude what the other does not"],
      fixes: removal(of: rule))
  }
}
