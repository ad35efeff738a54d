internal import GuidelineKit
internal import GuidelineModel
internal import SourceText

extension Check {
  static let testUsesImpossiblePatient = Check(
    DiagnosticCode("GL1005", "test-uses-impossible-patient", .warning),
    CheckPage(
      summary: "The facts of a test case contradict each other, or cannot be used, and the case does not say so.",
      why: "The engine leaves such facts aside, so the case tests another patient than the one who is written.",
      example: """
        # file: rules.yaml
        rules:
          old-age:
            when: [patient.age >= 65 a]
            then: [{warn: interaction}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          very-old:
            given: {patient.age: 900 a}
            never: [{warn: low_white_cells}]
        """,
      mended: """
        # file: rules.yaml
        rules:
          old-age:
            when: [patient.age >= 65 a]
            then: [{warn: interaction}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          very-old:
            given: {patient.age: 90 a}
            never: [{warn: low_white_cells}]
        """,
      notes: """
        Found are values outside the declared range, days after the day of the case, facts that are given twice, and \
        facts whose given value differs from the derived one. A case that is about such facts lists them under \
        `conflicts`.
        """)
  ) { evidence, found in
    for item in evidence.reach.cases {
      let expected = item.test.conflicts.compactMap { conflict -> Set<String>? in
        if case .facts(let facts, _) = conflict {
          Set(facts.map { evidence.context.vocabulary[$0].name })
        } else {
          nil
        }
      }
      for contradiction in item.contradictions where !expected.contains(Set(contradiction.facts)) {
        let facts = contradiction.facts.map { "`\($0)`" }.joined(separator: " and ")
        found.report(
          "the patient of `\(item.test.name)` is impossible: \(facts) \(contradiction.words)",
          at: evidence.name(of: item.test),
          help: [
            "give facts that can be true of one patient; or list \(facts) under `conflicts`, if that is what is tested"
          ])
      }
    }
  }
}

extension TestReach.Contradiction {
  /// What is wrong with the facts, after their names.
  fileprivate var words: String {
    let (verb, them) = facts.count == 1 ? ("is", "it") : ("are", "them")
    return switch reason {
    case "contradictory": "\(verb) given twice with different values"
    case "out_of_range": "\(verb) outside the range that is declared"
    case "in_future": "\(verb) dated after the day of the case"
    case "derived_differs": "\(facts.count == 1 ? "differs" : "differ") from what the guidelines derive"
    case "disagree": "should agree and do not"
    case "derived_given": "\(verb) given, but rules derive \(them)"
    default: "cannot be used (\(reason))"
    }
  }
}
