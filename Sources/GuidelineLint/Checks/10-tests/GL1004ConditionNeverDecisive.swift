internal import GuidelineCompiler
internal import GuidelineKit
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let conditionNeverDecisive = Check(
    DiagnosticCode("GL1004", "condition-never-decisive", .info),
    CheckPage(
      summary:
        "No test case turns on a condition of a rule that stops a drug or advises against it, or on an exception.",
      why: "The condition could be lost, and the drug withheld from far too many, and every test would still pass.",
      example: """
        # file: rules.yaml
        rules:
          start:
            when: [ild.present, patient.age < 18 a]
            then: [{against: azathioprine, line: first_line}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          child: {given: {ild.present: yes, patient.age: 5 a}, expect: [{against: azathioprine}]}
          healthy: {given: {ild.present: no, patient.age: 40 a}, never: [{against: azathioprine}]}
        """,
      mended: """
        # file: rules.yaml
        rules:
          start:
            when: [ild.present, patient.age < 18 a]
            then: [{against: azathioprine, line: first_line}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          child: {given: {ild.present: yes, patient.age: 5 a}, expect: [{against: azathioprine}]}
          healthy-child: {given: {ild.present: no, patient.age: 5 a}, never: [{against: azathioprine}]}
          grown-up: {given: {ild.present: yes, patient.age: 40 a}, never: [{against: azathioprine}]}
        """,
      notes: """
        Looked at are the conditions that stand side by side in rules that withhold a drug, and every `unless`, of \
        rules that some case meets; not those of rules over the rows of a record. In the case that counts every other \
        condition is true and this one is false; of `unless`, every condition is true and so is the exception.
        """)
  ) { evidence, found in
    let agents = Agents(evidence.context.vocabulary, evidence.context.configuration.safety)
    for written in evidence.rules where written.wasTrue {
      guard let program = evidence.context.companies[written.company].program, let node = written.nodes.first,
        let parts = program.decidedParts(of: node)
      else { continue }
      let decisive = evidence.reach.reached.decisive
      if parts.count > 1, evidence.withholds(written, agents) {
        for part in parts where !decisive.contains(part.condition.span) {
          found.report(
            "no test case turns on this condition of `\(written.rule.name)`", at: part.condition.span,
            help: ["add a patient who meets every other condition of the rule and not this one"])
        }
      }
      if let unless = program.sourceMap.rules[node.index].unless, !decisive.contains(unless.condition.span) {
        found.report(
          "no test case turns on the exception of `\(written.rule.name)`", at: unless.condition.span,
          help: ["add a patient who meets every condition of the rule and its `unless`"])
      }
    }
  }
}
