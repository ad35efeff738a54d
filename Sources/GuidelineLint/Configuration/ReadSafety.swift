internal import ClinicalValues
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

/// What a configuration says of conclusions, drugs and tests.
extension ConfigurationReader {
  mutating func readRoles(_ node: NodeID) {
    for (name, value) in keys(node, known: Role.allCases.map(\.rawValue)) {
      guard let role = Role(rawValue: name) else { continue }
      configuration.safety.kinds[role] = located(value)
    }
  }

  mutating func readSafety(_ node: NodeID) {
    guard tree[node].isMapping else { return report("`safety` is a mapping of drugs", node) }
    for entry in tree.entries(node) {
      var demands = AgentDemands(agent: LocatedText(tree.text(entry.key), tree.span(entry.key)))
      let entries = keys(
        entry.value, known: ["prerequisite", "interactions", "max-dose", "adjust-for", "pregnancy", "harm"])
      for item in items(entries["prerequisite"]) {
        if let prerequisite = prerequisite(item) { demands.prerequisites.append(prerequisite) }
      }
      demands.interactions = entries["interactions"].map { located($0) } ?? []
      demands.highestDose = entries["max-dose"].flatMap { dose($0) }
      for item in items(entries["adjust-for"]) {
        if let marker = marker(item) { demands.adjustments.append(marker) }
      }
      demands.pregnancy = entries["pregnancy"].flatMap { marker($0) }
      demands.harms = entries["harm"].map { located($0) } ?? []
      configuration.safety.demands.append(demands)
    }
  }

  mutating func readResults(_ node: NodeID) {
    guard tree[node].isMapping else { return report("`results` is a mapping of tests", node) }
    for entry in tree.entries(node) {
      let test = LocatedText(tree.text(entry.key), tree.span(entry.key))
      configuration.safety.results.append(TestResults(test: test, facts: located(entry.value)))
    }
  }

  private func items(_ node: NodeID?) -> [NodeID] { node.map { tree[$0].isSequence ? tree.items($0) : [$0] } ?? [] }

  private mutating func prerequisite(_ node: NodeID) -> Prerequisite? {
    let entries = keys(node, known: ["test", "fact"])
    guard let test = entries["test"], let fact = entries["fact"] else {
      if tree[node].isMapping {
        report("a prerequisite is a `test` and the `fact` that its result is recorded in", node)
      }
      return nil
    }
    return Prerequisite(
      test: LocatedText(tree.text(test), tree.span(test)), fact: LocatedText(tree.text(fact), tree.span(fact)))
  }

  /// `{fact: patient.pregnancy, is: [planning, pregnant]}`.
  private mutating func marker(_ node: NodeID) -> FactMarker? {
    let entries = keys(node, known: ["fact", "is"])
    guard let fact = entries["fact"], let terms = entries["is"] else {
      if tree[node].isMapping { report("this is a `fact` and the values that it `is`", node) }
      return nil
    }
    return FactMarker(fact: LocatedText(tree.text(fact), tree.span(fact)), terms: located(terms))
  }

  private mutating func dose(_ node: NodeID) -> (dose: Quantity, text: LocatedText)? {
    guard let text = text(node) else { return nil }
    do throws(QuantityError) {
      return (try Quantity.parse(text), LocatedText(text, tree.span(node)))
    } catch {
      report("`\(text)` is no dose", node, help: "write a number and a UCUM unit, such as `2.5 mg/kg/d`")
      return nil
    }
  }
}
