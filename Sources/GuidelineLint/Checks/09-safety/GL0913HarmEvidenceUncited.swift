internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let harmEvidenceUncited = Check(
    DiagnosticCode("GL0913", "harm-evidence-uncited", .warning),
    CheckPage(
      summary: "A source of the library reports harm of a drug, and no rule that guards a patient from it cites that.",
      why: "The harm is known and written down, and nobody who is offered the drug hears of it.",
      example: """
        # file: .guideline-lint.yaml
        safety:
          azathioprine: {harm: handbook#H2}
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
            source: handbook#H1 H2
        """,
      mended: """
        # file: .guideline-lint.yaml
        safety:
          azathioprine: {harm: handbook#H2}
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
            source: handbook#H1
          rapid-progression:
            when: [ild.rapidly_progressive]
            then: [{warn: interaction, agent: azathioprine}]
            source: handbook#H2
        """,
      notes: """
        Which statements report harm stands under `safety` of the configuration, as `source#statement`. A rule that \
        warns of the drug, advises against it, stops, replaces or doses it or tells of its toxicities has to cite each.
        """)
  ) { company, found in
    guard company.isJudged else { return }
    for agent in company.profiles.offered {
      let cited = company.citedWhereGuarded(agent)
      for harm in company.demands(for: agent).flatMap(\.harms) where !cited.contains(harm.value) {
        guard let statement = company.statement(harm.value) else { continue }
        let name = company.profiles.agents.name(agent)
        found.report(
          "`\(harm.value)` reports harm of `\(name)`, and no rule that warns of it, stops it or advises against it cites this",
          at: statement.span, notes: ["seen with the guidelines \(company.company.name)"],
          help: ["say it to the patients whom it concerns, with `source: \(harm.value)`; or allow it with the reason"],
          subjects: [name])
      }
    }
  }
}

extension CompanyAnalysis {
  /// The statements on which warnings of an agent rest.
  fileprivate func citedWhereGuarded(_ agent: Agent) -> Set<String> {
    Set(
      profiles.places(answeringRoles + [.inform], about: agent).flatMap { place in
        program.sourceMap.places[place.index].citations.flatMap { citation in
          citation.statements.map { "\(citation.source)#\($0)" }
        }
      })
  }

  fileprivate func statement(_ name: String) -> Statement? {
    for source in library.documents.flatMap(\.sources) {
      for statement in source.statements where "\(source.id)#\(statement.id)" == name { return statement }
    }
    return nil
  }
}
