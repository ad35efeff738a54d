internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

/// Patients to whom an agent should not be offered, or not in the same way, without a word.
struct AgentRisk {
  var agent: Agent
  /// Where the agent is offered.
  var offers: [PlaceID]
  /// Who they are; nil: nothing in the rules asks for it, so that anybody may be one.
  var patients: Question?
  /// What is said to them; it depends on what makes the risk.
  var answers: [PlaceID]
  /// `patients who take …`.
  var words: String
  /// What it is about, besides the agent.
  var subjects: [String] = []
  /// What to do.
  var help: String
}

/// The roles that say a word about an agent to one patient and not to another.
let answeringRoles: [Role] = [.warn, .against, .stop, .change, .dose]

extension CompanyAnalysis {
  /// What the configuration says of an agent, of its class, or of both.
  func demands(for agent: Agent) -> [AgentDemands] {
    context.configuration.safety.demands.filter { demand in
      guard let named = profiles.agents.agent(named: demand.agent.value) else { return false }
      return profiles.agents.isCovered(agent, by: named)
    }
  }

  /// The value that a scalar fact has; nil: nothing reads it.
  func value(ofFact name: String) -> ValueID? {
    guard let fact = library.vocabulary.factNamed[name], let slot = program.sourceMap.scalarSlots[fact] else {
      return nil
    }
    return graph.values.indices.lazy.map { ValueID($0) }.first {
      if case .fact(slot, _) = graph[$0] { true } else { false }
    }
  }

  /// Whoever has one of these values, and what rules that look at the fact say to them.
  func risk(
    _ marker: FactMarker, for agent: Agent, offers: [PlaceID], roles: [Role] = answeringRoles, help: String
  ) -> AgentRisk? {
    guard let fact = library.vocabulary.factNamed[marker.fact.value],
      case .term(let group) = library.vocabulary[fact].type
    else { return nil }
    let terms = marker.terms.compactMap { library.vocabulary[group].termNamed[$0.value] }
    guard !terms.isEmpty else { return nil }
    let words =
      "patients whose `\(marker.fact.value)` is \(marker.terms.map { "`\($0.value)`" }.joined(separator: " or "))"
    var risk = AgentRisk(
      agent: agent, offers: offers, patients: nil, answers: [], words: words, subjects: [marker.fact.value], help: help)
    guard let value = value(ofFact: marker.fact.value) else { return risk }
    risk.patients = .isOneOf(value, TermSet(terms))
    risk.answers = profiles.places(roles, about: agent).filter { place in
      RuleReads(graph[place].rule, in: graph, fields: true).values.contains(value)
    }
    return risk
  }

  /// Asks whether somebody at risk is offered the agent and told nothing.
  mutating func ask(_ risk: AgentRisk, into found: inout CheckFindings) {
    let name = profiles.agents.name(risk.agent)
    func question(_ reading: Reading) -> Question {
      var members: [Question] = [.any(risk.offers.map { .stands($0, reading) })]
      if let patients = risk.patients { members.append(patients) }
      members += risk.answers.map { .not(.stands($0, .presuming)) }
      return .all(members)
    }
    switch analysis.patient(question(.presuming), preferring: question(.cautious)) {
    case .nobody: return
    case .undecided(let reason):
      let place = risk.offers.first.map { writtenPlace(of: $0) } ?? library.documents[0].span
      undecided("whether `\(name)` is ever offered without a word to \(risk.words)", reason, at: place, into: &found)
    case .patient(let witness):
      let shown = standing(risk.offers, for: witness)
      guard let place = shown.first else { return }
      let rules = Set(risk.answers.map { rule(of: $0).nameSpan }).sorted { $0.start < $1.start }
      found.report(
        "`\(name)` can be offered to \(risk.words), and "
          + (risk.answers.isEmpty ? "no rule speaks of both" : "no rule that speaks of both applies to them"),
        at: writtenPlace(of: place), label: "`\(name)` is offered here",
        related: rules.prefix(3).map { RelatedPlace($0, "this speaks of both, for other patients") },
        notes: ["seen with the guidelines \(company.name)"], help: [risk.help],
        example: example(witness, showing: shown, named: "\(words(name))-\(found.code.name)"),
        subjects: [name] + risk.subjects)
    }
  }
}
