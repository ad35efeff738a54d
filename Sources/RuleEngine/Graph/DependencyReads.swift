import ClinicalValues

/// One thing that a node reads, and whether it is read through a closed edge.
struct Read: Hashable {
  var node: DependencyNode
  var isClosed: Bool
}

/// Collects what conditions and values read: other dependency nodes, and slots (`semantics.md` §5).
struct ReadWalk {
  private(set) var reads: [Read] = []
  private(set) var slots = SlotSet()
  private var seen = SeenNodes()
  private var noted = SeenReads()

  fileprivate enum Seen: Hashable {
    case condition(ConditionID, isClosed: Bool)
    case value(ValueID)
  }

  /// Ready for the next node.
  mutating func clear() {
    reads.removeAll(keepingCapacity: true)
    slots.removeAll()
    seen.clear()
    noted.clear()
  }

  /// The slots that a condition reads itself, not through what it depends on.
  static func slots(of id: ConditionID, in graph: RuleGraph) -> SlotSet {
    var walk = ReadWalk()
    walk.read(id, closed: false, in: graph)
    return walk.slots
  }

  /// `closed`: the condition stands under a negation.
  mutating func read(_ id: ConditionID, closed: Bool, in graph: RuleGraph) {
    guard seen.insert(.condition(id, isClosed: closed)) else { return }
    switch graph[id] {
    case .constant: break
    case .all(let list), .any(let list), .atLeast(_, let list):
      for place in list.range { read(ConditionID(Int(graph.members[place])), closed: closed, in: graph) }
    case .not(let inner), .certainly(let inner): read(inner, closed: true, in: graph)
    case .member(let value, let mask): readMember(value, mask, closed: closed, in: graph)
    case .related(let first, let second, _), .compare(let first, _, let second):
      read(first, in: graph)
      read(second, in: graph)
    case .settled(_, let subject): read(subject, in: graph)
    case .includes(let slot, _): slots.sets.insert(slot)
    case .includesValue(let slot, let value, _):
      slots.sets.insert(slot)
      read(value, in: graph)
    case .exists(let rows): read(rows, closed: closed, in: graph)
    case .anyPoint(let slot, let window, let inner):
      read(slot, window, in: graph)
      read(inner, closed: true, in: graph)
    case .applies(let rules):
      for rule in graph.ruleIDs(rules) { note(.effective(rule), closed: closed) }
    case .concluded(let pattern):
      for test in graph.patterns[pattern.index].tests { for value in test.values { read(value, in: graph) } }
      for place in graph.placesMatching[pattern.index] { note(.conclusion(place), closed: closed) }
    }
  }

  /// A yes_no definition that is asked whether it holds is read like a condition; any other value is a closed edge.
  private mutating func readMember(_ value: ValueID, _ mask: MaskID, closed: Bool, in graph: RuleGraph) {
    let isYes = graph[mask].yes == TermSet(0)
    switch graph[value] {
    case .fact(let slot, let definition?) where isYes:
      slots.scalars.insert(slot)
      note(.definition(definition), closed: closed)
    case .definition(let definition) where isYes: note(.definition(definition), closed: closed)
    default: read(value, in: graph)
    }
  }

  mutating func read(_ id: ValueID, in graph: RuleGraph) {
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
      read(slot, window, in: graph)
    case .change(_, let slot, let window): read(slot, window, in: graph)
    case .aggregate(_, let rows, _), .countRows(let rows): read(rows, closed: true, in: graph)
    case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
      .divide(let first, let second):
      read(first, in: graph)
      read(second, in: graph)
    case .least(let list), .greatest(let list), .text(_, let list):
      for value in graph.valueIDs(list) { read(value, in: graph) }
    case .round(let value, _), .translated(let value, _): read(value, in: graph)
    }
  }

  /// Fields of bound rows are read wherever the rule is: when given rows change, so may they.
  mutating func readGivenRows(of rule: RuleNode, in graph: RuleGraph) {
    for relation in rule.relations {
      if case .given(let slot) = graph[relation].origin { slots.collections.insert(slot) }
    }
  }

  mutating func read(_ relation: RelationID, closed: Bool, in graph: RuleGraph) {
    switch graph[relation].origin {
    case .given(let slot): slots.collections.insert(slot)
    case .knowledge: break
    case .derived, .conclusions: note(.rows(relation), closed: closed)
    }
  }

  private mutating func read(_ id: RowsID, closed: Bool, in graph: RuleGraph) {
    let node = graph[id]
    read(node.relation, closed: closed, in: graph)
    for place in node.conditions.range {
      read(ConditionID(Int(graph.members[place])), closed: closed, in: graph)
    }
  }

  private mutating func read(_ slot: SeriesSlotID, _ window: WindowID?, in graph: RuleGraph) {
    slots.series.insert(slot)
    // Points after today do not exist yet, so every question to a series reads the day.
    slots.today = true
    if let window, case .since(let value) = graph[window] { read(value, in: graph) }
  }

  private mutating func read(_ subject: SettledSubject, in graph: RuleGraph) {
    switch subject {
    case .value(let value): read(value, in: graph)
    case .set(let slot): slots.sets.insert(slot)
    case .series(let slot): slots.series.insert(slot)
    case .collection(let slot): slots.collections.insert(slot)
    }
  }

  /// `closed`: through a closed edge.
  mutating func note(_ node: DependencyNode, closed: Bool) {
    let read = Read(node: node, isClosed: closed)
    if noted.insert(read, among: reads) { reads.append(read) }
  }
}

/// Reads that were noted: mostly so few that looking through them is faster than hashing.
private struct SeenReads {
  private var many: Set<Read> = []

  private static let limit = 24

  mutating func clear() { if !many.isEmpty { many = [] } }

  /// False: it was noted before.
  mutating func insert(_ read: Read, among reads: [Read]) -> Bool {
    guard reads.count >= Self.limit else { return !reads.contains(read) }
    if many.isEmpty { many = Set(reads) }
    return many.insert(read).inserted
  }
}

/// What was met on a walk: mostly so little that looking through it is faster than hashing.
private struct SeenNodes {
  private var few: ContiguousArray<ReadWalk.Seen> = []
  private var many: Set<ReadWalk.Seen> = []

  private static let limit = 24

  mutating func clear() {
    few.removeAll(keepingCapacity: true)
    if !many.isEmpty { many = [] }
  }

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
