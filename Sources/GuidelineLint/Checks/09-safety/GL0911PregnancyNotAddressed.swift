internal import SourceText

extension Check {
  static let pregnancyNotAddressed = Check(
    DiagnosticCode("GL0911", "pregnancy-not-addressed", .warning), isSafety: true,
    CheckPage(
      summary: "A drug can be offered to a patient who is pregnant or plans to be, without a word about it.",
      why: "The child has no say, and harm to it is done in the weeks before anybody looks again.",
      example: """
        # file: .guideline-lint.yaml
        safety:
          mycophenolate: {pregnancy: {fact: patient.pregnancy, is: [planning, pregnant]}}
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: mycophenolate, line: first_line}]
        """,
      mended: """
        # file: .guideline-lint.yaml
        safety:
          mycophenolate: {pregnancy: {fact: patient.pregnancy, is: [planning, pregnant]}}
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: mycophenolate, line: first_line}]
          pregnancy:
            when: [patient.pregnancy is planning or pregnant]
            then: [{against: mycophenolate, line: first_line}]
            overrides: [{rule: start, because: it harms the unborn child}]
        """,
      notes: """
        For which drugs it counts, and how the facts say it, stands under `safety` of the configuration. A rule that \
        warns of the drug, advises against it, stops, replaces or doses it or tells of its toxicities and looks at the \
        fact is a word. While the fact is unknown such a rule asks for it.
        """)
  ) { company, found in
    guard company.isJudged else { return }
    for agent in company.profiles.offered {
      for marker in company.demands(for: agent).compactMap(\.pregnancy) {
        let name = company.profiles.agents.name(agent)
        guard
          let risk = company.risk(
            marker, for: agent, offers: company.profiles.offers[agent] ?? [], roles: answeringRoles + [.inform],
            help:
              "say what a source says of `\(name)` in pregnancy to whoever is offered it; or allow it with the reason")
        else { continue }
        company.ask(risk, into: &found)
      }
    }
  }
}
