internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let negativeTestMissing = Check(
    DiagnosticCode("GL1007", "negative-test-missing", .warning),
    CheckPage(
      summary: "A rule that advises against a drug or stops it holds for some test case, and no case shows that it "
        + "does not hold for others.",
      why: "A contraindication that counts for everybody passes every test, and withholds the drug from all.",
      example: """
        # file: rules.yaml
        rules:
          deficient:
            when: [tpmt.phenotype is poor_metabolizer]
            then: [{against: azathioprine}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          poor:
            given: {tpmt.phenotype: poor_metabolizer}
            expect: [{against: azathioprine}]
        """,
      mended: """
        # file: rules.yaml
        rules:
          deficient:
            when: [tpmt.phenotype is poor_metabolizer]
            then: [{against: azathioprine}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          poor:
            given: {tpmt.phenotype: poor_metabolizer}
            expect: [{against: azathioprine}]
          normal:
            given: {tpmt.phenotype: normal_metabolizer}
            never: [{against: azathioprine}]
        """,
      notes: """
        A case counts when its patient is within the scope of the guideline and the conditions surely do not hold; \
        unknown facts show nothing. Which kinds of conclusions count stands under `roles` of the configuration. A rule \
        that no case meets at all is rule-without-test.
        """)
  ) { evidence, found in
    let agents = Agents(evidence.context.vocabulary, evidence.context.configuration.safety)
    for written in evidence.rules where written.wasTrue && !written.wasFalse {
      guard evidence.withholds(written, agents) else { continue }
      found.report(
        "no test case shows a patient to whom `\(written.rule.name)` does not apply", at: written.rule.nameSpan,
        help: ["add a patient who comes close and must not be denied the drug, with `never`"])
    }
  }
}

extension TestEvidence {
  /// Whether a rule advises against an agent, or stops one.
  func withholds(_ written: WrittenRule, _ agents: Agents) -> Bool {
    guard let program = context.companies[written.company].program else { return false }
    return written.nodes.flatMap { program.graph[$0].places }.contains { place in
      let kind = KindID(Int(program.graph[place].kind))
      return [Role.against, .stop].contains { role in
        guard agents.kinds[role]?.contains(kind) == true, let column = agents.column(of: kind, as: role) else {
          return false
        }
        guard let field = program.graph[place].fields.first(where: { Int($0.column) == column }) else { return false }
        guard case .constant(let id) = program.graph[field.value],
          case .terms(let terms) = program.graph.estimates[id.index].values, let term = terms.single
        else { return true }
        return agents.agent(term, of: agents.vocabulary[kind].fields[column].type) != nil
      }
    }
  }
}
