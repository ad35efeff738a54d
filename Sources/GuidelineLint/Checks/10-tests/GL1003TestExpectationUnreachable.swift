internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineKit
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let testExpectationUnreachable = Check(
    DiagnosticCode("GL1003", "test-expectation-unreachable"),
    CheckPage(
      summary: "A test case expects something that no rule of the guidelines it loads can conclude for anybody.",
      why: "The case fails whatever the patient is like: the rule is missing, or the expectation is misspelt.",
      example: """
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          lung-disease:
            given: {ild.present: yes}
            expect: [{recommend: azathioprine, line: second_line}]
        """,
      mended: """
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          lung-disease:
            given: {ild.present: yes}
            expect: [{recommend: azathioprine, line: first_line}]
        """,
      notes: """
        Compared are the kind, the fields and the rule or guideline that is named. What is expected only of certain \
        patients is left to `guideline test`; what must never be concluded may well be impossible.
        """)
  ) { evidence, found in
    for item in evidence.reach.cases {
      guard let program = evidence.reach.programs[item.selected] else { continue }
      for expected in item.test.expect where !program.canConclude(expected) {
        let kind = program.library.vocabulary[expected.pattern.kind].name
        let isOfKind = !program.graph.placesOfKind[expected.pattern.kind.index].isEmpty
        found.report(
          isOfKind
            ? "no rule that `\(item.test.name)` loads can conclude this `\(kind)`"
            : "no rule that `\(item.test.name)` loads concludes any `\(kind)`", at: expected.span,
          help: ["write what a rule can conclude, load the guideline that says so with `use`, or add the rule"])
      }
    }
  }
}

extension Program {
  /// Whether the constants of some conclusion leave room for what is expected.
  fileprivate func canConclude(_ expected: TestPattern) -> Bool {
    graph.placesOfKind[expected.pattern.kind.index].contains { place in
      let rule = library[sourceMap.places[place.index].rule]
      if let names = expected.rule, !names.contains(rule.name) { return false }
      if let names = expected.guideline, !names.contains(library[rule.document].id) { return false }
      return expected.pattern.fields.allSatisfy { canBe($0, place) }
    }
  }

  private func canBe(_ wanted: PatternField, _ place: PlaceID) -> Bool {
    guard let field = graph[place].fields.first(where: { Int($0.column) == wanted.field }) else { return false }
    guard case .constant(let id) = graph[field.value], let values = wanted.values else { return true }
    return values.contains { value in
      guard case .constant(let constant) = value.form else { return true }
      switch (constant, graph.estimates[id.index].values) {
      case (.term(let term), .terms(let terms)): return terms.single == term
      case (.number(let number), .interval(let interval)): return interval.single == number
      case (.text(let text), .text(let id)):
        return sourceMap.texts.indices.contains(Int(id.index)) ? sourceMap.texts[Int(id.index)] == text : true
      default: return true
      }
    }
  }
}
