import ClinicalValues
import GuidelineCompiler
import RuleEngine

/// Walks a rule graph and collects the cuts.
///
/// A comparison is followed from the constant on one side through sums, differences, products and definitions to the
/// input on the other.
struct CutCollector {
  let graph: RuleGraph
  let today: Rational
  var cuts = Cuts()
  var flowed: [FlowKey: Set<Rational>] = [:]
  var flowedTexts: [FlowKey: Set<TextID>] = [:]
  /// The relation of each variable that is bound where the walk stands.
  var relations: [UInt8: RelationID] = [:]
  var currentSeries: SeriesSlotID?
  private var seen: Set<Visit> = []

  private struct Visit: Hashable {
    var condition: ConditionID
    var relations: [UInt8: RelationID]
    var series: SeriesSlotID?
  }

  init(graph: RuleGraph, today: Day) {
    self.graph = graph
    self.today = today.rational
  }

  /// Everything that can be asked of a program: parts of conditions that decide nothing have their cuts too.
  mutating func collect() -> Cuts {
    for index in graph.rules.indices { walk(graph.rules[index]) }
    relations = [:]
    for index in graph.conditions.indices where graph.isClosed(ConditionID(index)) { walk(ConditionID(index)) }
    for index in graph.values.indices where graph.isClosed(ValueID(index)) { visit(ValueID(index)) }
    for definition in graph.definitions {
      guard case .agree(let values) = definition.form else { continue }
      for (index, second) in values.enumerated() { for first in values.prefix(index) { compare(first, second) } }
    }
    for index in graph.patterns.indices { walk(PatternID(index)) }
    return cuts
  }

  private mutating func walk(_ rule: RuleNode) {
    bind(rule)
    for condition in rule.conditions { walk(condition) }
    if let unless = rule.unless { walk(unless) }
    for place in rule.places { for field in graph[place].fields { visit(field.value) } }
    for derivation in rule.derivations { for case let column? in derivation.columns { visit(column) } }
  }

  /// Binds the variables of a rule, and nothing else.
  mutating func bind(_ rule: RuleNode) {
    relations = [:]
    for (index, relation) in rule.relations.enumerated() { relations[UInt8(truncatingIfNeeded: index)] = relation }
  }

  /// The fields of the conclusions that a pattern may match are compared with what it asks for.
  private mutating func walk(_ id: PatternID) {
    for place in graph.placesMatching[id.index] {
      bind(graph[graph[place].rule])
      for test in graph[id].tests {
        guard let field = graph[place].fields.first(where: { $0.column == test.column }) else { continue }
        for value in test.values where graph.isClosed(value) { compare(field.value, value) }
      }
    }
    relations = [:]
  }

  private mutating func walk(_ id: ConditionID) {
    guard seen.insert(Visit(condition: id, relations: relations, series: currentSeries)).inserted else { return }
    switch graph[id] {
    case .constant, .applies, .concluded: break
    case .all(let list), .any(let list), .atLeast(_, let list):
      for inner in graph.conditionIDs(list) { walk(inner) }
    case .not(let inner), .certainly(let inner): walk(inner)
    case .member(let value, _): visit(value)
    case .related(let first, let second, _):
      visit(first)
      visit(second)
    case .compare(let first, _, let second): compare(first, second)
    case .settled(_, let subject): if case .value(let value) = subject { visit(value) }
    case .includes(let slot, let mask): cuts.setMasks[slot, default: []].insert(graph[mask])
    case .includesValue(let slot, let value, _):
      cuts.openSets.insert(slot)
      visit(value)
    case .exists(let rows): walk(rows)
    case .anyPoint(let slot, let window, let inner):
      cuts.manyPoints.insert(slot)
      visit(slot, window)
      let outer = currentSeries
      currentSeries = slot
      walk(inner)
      currentSeries = outer
    }
  }

  private mutating func walk(_ id: RowsID) {
    let rows = graph[id]
    let outer = relations
    relations[rows.variable] = rows.relation
    for condition in graph.conditionIDs(rows.conditions) { walk(condition) }
    relations = outer
  }

