import ClinicalValues
import GuidelineCompiler
import RuleEngine

/// The numbers with which a program compares each of its inputs.
struct Cuts {
  var scalars: [ScalarSlotID: Set<Rational>] = [:]
  var columns: [Column: Set<Rational>] = [:]
  var pointValues: [SeriesSlotID: Set<Rational>] = [:]
  /// Day numbers on which an answer about the days of a series changes.
  var pointDays: [SeriesSlotID: Set<Rational>] = [:]
  /// Series of which more than the latest point is asked.
  var manyPoints: Set<SeriesSlotID> = []
  /// Values that are computed in a way that is not followed: of themselves.
  var computed: [ValueID: Set<Rational>] = [:]
  /// Terms that are told apart in a set: each mask is a question.
  var setMasks: [SetSlotID: Set<Mask>] = [:]
  /// Sets that are asked for values of other facts: every term counts.
  var openSets: Set<SetSlotID> = []
  var texts: Set<TextID> = []

  /// A column of the rows of a relation.
  struct Column: Hashable {
    var relation: RelationID
    var column: Int
  }
}

extension Cuts {
  /// Those of everything that the program asks.
  init(_ program: Program, today: Day) {
    var collector = CutCollector(graph: program.graph, today: today)
    self = collector.collect(extra: program.sourceMap.invariants.map(\.node))
  }
}

/// Walks a rule graph and collects the cuts.
///
/// A comparison is followed from the constant on one side through sums, differences, products and definitions to the
/// input on the other.
struct CutCollector {
  let graph: RuleGraph
  let today: Rational
  private(set) var cuts = Cuts()
  private var seen: Set<Visit> = []
  private var flowed: [ValueID: Set<Rational>] = [:]
  /// The relation of each variable that is bound where the walk stands.
  private var relations: [UInt8: RelationID] = [:]
  private var currentSeries: SeriesSlotID?

  private struct Visit: Hashable {
    var condition: ConditionID
    var relations: [UInt8: RelationID]
    var series: SeriesSlotID?
  }

  init(graph: RuleGraph, today: Day) {
    self.graph = graph
    self.today = today.rational
  }

  mutating func collect(extra conditions: [ConditionID]) -> Cuts {
    for definition in graph.definitions {
      switch definition.form {
      case .means(let condition): walk(condition)
      case .value, .agree: break
      case .first(let clauses): for clause in clauses { if let condition = clause.condition { walk(condition) } }
      }
    }
    for rule in graph.rules {
      relations = [:]
      for (index, relation) in rule.relations.enumerated() { relations[UInt8(truncatingIfNeeded: index)] = relation }
      walk(rule.scope)
      for condition in rule.conditions { walk(condition) }
      if let unless = rule.unless { walk(unless) }
    }
    relations = [:]
    for condition in conditions { walk(condition) }
    return cuts
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
    case .constant(let estimate):
      if case .text(let text) = graph.estimates[estimate.index].values { cuts.texts.insert(text) }
    case .today, .fact, .definition, .field, .currentPoint: break
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

  private func number(_ id: EstimateID) -> Rational? {
    guard case .interval(let interval) = graph.estimates[id.index].values else { return nil }
    return interval.single
  }

  /// What a value without inputs may be; nil: it has inputs.
  private func constants(_ id: ValueID) -> Set<Rational>? {
    switch graph[id] {
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
    guard let left = constants(first), let right = constants(second), left.count * right.count <= 64 else { return nil }
    return Set(left.flatMap { one in right.compactMap { operation(one, $0) } })
  }

  // MARK: From a comparison to the input

  private mutating func flow(_ id: ValueID, _ targets: Set<Rational>) {
    let new = targets.subtracting(flowed[id] ?? [])
    guard !new.isEmpty else { return }
    flowed[id, default: []].formUnion(new)
    switch graph[id] {
    case .constant, .today, .text, .translated: break
    case .fact(let slot, let definition):
      cuts.scalars[slot, default: []].formUnion(new)
      if let definition { flow(definition, new) }
    case .definition(let definition): flow(definition, new)
    case .field(let variable, let column):
      if let relation = relations[variable] {
        cuts.columns[Cuts.Column(relation: relation, column: Int(column)), default: []].formUnion(new)
      }
      flowed[id] = nil
    case .currentPoint:
      if let currentSeries { cuts.pointValues[currentSeries, default: []].formUnion(new) }
      flowed[id] = nil
    case .point(_, let slot, _): cuts.pointValues[slot, default: []].formUnion(new)
    case .dateOf(_, let slot, _): cuts.pointDays[slot, default: []].formUnion(new)
    case .change, .countPoints, .countRows: cuts.computed[id, default: []].formUnion(new)
    case .aggregate(_, let rows, let column):
      cuts.computed[id, default: []].formUnion(new)
      cuts.columns[Cuts.Column(relation: graph[rows].relation, column: Int(column)), default: []].formUnion(new)
    case .add(let first, let second):
      flow(first, new, second) { $0.subtracting($1) }
      flow(second, new, first) { $0.subtracting($1) }
    case .subtract(let first, let second):
      flow(first, new, second) { $0.adding($1) }
      flow(second, new, first) { $1.subtracting($0) }
    case .multiply(let first, let second):
      flow(first, new, second) { $0.divided(by: $1) }
      flow(second, new, first) { $0.divided(by: $1) }
    case .divide(let first, let second):
      flow(first, new, second) { $0.multiplied(by: $1) }
      flow(second, new, first) { $1.divided(by: $0) }
    case .least(let list), .greatest(let list): for inner in graph.valueIDs(list) { flow(inner, new) }
    case .round(let inner, let step):
      let half = number(step)?.divided(by: Rational(2))
      flow(inner, Set(new.flatMap { target in [target] + [half].compactMap { $0.flatMap { target.subtracting($0) } } }))
    }
  }

  /// The other operand is taken away again, as far as it is a constant.
  private mutating func flow(
    _ id: ValueID, _ targets: Set<Rational>, _ other: ValueID, _ inverse: (Rational, Rational) -> Rational?
  ) {
    guard let others = constants(other), others.count * targets.count <= 256 else { return flow(id, targets) }
    flow(id, Set(targets.flatMap { target in others.compactMap { inverse(target, $0) } }))
  }

  private mutating func flow(_ definition: DefinitionNodeID, _ targets: Set<Rational>) {
    switch graph[definition].form {
    case .means: break
    case .value(let value): flow(value, targets)
    case .first(let clauses): for clause in clauses { flow(clause.value, targets) }
    case .agree(let values): for value in values { flow(value, targets) }
    }
  }
}
