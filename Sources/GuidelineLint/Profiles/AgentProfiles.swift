internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

/// What the rules of one company say of each agent.
struct AgentProfiles {
  let agents: Agents
  /// The conclusions that offer or dose an agent, in the order of the guidelines.
  private(set) var offers: [Agent: [PlaceID]] = [:]
  /// The conclusions of a role that name an agent, each with the ones it is surely about.
  private var statements: [Role: [Statement]] = [:]

  private struct Statement {
    var place: PlaceID
    var subject: Subject
  }

  /// Of what a conclusion is.
  private enum Subject {
    case agent(Agent)
    /// The agent of a row; the mask of terms is what the rule asks of it, nil: nothing.
    case row(ValueType, Mask?)
  }

  init(_ program: Program, _ settings: SafetySettings) {
    agents = Agents(program.library.vocabulary, settings)
    for role in Role.allCases {
      for kind in agents.kinds[role] ?? [] { add(kind, role, program) }
    }
    for role in [Role.recommend, .dose] {
      for statement in statements[role] ?? [] {
        for agent in offered(statement) { offers[agent, default: []].append(statement.place) }
      }
    }
  }

  /// The agents that can be offered, in the order of the vocabulary.
  var offered: [Agent] { offers.keys.sorted() }

  /// Conclusions of these roles that concern an agent: they name it, its class, or a row that it may be in.
  func places(_ roles: [Role], about agent: Agent) -> [PlaceID] {
    roles.flatMap { statements[$0] ?? [] }.filter { concerns($0, agent) }.map(\.place)
  }

  /// Whether rules of these roles speak of an agent; of a class also when they speak of each of its members.
  func isCovered(_ agent: Agent, by roles: [Role]) -> Bool {
    if !places(roles, about: agent).isEmpty { return true }
    let leaves = agents.leaves(of: agent)
    return !leaves.isEmpty && leaves.allSatisfy { !places(roles, about: $0).isEmpty }
  }

  // MARK: Reading the program

  private mutating func add(_ kind: KindID, _ role: Role, _ program: Program) {
    guard let column = agents.column(of: kind, as: role) else { return }
    let type = agents.vocabulary[kind].fields[column].type
    for place in program.graph.placesOfKind[kind.index] {
      let node = program.graph[place]
      guard let field = node.fields.first(where: { Int($0.column) == column }) else { continue }
      if case .constant(let id) = program.graph[field.value] {
        guard case .terms(let terms) = program.graph.estimates[id.index].values, let term = terms.single,
          let agent = agents.agent(term, of: type)
        else { continue }
        statements[role, default: []].append(Statement(place: place, subject: .agent(agent)))
      } else if let row = RowAgent(field.value, node.rule, program) {
        statements[role, default: []].append(Statement(place: place, subject: .row(row.type ?? type, row.mask)))
      }
    }
  }

  private func concerns(_ statement: Statement, _ agent: Agent) -> Bool {
    switch statement.subject {
    case .agent(let named): return agents.isCovered(agent, by: named)
    case .row(_, nil): return true
    case .row(let type, let mask?): return agents.term(of: agent, in: type).map(mask.yes.contains) ?? false
    }
  }

  /// A row offers what its rule asks for by name.
  private func offered(_ statement: Statement) -> [Agent] {
    switch statement.subject {
    case .agent(let agent): return [agent]
    case .row(_, nil): return []
    case .row(let type, let mask?):
      let named = (0..<agents.vocabulary.groups.reduce(0) { max($0, $1.terms.count) }).filter(mask.yes.contains)
        .compactMap { agents.agent($0, of: type) }
      // The class stands for its members.
      return named.filter { agent in !named.contains { $0 != agent && agents.isCovered(agent, by: $0) } }
    }
  }
}

/// A field of a row that holds an agent, and the terms that its rule asks for.
private struct RowAgent {
  var type: ValueType?
  var mask: Mask?

