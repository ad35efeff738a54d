internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine

/// Finds out what rules that certainly hold ask for: through questions about what is known (`semantics.md` §7).
///
/// This is the walk of a report (`Questions`) for a patient of whom nobody knows anything yet: where the walk depends on
/// the truth of a part of a group, the part is asked of columns.
struct CohortQuestions {
  private let program: Program
  /// Those that columns are asked besides rules.
  private(set) var conditions: [ConditionID]
  private(set) var asks: [CohortPlan.Ask] = []
  private var places: [ConditionID: Int] = [:]

  /// More of them take longer than a session.
  private static let most = 64

  init(_ program: Program, _ conditions: [ConditionID]) {
    self.program = program
    self.conditions = conditions
  }

  mutating func add(_ rule: RuleNodeID) {
    let before = asks.count
    let node = program.graph.rules[rule.index]
    let known = conditions.count
    var isCovered = node.unless == nil && node.relations.isEmpty
    let start = CohortPlan.Ask(rule: rule)
    for root in [node.scope] + program.index.rules[rule.index].filters + [program.index.rules[rule.index].when] {
      isCovered = isCovered && collect(root, .yes, start)
    }
    if isCovered, asks.count - before <= Self.most { return }
    asks.removeSubrange(before...)
    if conditions.count > known {
      for condition in conditions[known...] { places[condition] = nil }
      conditions.removeSubrange(known...)
    }
    asks.append(start)
  }

  /// What a condition of this truth asks; false: that is not followed here.
  private mutating func collect(_ id: ConditionID, _ truth: Truth, _ ask: CohortPlan.Ask) -> Bool {
    guard program.index.asksWhatIsKnown[id.index] else { return true }
    switch program.graph.conditions[id.index] {
    case .all(let list): return truth == .no || collect(list, allAre: .yes, ask)
    case .any(let list), .atLeast(_, let list): return truth == .no || collect(list, allAre: nil, ask)
    case .not(let inner):
      switch program.graph.conditions[inner.index] {
      case .any(let list): return truth == .no || collect(list, allAre: .no, ask)
      case .all(let list), .atLeast(_, let list): return truth == .no || collect(list, allAre: nil, ask)
      default: return collect(inner, !truth, ask)
      }
    case .settled(let test, let subject): return collect(test, subject, truth, ask)
    case .certainly(let inner): return truth == .yes || collectUnsettled(inner, ask)
    default: return true
    }
  }

  /// The members of a group that is true.
  private mutating func collect(_ list: Members, allAre truth: Truth?, _ ask: CohortPlan.Ask) -> Bool {
    for member in program.graph.conditionIDs(list) where program.index.asksWhatIsKnown[member.index] {
      if let truth {
        guard collect(member, truth, ask) else { return false }
        continue
      }
      for truth in [Truth.yes, .no] {
        guard collect(member, truth, ask.when(place(of: member), truth)) else { return false }
      }
      asks.append(ask.when(place(of: member), .unknown))
    }
    return true
  }

  /// `is known to be` that is false: whether its fact is not known.
  private mutating func collectUnsettled(_ inner: ConditionID, _ ask: CohortPlan.Ask) -> Bool {
    guard case .all(let list) = program.graph.conditions[inner.index] else { return false }
    for member in program.graph.conditionIDs(list) {
      guard case .settled = program.graph.conditions[member.index] else { continue }
      for truth in [Truth.yes, .no] {
        guard collect(member, truth, ask.when(place(of: member), truth)) else { return false }
      }
      asks.append(ask.when(place(of: member), .unknown))
    }
    return true
  }

  private mutating func place(of condition: ConditionID) -> Int {
    if let known = places[condition] { return known }
    places[condition] = conditions.count
    conditions.append(condition)
    return conditions.count - 1
  }

  private mutating func collect(
    _ test: SettledTest, _ subject: SettledSubject, _ truth: Truth, _ ask: CohortPlan.Ask
  ) -> Bool {
    guard (test == .unknown && truth == .yes) || (test == .known && truth == .no) else { return true }
    guard let need = need(subject, test) else { return false }
    var ask = ask
    ask.need = need
    asks.append(ask)
    return true
  }

  private func need(_ subject: SettledSubject, _ test: SettledTest) -> Int? {
    let index = program.index
    switch subject {
    case .value(let value):
      guard case .fact(let slot, nil) = program.graph.values[value.index],
        let fact = Self.known(index.scalarFacts, slot.index)
      else { return nil }
      // A date that is none is not known either, and nobody asks for it.
      if test == .known, program.library.vocabulary[fact].type == .date { return nil }
      return index.askable.facts[fact.index].number
    case .set(let slot): return Self.known(index.setFacts, slot.index).map { index.askable.facts[$0.index].number }
    case .series(let slot):
      return Self.known(index.seriesFacts, slot.index).map { index.askable.facts[$0.index].number }
    case .collection(let slot): return Self.known(index.records, slot.index).map { index.askable.records[$0.index] }
    }
  }

  private static func known<Name>(_ names: [Name?], _ slot: Int) -> Name? {
    names.indices.contains(slot) ? names[slot] : nil
  }
}

extension CohortPlan.Ask {
  /// The same, if besides a condition has this truth.
  fileprivate func when(_ condition: Int, _ truth: Truth) -> Self {
    var ask = self
    ask.guards.append(Guard(condition: condition, truth: truth))
    return ask
  }
}
