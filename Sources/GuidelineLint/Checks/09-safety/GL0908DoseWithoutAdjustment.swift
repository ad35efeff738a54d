internal import SourceText

extension Check {
  static let doseWithoutAdjustment = Check(
    DiagnosticCode("GL0908", "dose-without-adjustment", .warning),
    CheckPage(
      summary: "A patient with a finding that calls for another dose gets the dose of everybody else, without a word.",
      why: "The full dose is too much for whoever breaks the drug down slowly.",
      example: """
        # file: .guideline-lint.yaml
        safety:
          azathioprine: {adjust-for: {fact: tpmt.phenotype, is: intermediate_metabolizer}}
        # file: rules.yaml
        rules:
          usual-dose:
            when: [ild.present]
            then: [{dose: azathioprine, low: 50 mg/d, high: 100 mg/d}]
        """,
      mended: """
        # file: .guideline-lint.yaml
        safety:
          azathioprine: {adjust-for: {fact: tpmt.phenotype, is: intermediate_metabolizer}}
        # file: rules.yaml
        rules:
          usual-dose:
            when: [ild.present, tpmt.phenotype is normal_metabolizer]
            then: [{dose: azathioprine, low: 50 mg/d, high: 100 mg/d}]
          reduced-dose:
            when: [ild.present, tpmt.phenotype is intermediate_metabolizer]
            then: [{dose: azathioprine, low: 25 mg/d, high: 50 mg/d}]
        """,
      notes: """
        What calls for another dose stands under `safety` of the configuration. A dose is adjusted when its rule or its \
        value looks at the fact; a warning, a stop or advice against the drug that looks at it will do as well.
        """)
  ) { company, found in
    guard company.isJudged else { return }
    for agent in company.profiles.offered {
      let doses = company.profiles.places([.dose], about: agent)
      guard !doses.isEmpty else { continue }
      for marker in company.demands(for: agent).flatMap(\.adjustments) {
        let name = company.profiles.agents.name(agent)
        guard
          let risk = company.risk(
            marker, for: agent, offers: doses,
            help: "state another dose of `\(name)` for them, or warn; or allow it with the reason")
        else { continue }
        company.ask(risk, into: &found)
      }
    }
  }
}