  init?(_ value: ValueID, _ rule: RuleNodeID, _ program: Program) {
    var field = value
    var isTranslated = false
    while case .translated(let inner, _) = program.graph[field] {
      field = inner
      isTranslated = true
    }
    guard case .field(let variable, let column) = program.graph[field] else { return nil }
    let node = program.graph[rule]
    guard node.relations.indices.contains(Int(variable)) else { return nil }
    let relation = node.relations[Int(variable)]
    if case .record(let record) = program.sourceMap.relations[relation.index] {
      let fields = program.library.vocabulary[record].fields
      type = fields.indices.contains(Int(column)) ? fields[Int(column)].type : nil
    }
    if isTranslated, type == nil { return nil }
    mask = Self.mask(of: field, node.conditions, program.graph)
  }

  /// What all the conditions that stand alone ask of the field.
  private static func mask(of field: ValueID, _ conditions: [ConditionID], _ graph: RuleGraph) -> Mask? {
    for condition in conditions {
      switch graph[condition] {
      case .member(field, let mask): return graph[mask]
      case .all(let list):
        if let mask = mask(of: field, graph.conditionIDs(list), graph) { return mask }
      default: continue
      }
    }
    return nil
  }
}

extension CompanyAnalysis {
  /// What an agent is offered by, and to whom; nil: to nobody, or nobody knows.
  mutating func offer(of agent: Agent) -> (witness: Witness, places: [PlaceID])? {
    if let known = offersShown[agent] { return known }
    let places = profiles.offers[agent] ?? []
    func question(_ reading: Reading) -> Question { .any(places.map { .stands($0, reading) }) }
    let verdict = analysis.patient(question(.presuming), preferring: question(.cautious))
    let offer = verdict.witness.map { ($0, standing(places, for: $0)) }
    offersShown[agent] = .some(offer)
    return offer
  }

  /// Those conclusions that stand for a patient.
  func standing(_ places: [PlaceID], for witness: Witness) -> [PlaceID] {
    analysis.asking(witness.facts) { session in
      places.filter { place in session.concluded(place, .presuming).contains { $0.stands == .yes } }
    }
  }

  /// What a conclusion is written as: the row of the table that holds its agent, or the conclusion.
  func writtenPlace(of place: PlaceID) -> Span {
    let trace = program.sourceMap.rules[graph[place].rule.index]
    for case .tableRow(let table, let row) in trace.variables where library[table].rows.indices.contains(row) {
      return library[table].rows[row].span
    }
    let rule = library[trace.id]
    let conclusion = program.sourceMap.places[place.index].conclusion
    return rule.conclusions.indices.contains(conclusion) ? rule.conclusions[conclusion].span : rule.nameSpan
  }
}

extension CompanyAnalysis {
  /// Whether a patient can miss what is missing here: nothing was left out, and it is all that is in force together.
  var isJudged: Bool { company.isTogether && isWhole }

  /// Reports every agent that can be offered and of which no rule of these roles speaks.
  mutating func reportUncovered(
    by roles: [Role], into found: inout CheckFindings, _ message: (String) -> String, help: (String) -> String
  ) {
    guard isJudged, profiles.agents.canBeNamed(by: roles) else { return }
    for agent in profiles.offered where !profiles.isCovered(agent, by: roles) {
      guard let offer = offer(of: agent), let place = offer.places.first else { continue }
      let name = profiles.agents.name(agent)
      found.report(
        message(name), at: writtenPlace(of: profiles.offers[agent]?.first ?? place),
        label: "`\(name)` is offered here", notes: ["seen with the guidelines \(company.name)"], help: [help(name)],
        example: example(offer.witness, showing: offer.places, named: "\(words(name))-\(found.code.name)"),
        subjects: [name])
    }
  }

  /// A name as part of the name of a case.
  func words(_ name: String) -> String { name.replacing("_", with: "-") }
}
