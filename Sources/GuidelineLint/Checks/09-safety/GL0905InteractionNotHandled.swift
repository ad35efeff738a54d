internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let interactionNotHandled = Check(
    DiagnosticCode("GL0905", "interaction-not-handled"), isSafety: true,
    CheckPage(
      summary: "A drug can be offered to patients who take another with which it interacts, and nothing is said of it.",
      why: "Each of the two may be right by itself. Together they harm, and neither rule knows of the other.",
      example: """
        # file: .guideline-lint.yaml
        safety:
          azathioprine: {interactions: [xanthine_oxidase_inhibitor]}
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
        """,
      mended: """
        # file: .guideline-lint.yaml
        safety:
          azathioprine: {interactions: [xanthine_oxidase_inhibitor]}
        # file: rules.yaml
        rules:
          start:
            when: [ild.present]
            then: [{recommend: azathioprine, line: first_line}]
          interaction:
            when:
              - exists medication where agent is xanthine_oxidase_inhibitor and status is active
              - any: [azathioprine.considered, recommend azathioprine is concluded]
            then: [{warn: interaction, agent: azathioprine}]
        """,
      notes: """
        Which drugs interact stands under `safety` of the configuration: the linter knows none by itself. A rule speaks \
        of both when it warns of the one, advises against it, stops, replaces or doses it, and looks for the other among \
        the rows of a record; who takes the other is what that rule says. Of a class every member counts.
        """)
  ) { company, found in
    guard company.isJudged else { return }
    for agent in company.profiles.offered {
      for demand in company.demands(for: agent) {
        for partner in demand.interactions { company.ask(agent, with: partner.value, into: &found) }
      }
    }
  }
}

/// A conclusion about an agent that depends on whether another is taken.
private struct InteractionAnswer {
  var place: PlaceID
  /// Who takes the other, as its rule says.
  var patients: Question
  /// The members of the other's class that it looks for.
  var names: Set<String>
  /// Only names are asked of the rows, no numbers and no days: it speaks of everybody who takes the other.
  var isPlain: Bool
}

extension CompanyAnalysis {
  fileprivate mutating func ask(_ agent: Agent, with partner: String, into found: inout CheckFindings) {
    let members = profiles.agents.agent(named: partner).map { profiles.agents.leaves(of: $0) } ?? []
    let wanted = members.isEmpty ? [partner] : members.map { profiles.agents.name($0) }
    let answers = profiles.places(answeringRoles, about: agent).flatMap { place in
      InteractionReader(program: program, wanted: Set(wanted)).answers(place)
    }
    // A rule for some of them, such as those who stopped the other a week ago, counts where no rule is for all.
    let plain = answers.filter(\.isPlain).reduce(into: Set<String>()) { $0.formUnion($1.names) }
    let judged = answers.filter { $0.isPlain || !$0.names.isSubset(of: plain) }
    let known = answers.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    var risk = AgentRisk(
      agent: agent, offers: profiles.offers[agent] ?? [], patients: nil, answers: [], words: "",
      subjects: [partner],
      help:
        "warn, advise against it or change the dose for whoever is offered `\(profiles.agents.name(agent))` and takes "
        + "`\(partner)`; or allow it with the reason")
    let missing = wanted.filter { !known.contains($0) }
    if !missing.isEmpty {
      let names = missing.count == wanted.count ? [partner] : missing
      risk.words = "patients who take \(names.map { "`\($0)`" }.joined(separator: " or "))"
      ask(risk, into: &found)
    }
    risk.answers = answers.map(\.place)
    risk.words = "patients who take `\(partner)`"
    var asked: Set<Question> = []
    for answer in judged where asked.insert(answer.patients).inserted {
      risk.patients = answer.patients
      ask(risk, into: &found)
    }
  }
}

/// Finds what a rule asks of the agents of rows.
private struct InteractionReader {
  let program: Program
  let wanted: Set<String>
  private var graph: RuleGraph { program.graph }

  init(program: Program, wanted: Set<String>) {
    self.program = program
    self.wanted = wanted
  }

