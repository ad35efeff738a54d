import ClinicalValues

/// Finds out which conditions of a network columns can answer, and how.
struct ColumnQuestions: ~Copyable {
  private let graph: RuleGraph
  private let tables: RunTables
  private var nobody: Session
  /// How many relations show the rows of a collection.
  private var relationsOfSlot: [Int]

  init(_ graph: RuleGraph, _ tables: RunTables, _ today: Day) {
    self.graph = graph
    self.tables = tables
    nobody = Session(graph, today: today)
    nobody.run()
    relationsOfSlot = Array(repeating: 0, count: graph.collectionSlotCount)
    for given in tables.given { relationsOfSlot[given.slot.index] += 1 }
  }

  /// Conditions that read the same come together, so that they share words.
  static func order(_ atoms: [ConditionID], _ graph: RuleGraph) -> [Int] {
    let numbering = SlotNumbering(graph)
    let slots = atoms.map { numbering.numbers(ReadWalk.slots(of: $0, in: graph)).sorted() }
    return atoms.indices.sorted { first, second in
      if slots[first].lexicographicallyPrecedes(slots[second]) { return true }
      return slots[first] == slots[second] && first < second
    }
  }

  /// Nil: columns cannot answer it.
  mutating func ask(_ id: ConditionID, _ plan: inout ColumnPlan) -> ColumnAnswer? {
    let slots = ReadWalk.slots(of: id, in: graph)
    switch (slots.scalars.count, slots.sets.count, slots.series.count, slots.collections.count) {
    case (0, 0, 0, 0): return .constant(nobody.truth(id, .cautious))
    case (1, 0, 0, 0):
      guard let slot = slots.scalars.first, let field = plan.field() else { return nil }
      plan.scalars[slot.index].append(ColumnPlan.FactQuestion(condition: id, field: field))
      return .field(field, .itself)
    case (0, 1, 0, 0):
      guard let slot = slots.sets.first, let field = plan.field() else { return nil }
      plan.sets[slot.index].append(ColumnPlan.FactQuestion(condition: id, field: field))
      return .field(field, .itself)
    default: return askTable(id, &plan)
    }
  }

  private func askTable(_ id: ConditionID, _ plan: inout ColumnPlan) -> ColumnAnswer? {
    switch graph[id] {
    case .settled(let test, .series(let slot)):
      guard test != .none else { return .constant(.no) }
      guard let field = plan.series[slot.index].missing ?? plan.field() else { return nil }
      plan.series[slot.index].missing = field
      return .field(field, test == .unknown ? .itself : .negated)
    case .settled(let test, .collection(let slot)):
      guard test != .none else { return .constant(.no) }
      guard let field = plan.collections[slot.index].missing ?? plan.field() else { return nil }
      plan.collections[slot.index].missing = field
      return .field(field, test == .unknown ? .itself : .negated)
    case .anyPoint(let slot, let window, let inner):
      guard readsPointOnly(inner), isFixed(window) else { return nil }
      return points(slot, .window(window), inner, count: 1, &plan).map { .field($0, .itself) }
    case .exists(let rows): return rowsExist(rows, &plan)
    case .compare(let value, let comparator, let limit):
      guard let constant = graph.constant(limit),
        let number = PackedEstimate(graph.estimates[constant.index]).whole
      else { return nil }
      switch graph[value] {
      case .countPoints(let slot, let window):
        guard isFixed(window) else { return nil }
        return counted(comparator, number) { points(slot, .window(window), nil, count: $0, &plan) }
      case .countRows(let rows):
        return counted(comparator, number) { count in
          guard var question = rowQuestion(rows), question.joins.isEmpty, let field = plan.field(count: count) else {
            return nil
          }
          question.field = field
          return add(question, &plan) ? field : nil
        }
      default: return nil
      }
    default: return nil
    }
  }

  /// A comparison of how many there are: at least so many, or fewer.
  private func counted(
    _ comparator: Comparator, _ number: Int64, _ field: (Int) -> ColumnPlan.Field?
  ) -> ColumnAnswer? {
    guard number >= 0, number < 32, let limit = Int(exactly: number) else { return nil }
    func atLeast(_ count: Int, _ view: TruthEdge.View) -> ColumnAnswer? {
      if count == 0 { return .constant(view == .itself ? .yes : .no) }
      return field(count).map { .field($0, view) }
    }
    switch comparator {
    case .greaterOrEqual: return atLeast(limit, .itself)
    case .greater: return atLeast(limit + 1, .itself)
    case .less: return atLeast(limit, .negated)
    case .lessOrEqual: return atLeast(limit + 1, .negated)
    case .equal, .notEqual:
      let isEqual = comparator == .equal
      if limit == 0 { return atLeast(1, isEqual ? .negated : .itself) }
      guard let enough = field(limit), let tooMany = field(limit + 1) else { return nil }
      return .exactly(enough, butNot: tooMany, isNegated: !isEqual)
    }
  }

  // MARK: Series

