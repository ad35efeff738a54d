internal import ClinicalValues
internal import GuidelineModel

/// A drug or another treatment, as its vocabulary declares it.
struct Agent: Hashable, Comparable, Sendable {
  var group: GroupID
  var term: Int

  static func < (left: Agent, right: Agent) -> Bool {
    left.group == right.group ? left.term < right.term : left.group < right.group
  }
}

/// The agents of a vocabulary, and where the kinds of conclusions name them.
struct Agents: Sendable {
  let vocabulary: Vocabulary
  let kinds: [Role: [KindID]]
  /// Groups whose terms can be dosed, stopped or told about.
  private let groups: Set<GroupID>

  init(_ vocabulary: Vocabulary, _ settings: SafetySettings) {
    self.vocabulary = vocabulary
    kinds = settings.resolved(in: vocabulary)
    func subjects(_ roles: [Role], _ kinds: [Role: [KindID]]) -> Set<GroupID> {
      Set(
        roles.flatMap { kinds[$0] ?? [] }.flatMap { kind in
          vocabulary[kind].fields.first.map { vocabulary.origins(of: $0.type) } ?? []
        })
    }
    let taken = subjects([.dose, .stop, .change, .inform], kinds)
    // Where nothing is ever dosed or stopped, an agent is what is recommended and is no test.
    groups = taken.isEmpty ? subjects([.recommend], kinds).subtracting(subjects([.test, .monitor], kinds)) : taken
  }

  /// The field in which a kind names the agent that it is about; nil: it names none.
  func column(of kind: KindID, as role: Role) -> Int? {
    let fields = vocabulary[kind].fields
    switch role {
    case .recommend, .against, .stop, .change, .dose, .inform:
      return fields.first.flatMap { holdsAgents($0.type) ? 0 : nil }
    case .test, .monitor, .warn: return fields.firstIndex { holdsAgents($0.type) }
    }
  }

  /// Whether any kind of these roles names an agent: only then something can be missing.
  func canBeNamed(by roles: [Role]) -> Bool {
    roles.contains { role in (kinds[role] ?? []).contains { column(of: $0, as: role) != nil } }
  }

  func holdsAgents(_ type: ValueType) -> Bool { !groups.isDisjoint(with: vocabulary.origins(of: type)) }

  /// The agent behind a term of a group that may be made of several.
  func agent(_ term: Int, of type: ValueType) -> Agent? {
    guard case .term(let group) = type else { return nil }
    let terms = vocabulary[group]
    if terms.origins.isEmpty { return groups.contains(group) ? Agent(group: group, term: term) : nil }
    guard terms.origins.indices.contains(term), groups.contains(terms.origins[term].group) else { return nil }
    return Agent(group: terms.origins[term].group, term: terms.origins[term].term)
  }

  /// The term of a group, which may be made of several, behind which an agent stands.
  func term(of agent: Agent, in type: ValueType) -> Int? {
    guard case .term(let group) = type else { return nil }
    let terms = vocabulary[group]
    if terms.origins.isEmpty { return group == agent.group ? agent.term : nil }
    return terms.origins.firstIndex { $0.group == agent.group && $0.term == agent.term }
  }

  func agent(named name: String) -> Agent? {
    for group in groups.sorted() {
      if let term = vocabulary[group].termNamed[name] { return Agent(group: group, term: term) }
    }
    return nil
  }

  func name(_ agent: Agent) -> String { vocabulary[agent.group].terms[agent.term].name }

  func label(_ agent: Agent) -> String { vocabulary[agent.group].terms[agent.term].label }

  /// Whether what is said of the other is said of this agent: it is the other, or belongs to its class.
  func isCovered(_ agent: Agent, by other: Agent) -> Bool {
    agent.group == other.group && vocabulary[agent.group].members(of: other.term).contains(agent.term)
  }

  /// The members of a class that are no classes themselves; empty: it is no class.
  func leaves(of agent: Agent) -> [Agent] {
    let terms = vocabulary[agent.group].terms
    let members = vocabulary[agent.group].members(of: agent.term)
    return terms.indices.filter { index in
      index != agent.term && members.contains(index) && !terms.contains { $0.parent == index }
    }.map { Agent(group: agent.group, term: $0) }
  }
}

extension Vocabulary {
  /// The declared groups that a type is made of.
  fileprivate func origins(of type: ValueType) -> Set<GroupID> {
    guard case .term(let group) = type, group != .yesNo else { return [] }
    let origins = Set(self[group].origins.map(\.group))
    return origins.isEmpty ? [group] : origins
  }
}