  /// The rows that the rule of a place ranges over, and those that it asks to exist.
  func answers(_ place: PlaceID) -> [InteractionAnswer] {
    let rule = graph[place].rule
    let conditions = graph[rule].conditions.flatMap { parts(of: $0) }
    let own = conditions.filter { !graph.isClosed($0) }
    var relations: [UInt8: RelationID] = [:]
    for (index, relation) in graph[rule].relations.enumerated() {
      relations[UInt8(truncatingIfNeeded: index)] = relation
    }
    var found: [InteractionAnswer] = []
    let names = own.reduce(into: Set<String>()) { $0.formUnion(self.names(in: $1, relations)) }
    if !names.isEmpty {
      found.append(
        InteractionAnswer(
          place: place, patients: .row(rule, own, .cautious), names: names, isPlain: own.allSatisfy { isPlain($0) }))
    }
    for condition in conditions where graph.isClosed(condition) {
      for (exists, names) in existing(in: condition, depth: 0) {
        found.append(
          InteractionAnswer(
            place: place, patients: .holds(exists, .cautious), names: names, isPlain: isPlain(exists)))
      }
    }
    return found
  }

  private func isPlain(_ condition: ConditionID) -> Bool {
    switch graph[condition] {
    case .all(let list), .any(let list): graph.conditionIDs(list).allSatisfy { isPlain($0) }
    case .certainly(let inner): isPlain(inner)
    case .exists(let rows): graph.conditionIDs(graph[rows].conditions).allSatisfy { isPlain($0) }
    case .member, .related: true
    default: false
    }
  }

  private func parts(of condition: ConditionID) -> [ConditionID] {
    guard case .all(let list) = graph[condition] else { return [condition] }
    return graph.conditionIDs(list).flatMap { parts(of: $0) }
  }

  /// The rows that have to exist, through names for conditions.
  private func existing(in condition: ConditionID, depth: Int) -> [(ConditionID, Set<String>)] {
    guard depth < 16 else { return [] }
    switch graph[condition] {
    case .all(let list), .any(let list):
      return graph.conditionIDs(list).flatMap { existing(in: $0, depth: depth + 1) }
    case .certainly(let inner): return existing(in: inner, depth: depth + 1)
    case .exists(let id):
      let rows = graph[id]
      let names = graph.conditionIDs(rows.conditions).reduce(into: Set<String>()) {
        $0.formUnion(self.names(in: $1, [rows.variable: rows.relation]))
      }
      return names.isEmpty ? [] : [(condition, names)]
    case .member(let value, let mask) where graph[mask].yes == TermSet(0):
      guard let definition = definition(behind: value), case .means(let inner) = graph[definition].form else {
        return []
      }
      return existing(in: inner, depth: depth + 1)
    default: return []
    }
  }

  private func definition(behind value: ValueID) -> DefinitionNodeID? {
    switch graph[value] {
    case .definition(let id): id
    case .fact(_, let id): id
    default: nil
    }
  }

  /// The wanted agents that a condition on rows asks for.
  private func names(in condition: ConditionID, _ relations: [UInt8: RelationID]) -> Set<String> {
    switch graph[condition] {
    case .all(let list), .any(let list):
      graph.conditionIDs(list).reduce(into: []) { $0.formUnion(names(in: $1, relations)) }
    case .certainly(let inner): names(in: inner, relations)
    case .member(let value, let mask): names(value, relations) { graph[mask].yes.contains($0) }
    case .related(let value, let other, _):
      names(value, relations) { term in
        constant(other).map { members(value, relations, of: $0).contains(term) } ?? false
      }
    case .compare(let value, .equal, let other): names(value, relations) { constant(other) == $0 }
    default: []
    }
  }

  private func names(_ value: ValueID, _ relations: [UInt8: RelationID], where isAsked: (Int) -> Bool) -> Set<String> {
    guard let group = group(of: value, relations) else { return [] }
    let terms = program.library.vocabulary[group].terms
    return Set(terms.indices.filter { wanted.contains(terms[$0].name) && isAsked($0) }.map { terms[$0].name })
  }

  private func members(_ value: ValueID, _ relations: [UInt8: RelationID], of term: Int) -> TermSet {
    guard let group = group(of: value, relations) else { return TermSet() }
    return program.library.vocabulary[group].members(of: term)
  }

  /// The group of a field of a row that is given with the patient.
  private func group(of value: ValueID, _ relations: [UInt8: RelationID]) -> GroupID? {
    guard case .field(let variable, let column) = graph[value], let relation = relations[variable],
      case .record(let record) = program.sourceMap.relations[relation.index]
    else { return nil }
    let fields = program.library.vocabulary[record].fields
    guard fields.indices.contains(Int(column)), case .term(let group) = fields[Int(column)].type else { return nil }
    return group
  }

  private func constant(_ value: ValueID) -> Int? {
    guard case .constant(let id) = graph[value], case .terms(let terms) = graph.estimates[id.index].values else {
      return nil
    }
    return terms.single
  }
}
