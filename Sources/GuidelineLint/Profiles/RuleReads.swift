internal import RuleEngine

/// What conditions look at, through names, rows and arithmetic.
///
/// Whether something is known does not count: who only asks that has not looked at the value. Neither does what other
/// rules conclude.
struct RuleReads {
  let graph: RuleGraph
  private(set) var values: Set<ValueID> = []
  /// Series of which a value is read, not only a date.
  private(set) var series: Set<SeriesSlotID> = []
  private var conditions: Set<ConditionID> = []

  init(_ graph: RuleGraph) { self.graph = graph }

  /// Conditions and `unless` of a rule; `fields`: what it states besides.
  init(_ rule: RuleNodeID, in graph: RuleGraph, fields: Bool = false) {
    self.graph = graph
    for condition in graph[rule].conditions { read(condition) }
    if let unless = graph[rule].unless { read(unless) }
    guard fields else { return }
    for place in graph[rule].places { for field in graph[place].fields { read(field.value) } }
  }

  mutating func read(_ id: ConditionID) {
    guard conditions.insert(id).inserted else { return }
    switch graph[id] {
    case .constant, .settled, .includes, .applies, .concluded: break
    case .all(let list), .any(let list), .atLeast(_, let list):
      for inner in graph.conditionIDs(list) { read(inner) }
    case .not(let inner), .certainly(let inner): read(inner)
    case .member(let value, _), .includesValue(_, let value, _): read(value)
    case .related(let first, let second, _), .compare(let first, _, let second):
      read(first)
      read(second)
    case .exists(let rows): read(rows)
    case .anyPoint(let slot, _, let inner):
      series.insert(slot)
      read(inner)
    }
  }

  mutating func read(_ id: ValueID) {
    guard values.insert(id).inserted else { return }
    switch graph[id] {
    case .constant, .today, .field, .currentPoint, .dateOf, .countPoints: break
    case .fact(_, let definition): if let definition { read(definition) }
    case .definition(let definition): read(definition)
    case .point(_, let slot, _), .change(_, let slot, _): series.insert(slot)
    case .aggregate(_, let rows, _), .countRows(let rows): read(rows)
    case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
      .divide(let first, let second):
      read(first)
      read(second)
    case .least(let list), .greatest(let list), .text(_, let list): for inner in graph.valueIDs(list) { read(inner) }
    case .round(let inner, _), .translated(let inner, _): read(inner)
    }
  }

  private mutating func read(_ id: RowsID) { for inner in graph.conditionIDs(graph[id].conditions) { read(inner) } }

  private mutating func read(_ id: DefinitionNodeID) {
    switch graph[id].form {
    case .means(let condition): read(condition)
    case .value(let value): read(value)
    case .agree(let list): for value in list { read(value) }
    case .first(let clauses):
      for clause in clauses {
        if let condition = clause.condition { read(condition) }
        read(clause.value)
      }
    }
  }
}
