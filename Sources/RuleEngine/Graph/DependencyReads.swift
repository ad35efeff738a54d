import ClinicalValues

/// One thing that a node reads, and whether it is read through a closed edge.
struct Read: Hashable {
  var node: DependencyNode
  var isClosed: Bool
}

/// Collects what conditions and values read: other dependency nodes, and slots (`semantics.md` §5).
struct ReadWalk {
  let graph: RuleGraph
  private(set) var reads: [Read] = []
  private(set) var slots = SlotSet()
  private var seen = SeenNodes()

  fileprivate enum Seen: Hashable {
    case condition(ConditionID, isClosed: Bool)
    case value(ValueID)
  }

  init(graph: RuleGraph) { self.graph = graph }

  /// The slots that a condition reads itself, not through what it depends on.
  static func slots(of id: ConditionID, in graph: RuleGraph) -> SlotSet {
    var walk = ReadWalk(graph: graph)
    walk.read(id, closed: false)
    return walk.slots
  }

  /// `closed`: the condition stands under a negation.
  mutating func read(_ id: ConditionID, closed: Bool) {
    guard seen.insert(.condition(id, isClosed: closed)) else { return }
    switch graph[id] {
    case .constant: break
    case .all(let list), .any(let list), .atLeast(_, let list):
      for inner in graph.conditionIDs(list) { read(inner, closed: closed) }
    case .not(let inner), .certainly(let inner): read(inner, closed: true)
    case .member(let value, let mask): readMember(value, mask, closed: closed)
    case .related(let first, let second, _), .compare(let first, _, let second):
      read(first)
      read(second)
    case .settled(_, let subject): read(subject)
    case .includes(let slot, _): slots.sets.insert(slot)
    case .includesValue(let slot, let value, _):
      slots.sets.insert(slot)
      read(value)
    case .exists(let rows): read(rows, closed: closed)
    case .anyPoint(let slot, let window, let inner):
      read(slot, window)
      read(inner, closed: true)
    case .applies(let rules):
      for rule in graph.ruleIDs(rules) { note(.effective(rule), closed: closed) }
    case .concluded(let pattern):
      for value in graph[pattern].tests.flatMap(\.values) { read(value) }
      for place in graph.placesMatching[pattern.index] { note(.conclusion(place), closed: closed) }
    }
  }

  /// A yes_no definition that is asked whether it holds is read like a condition; any other value is a closed edge.
  private mutating func readMember(_ value: ValueID, _ mask: MaskID, closed: Bool) {
    let isYes = graph[mask].yes == TermSet(0)
    switch graph[value] {
    case .fact(let slot, let definition?) where isYes:
      slots.scalars.insert(slot)
      note(.definition(definition), closed: closed)
    case .definition(let definition) where isYes: note(.definition(definition), closed: closed)
    default: read(value)
    }
  }

  mutating func read(_ id: ValueID) {
    guard seen.insert(.value(id)) else { return }
    switch graph[id] {
    case .constant, .currentPoint: break
    // A field of a bound row does not change: the edge is the one that binds the row.
    case .field: break
    case .today: slots.today = true
    case .fact(let slot, let definition):
      slots.scalars.insert(slot)
      if let definition { note(.definition(definition), closed: true) }
    case .definition(let definition): note(.definition(definition), closed: true)
    case .point(_, let slot, let window), .dateOf(_, let slot, let window), .countPoints(let slot, let window):
      read(slot, window)
    case .change(_, let slot, let window): read(slot, window)
    case .aggregate(_, let rows, _), .countRows(let rows): read(rows, closed: true)
    case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
      .divide(let first, let second):
      read(first)
      read(second)
    case .least(let list), .greatest(let list), .text(_, let list):
      for value in graph.valueIDs(list) { read(value) }
    case .round(let value, _), .translated(let value, _): read(value)
    }
  }

  /// Fields of bound rows are read wherever the rule is: when given rows change, so may they.
  mutating func readGivenRows(of rule: RuleNode) {
    for relation in rule.relations {
      if case .given(let slot) = graph[relation].origin { slots.collections.insert(slot) }
    }
  }

  mutating func read(_ relation: RelationID, closed: Bool) {
    switch graph[relation].origin {
    case .given(let slot): slots.collections.insert(slot)
    case .knowledge: break
    case .derived, .conclusions: note(.rows(relation), closed: closed)
    }
  }

  private mutating func read(_ id: RowsID, closed: Bool) {
    let node = graph[id]
    read(node.relation, closed: closed)
    for condition in graph.conditionIDs(node.conditions) { read(condition, closed: closed) }
  }

  private mutating func read(_ slot: SeriesSlotID, _ window: WindowID?) {
    slots.series.insert(slot)
    // Points after today do not exist yet, so every question to a series reads the day.
    slots.today = true
    if let window, case .since(let value) = graph[window] { read(value) }
  }

  private mutating func read(_ subject: SettledSubject) {
    switch subject {
    case .value(let value): read(value)
    case .set(let slot): slots.sets.insert(slot)
    case .series(let slot): slots.series.insert(slot)
    case .collection(let slot): slots.collections.insert(slot)
    }
  }

  private mutating func note(_ node: DependencyNode, closed: Bool) {
    let read = Read(node: node, isClosed: closed)
    if !reads.contains(read) { reads.append(read) }
  }
}

/// What was met on a walk: mostly so little that looking through it is faster than hashing.
private struct SeenNodes {
  private var few: ContiguousArray<ReadWalk.Seen> = []
  private var many: Set<ReadWalk.Seen> = []

  private static let limit = 24

  /// False: it was met before.
  mutating func insert(_ node: ReadWalk.Seen) -> Bool {
    guard !few.contains(node) else { return false }
    guard few.count == Self.limit else {
      few.append(node)
      return true
    }
    return many.insert(node).inserted
  }
}
