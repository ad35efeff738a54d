internal import GuidelineModel
internal import SourceText

extension Check {
  static let ruleWithoutTest = Check(
    DiagnosticCode("GL1001", "rule-without-test", .warning),
    CheckPage(
      summary: "No test case meets the conditions of a rule, or no case loads the guideline at all.",
      why: "Nobody has ever seen this advice given. A misplaced condition shows in a patient first.",
      example: """
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          rapid-progression:
            when: [ild.rapidly_progressive]
            then: [{warn: interaction}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          lung-disease:
            given: {ild.present: yes}
            expect: [{recommend: azathioprine}]
        """,
      mended: """
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          rapid-progression:
            when: [ild.rapidly_progressive]
            then: [{warn: interaction}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          lung-disease:
            given: {ild.present: yes}
            expect: [{recommend: azathioprine}]
          rapid-progression:
            given: {ild.rapidly_progressive: yes}
            expect: [{warn: interaction}]
        """,
      notes: """
        A guideline of which no case reaches any rule is reported once. A rule over the rows of a table is reached when \
        one row is; `guideline test --coverage` names the others. Provisional advice counts. The patient shown is ready \
        to be taken over as a test, and what is expected of it has to be judged by a person.
        """)
  ) { evidence, found in
    for (document, rules) in evidence.guidelines {
      guard rules.contains(where: \.wasTrue) else {
        evidence.report(document, rules.count, into: &found)
        continue
      }
      // A table of which no row is reached is one finding.
      let reached = Set(rules.filter(\.wasTrue).map(\.family))
      var reported: Set<String> = []
      for rule in rules where !rule.wasTrue {
        if reached.contains(rule.family) {
          evidence.report(rule, rule.rule.name, into: &found)
        } else if reported.insert(rule.family).inserted {
          evidence.report(rule, rule.family, into: &found)
        }
      }
    }
  }
}

extension TestEvidence {
  fileprivate func report(_ document: Document, _ rules: Int, into found: inout CheckFindings) {
    let edition = document.edition.map { "@\($0)" } ?? ""
    let counted = rules == 1 ? "the only rule" : "any of the \(rules) rules"
    found.report(
      isLoaded(document)
        ? "no test case meets the conditions of \(counted) of `\(document.id)`"
        : "no test case loads the guideline `\(document.id)\(edition)`", at: document.span,
      help: [
        "write a `tests:` document with `use: [\(document.id)\(edition)]`: patients, and what must and must not be concluded"
      ])
  }

  fileprivate mutating func report(_ rule: WrittenRule, _ name: String, into found: inout CheckFindings) {
    found.report(
      "no test case meets the conditions of `\(name)`", at: rule.rule.nameSpan,
      help: ["add a patient whose advice comes from it, and one just beside who does not get it"],
      example: patient(for: rule))
  }
}