  private mutating func compare(_ first: ValueID, _ second: ValueID) {
    visit(first)
    visit(second)
    compareTexts(first, second)
    let left = constants(first)
    let right = constants(second)
    flow(first, right ?? [])
    flow(second, left ?? [])
    guard left == nil, right == nil else { return }
    // Two inputs are compared with each other: a few values of each make every order possible.
    for days in [20, 10] as [Int64] {
      guard let day = today.subtracting(Rational(days)) else { continue }
      flow(first, [day])
      flow(second, [day])
    }
  }

  // MARK: Values

  /// Follows the rows, windows and conditions inside a value.
  private mutating func visit(_ id: ValueID) {
    switch graph[id] {
    case .constant, .today, .fact, .definition, .field, .currentPoint: break
    case .point(let pick, let slot, let window), .dateOf(let pick, let slot, let window):
      if pick != .latest { cuts.manyPoints.insert(slot) }
      visit(slot, window)
    case .change(_, let slot, let window):
      cuts.manyPoints.insert(slot)
      visit(slot, window)
    case .countPoints(let slot, let window):
      cuts.manyPoints.insert(slot)
      visit(slot, window)
    case .aggregate(_, let rows, _), .countRows(let rows): walk(rows)
    case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
      .divide(let first, let second):
      visit(first)
      visit(second)
    case .least(let list), .greatest(let list), .text(_, let list):
      for inner in graph.valueIDs(list) { visit(inner) }
    case .round(let inner, _), .translated(let inner, _): visit(inner)
    }
  }

  private mutating func visit(_ slot: SeriesSlotID, _ window: WindowID?) {
    guard let window else { return }
    switch graph[window] {
    case .within(let length):
      if let days = number(length), let day = today.subtracting(days) { cuts.pointDays[slot, default: []].insert(day) }
    case .since(let start):
      for day in constants(start) ?? [] { cuts.pointDays[slot, default: []].insert(day) }
      flow(start, [today])
    }
  }

  func number(_ id: EstimateID) -> Rational? {
    guard case .interval(let interval) = graph.estimates[id.index].values else { return nil }
    return interval.single
  }

  /// What a value without inputs may be; nil: it has inputs.
  func constants(_ id: ValueID) -> Set<Rational>? {
    switch graph[id] {
    case .field(let variable, let column):
      return relations[variable].flatMap { cells($0, Int(column)) }.map { Set($0.compactMap(number)) }
    case .constant(let estimate): return number(estimate).map { [$0] } ?? []
    case .today: return [today]
    case .definition(let definition): return constants(definition)
    case .add(let first, let second): return combine(first, second) { $0.adding($1) }
    case .subtract(let first, let second): return combine(first, second) { $0.subtracting($1) }
    case .multiply(let first, let second): return combine(first, second) { $0.multiplied(by: $1) }
    case .divide(let first, let second): return combine(first, second) { $0.divided(by: $1) }
    case .round(let inner, _): return constants(inner)
    case .least(let list), .greatest(let list):
      var all: Set<Rational> = []
      for inner in graph.valueIDs(list) {
        guard let some = constants(inner) else { return nil }
        all.formUnion(some)
      }
      return all
    default: return nil
    }
  }

  /// The cells of a column of a knowledge table; nil: the rows are not known.
  func cells(_ relation: RelationID, _ column: Int) -> [EstimateID]? {
    guard case .knowledge(let cells) = graph[relation].origin else { return nil }
    return stride(from: column, to: cells.count, by: max(graph[relation].width, 1)).map { cells[$0] }
  }

  private func constants(_ id: DefinitionNodeID) -> Set<Rational>? {
    switch graph[id].form {
    case .value(let value): return constants(value)
    case .first(let clauses):
      var all: Set<Rational> = []
      for clause in clauses {
        guard let some = constants(clause.value) else { return nil }
        all.formUnion(some)
      }
      return all
    case .means, .agree: return nil
    }
  }

  private func combine(
    _ first: ValueID, _ second: ValueID, _ operation: (Rational, Rational) -> Rational?
  ) -> Set<Rational>? {
    guard let left = constants(first), let right = constants(second), left.count * right.count <= 4096 else {
      return nil
    }
    return Set(left.flatMap { one in right.compactMap { operation(one, $0) } })
  }
}
