internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let invariantViolated = Check(
    DiagnosticCode("GL0825", "invariant-violated"), isSafety: true,
    CheckPage(
      summary: "There is a patient for whom something is concluded that an invariant forbids.",
      why: "An invariant states what must never happen. The patient shown is one to whom it happens with these rules.",
      example: """
        rules:
          start:
            when: [ild.present]
            then:
              - {recommend: azathioprine, line: first_line}
        invariants:
          no-azathioprine-in-rapid-progression:
            never:
              - ild.rapidly_progressive
              - recommend azathioprine is concluded
        """,
      mended: """
        rules:
          start:
            when: [ild.present]
            unless: [ild.rapidly_progressive is not known to be no]
            then:
              - {recommend: azathioprine, line: first_line}
        invariants:
          no-azathioprine-in-rapid-progression:
            never:
              - ild.rapidly_progressive
              - recommend azathioprine is concluded
        """,
      notes: """
        All guidelines in force together are asked, and each guideline alone. What is not violated is proved for every \
        patient. A conclusion counts when it is certain or provisional.
        """)
  ) { company, found in
    for (index, invariant) in company.library.invariants.enumerated() {
      let node = company.program.sourceMap.invariants[index].node
      switch company.analysis.patient(.holds(node, .presuming), preferring: .holds(node, .cautious)) {
      case .nobody: continue
      case .undecided(let reason):
        company.undecided(
          "whether `\(invariant.name)` holds for every patient", reason, at: invariant.span, into: &found)
      case .patient(let witness):
        let places = company.placesRead(by: node)
        found.report(
          "some patients meet all conditions that `\(invariant.name)` says no patient may meet", at: invariant.span,
          label: "never all of these", notes: ["seen with the guidelines \(company.company.name)"],
          help: [
            "exclude this patient in the rules that conclude it (`unless`, `overrides`), or correct the invariant"
          ],
          example: company.example(
            witness, showing: places, named: invariant.name,
            test: company.demands(for: company.standing(places, for: witness))))
      }
    }
  }
}

extension CompanyAnalysis {
  /// What a test demands that fails while the invariant does: any conclusion will do, the invariant is judged with it.
  fileprivate func demands(for places: [PlaceID]) -> [String] {
    let patterns = places.prefix(1).map { pattern(of: $0) }
    return patterns.isEmpty ? [] : ["never: [\(patterns.joined(separator: ", "))]"]
  }
}
