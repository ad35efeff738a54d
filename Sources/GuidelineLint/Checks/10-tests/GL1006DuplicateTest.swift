internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineKit
internal import GuidelineModel
internal import SourceText

extension Check {
  static let duplicateTest = Check(
    DiagnosticCode("GL1006", "duplicate-test", .info),
    CheckPage(
      summary: "Two test cases of one suite are the same patient, on the same day and with the same guidelines.",
      why: "Two cases look like two patients who were thought of. When one is corrected, the other is forgotten.",
      example: """
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          lung-disease: {given: {ild.present: yes}, expect: [{recommend: azathioprine}]}
          lung: {given: {ild.present: yes}, never: [{recommend: mycophenolate}]}
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
            expect: [{recommend: azathioprine}]
            never: [{recommend: mycophenolate}]
        """,
      notes: """
        What a case takes over with `from` counts; the order of facts does not. Other suites may begin with the same \
        patient, for a case takes over from its own suite only.
        """)
  ) { evidence, found in
    struct Patient: Hashable {
      var facts: [String]
      var day: Day
      var selected: [Int]
      var suite: String
    }
    let words = FactText(evidence.context.vocabulary)
    var seen: [Patient: TestReach.Case] = [:]
    for item in evidence.reach.cases {
      let patient = Patient(
        facts: words.lines(item.test.facts), day: item.test.today, selected: item.selected,
        suite: item.suite)
      guard let first = seen[patient] else {
        seen[patient] = item
        continue
      }
      found.report(
        "`\(item.test.name)` is the same patient as `\(first.test.name)`", at: evidence.name(of: item.test),
        related: [RelatedPlace(evidence.name(of: first.test), "the same patient, on the same day")],
        help: [
          "change the fact in which this patient was to differ from the other, or put both expectations into one case"
        ])
    }
  }
}
