internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let alternativeMissing = Check(
    DiagnosticCode("GL0914", "alternative-missing", .info),
    CheckPage(
      summary:
        "The recommendation of a drug is taken back for a patient who is advised against it, and nothing else is "
        + "recommended.",
      why: "The patient was found to need treatment, and is left with a warning.",
      example: """
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          deficient:
            when: [tpmt.phenotype is poor_metabolizer]
            then: [{against: azathioprine, line: first_line}]
            overrides: [{rule: start, because: the drug cannot be broken down}]
        """,
      mended: """
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          deficient:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
              - {recommend: mycophenolate, line: first_line}
            overrides: [{rule: start, because: the drug cannot be broken down}]
        """,
      notes: """
        Asked of patients who meet the conditions of a rule that recommends the drug. Any other recommendation or \
        replacement will do, also a provisional one. A source that names no alternative is a reason to allow it.
        """)
  ) { company, found in
    guard company.isJudged else { return }
    for agent in company.profiles.offered { company.askAlternative(to: agent, into: &found) }
  }
}

extension CompanyAnalysis {
  fileprivate mutating func askAlternative(to agent: Agent, into found: inout CheckFindings) {
    let against = profiles.places([.against], about: agent)
    let own = (profiles.offers[agent] ?? []).filter { isRecommendation($0) }
    guard !against.isEmpty, own.contains(where: canBeTakenBack) else { return }
    let all = [Role.recommend, .change].flatMap { profiles.agents.kinds[$0] ?? [] }
      .flatMap { graph.placesOfKind[$0.index] }
    let rules = Set(own.map { graph[$0].rule }).sorted()
    let question = Question.all(
      [.any(rules.map { .body($0, .cautious) }), .any(against.map { .stands($0, .cautious) })]
        + all.map { .not(.stands($0, .presuming)) })
    let name = profiles.agents.name(agent)
    switch analysis.patient(question) {
    case .nobody: return
    case .undecided(let reason):
      undecided(
        "whether something else is recommended to whoever is advised against `\(name)`", reason,
        at: rule(of: own[0]).nameSpan, into: &found)
    case .patient(let witness):
      guard let place = standing(against, for: witness).first else { return }
      found.report(
        "some patients who would be offered `\(name)` are advised against it, and nothing else is recommended to them",
        at: rule(of: place).nameSpan, label: "`\(name)` is advised against here",
        notes: ["seen with the guidelines \(company.name)"],
        help: ["recommend what a source gives instead; or allow it with the reason, if no source names anything"],
        example: example(witness, showing: [place], named: "\(words(name))-alternative"), subjects: [name])
    }
  }

  private func isRecommendation(_ place: PlaceID) -> Bool {
    profiles.agents.kinds[.recommend]?.contains(KindID(Int(graph[place].kind))) == true
  }

  private func canBeTakenBack(_ place: PlaceID) -> Bool {
    let rule = graph[place].rule
    return graph[rule].unless != nil || !graph.overridersOfRule[rule.index].isEmpty
      || !graph.overridersOfPlace[place.index].isEmpty
  }
}