  private func points(
    _ slot: SeriesSlotID, _ days: ColumnPlan.PointQuestion.Days, _ inner: ConditionID?, count: Int,
    _ plan: inout ColumnPlan
  ) -> ColumnPlan.Field? {
    guard let field = plan.field(count: count) else { return nil }
    plan.series[slot.index].questions.append(ColumnPlan.PointQuestion(days: days, inner: inner, field: field))
    return field
  }

  /// Whether a window begins on the same day for all patients.
  private func isFixed(_ window: WindowID?) -> Bool {
    guard let window, case .since(let start) = graph[window] else { return true }
    return columns(of: start)?.isEmpty == true
  }

  private func readsPointOnly(_ inner: ConditionID) -> Bool {
    guard graph.conditionComponent[inner.index] < 0, graph.variables(of: inner) & ~RuleGraph.pointBit == 0 else {
      return false
    }
    return ReadWalk.slots(of: inner, in: graph) == ReadWalk.slots(of: inner, in: graph).withoutFacts
  }

  // MARK: Rows

  private func rowsExist(_ id: RowsID, _ plan: inout ColumnPlan) -> ColumnAnswer? {
    guard var question = rowQuestion(id), let field = plan.field() else { return nil }
    question.field = field
    if !question.joins.isEmpty {
      guard let joined = plan.field() else { return nil }
      question.joined = joined
      for place in question.joins.indices {
        let join = question.joins[place]
        guard let any = points(SeriesSlotID(join.series), .any, join.inner, count: 1, &plan) else { return nil }
        question.joins[place].any = any
      }
    }
    return add(question, &plan) ? .field(question.joined ?? field, .itself) : nil
  }

  private func add(_ question: ColumnPlan.RowQuestion, _ plan: inout ColumnPlan) -> Bool {
    guard case .given(let slot) = graph[question.relation].origin else { return false }
    plan.collections[slot.index].questions.append(question)
    return true
  }

  private static let noField = ColumnPlan.Field(word: 0, shift: 0, count: 1)

  /// Nil: its rows are not given with the patient, or it asks what no single cell answers.
  private func rowQuestion(_ id: RowsID) -> ColumnPlan.RowQuestion? {
    let node = graph[id]
    guard case .given(let slot) = graph[node.relation].origin, relationsOfSlot[slot.index] == 1,
      graph[node.relation].width > 0
    else { return nil }
    var question = ColumnPlan.RowQuestion(
      relation: node.relation, variable: node.variable, tests: [], field: Self.noField)
    for condition in graph.conditionIDs(node.conditions) {
      if let join = join(condition, node) {
        question.joins.append(join)
      } else if let columns = columns(of: condition), columns.count == 1, let column = columns.first,
        graph.variables(of: condition) == 1 << UInt64(node.variable), column < graph[node.relation].width
      {
        question.tests.append((column, condition))
      } else {
        return nil
      }
    }
    guard question.joins.allSatisfy({ $0.column < graph[node.relation].width }) else { return nil }
    return question
  }

  private func join(_ id: ConditionID, _ rows: RowsNode) -> ColumnPlan.Join? {
    guard case .anyPoint(let slot, let window?, let inner) = graph[id], case .since(let start) = graph[window],
      case .field(rows.variable, let column) = graph[start], readsPointOnly(inner),
      graph[rows.relation].fulls.indices.contains(Int(column))
    else { return nil }
    let full = graph[rows.relation].fulls[Int(column)]
    return ColumnPlan.Join(
      series: slot.index, column: Int(column), inner: inner, full: full, any: Self.noField)
  }

  // MARK: What is read of a row

  /// The columns that a condition reads of rows; nil: it reads something else.
  private func columns(of id: ConditionID) -> Set<Int>? {
    switch graph[id] {
    case .constant: []
    case .all(let list), .any(let list), .atLeast(_, let list): union(graph.conditionIDs(list).map { columns(of: $0) })
    case .not(let inner), .certainly(let inner): columns(of: inner)
    case .member(let value, _), .settled(_, .value(let value)): columns(of: value)
    case .related(let first, let second, _), .compare(let first, _, let second):
      union([columns(of: first), columns(of: second)])
    case .settled, .includes, .includesValue, .exists, .anyPoint, .applies, .concluded: nil
    }
  }

  private func columns(of id: ValueID) -> Set<Int>? {
    switch graph[id] {
    case .constant, .today: []
    case .field(_, let column): [Int(column)]
    case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
      .divide(let first, let second):
      union([columns(of: first), columns(of: second)])
    case .least(let list), .greatest(let list): union(graph.valueIDs(list).map { columns(of: $0) })
    case .round(let inner, _), .translated(let inner, _): columns(of: inner)
    case .fact, .definition, .currentPoint, .point, .dateOf, .change, .aggregate, .countRows, .countPoints, .text: nil
    }
  }

  private func union(_ parts: [Set<Int>?]) -> Set<Int>? {
    var result: Set<Int> = []
    for part in parts {
      guard let part else { return nil }
      result.formUnion(part)
    }
    return result
  }
}

extension SlotSet {
  /// The same, but for the day.
  fileprivate var withoutFacts: SlotSet {
    var result = SlotSet()
    result.today = today
    return result
  }
}
