import ClinicalValues

/// What today can change of the answers to conditions and values, besides what rules and definitions say.
///
/// Each is asked as it stands, or once for each row that its one variable may be bound to.
package struct TimeReaders: Sendable {
  /// The row variable that something reads; nil: none.
  struct Variable: Hashable, Sendable {
    var number: UInt8
    var relation: RelationID
  }

  struct Question: Hashable, Sendable {
    enum Subject: Hashable, Sendable {
      case condition(ConditionID)
      case value(ValueID)
      case points(SeriesSlotID, WindowID?)
    }

    var subject: Subject
    var variable: Variable?
  }

  private(set) var questions: [Question] = []
  /// Whether that is all: something that reads two rows at once is not followed.
  package private(set) var isComplete = true

  /// `askedBesides`: closed conditions that somebody asks though no rule does.
  package init(_ graph: RuleGraph, askedBesides others: [ConditionID]) {
    var walk = TimeWalk(graph)
    for condition in others { walk.visit(condition, []) }
    for definition in graph.definitions { walk.visit(definition) }
    for index in graph.rules.indices { walk.visit(graph.rules[index]) }
    for index in graph.places.indices {
      let relations = graph.rules[graph.places[index].rule.index].relations
      for field in graph.places[index].fields { walk.visit(field.value, relations) }
    }
    for index in graph.rules.indices {
      for pattern in graph.rules[index].overriddenPatterns {
        for value in graph[pattern].tests.flatMap(\.values) { walk.visit(value, graph.rules[index].relations) }
      }
    }
    questions = walk.questions
    isComplete = walk.isComplete
  }
}

/// Walks all that is asked, with the relations that its variables are bound to.
private struct TimeWalk {
  let graph: RuleGraph
  private(set) var questions: [TimeReaders.Question] = []
  private(set) var isComplete = true
  /// By condition and by value: the relations under which it was visited, nearly always none or the same.
  private var visitsOfCondition: [[[RelationID?]]]
  private var visitsOfValue: [[[RelationID?]]]
  /// The same: the variables for which it is asked.
  private var askedOfCondition: [[TimeReaders.Variable?]]
  private var askedOfValue: [[TimeReaders.Variable?]]
  private var askedOfPoints: [TimeReaders.Question] = []

  /// Nil: not found out yet.
  private var conditions: [Bool?]
  private var values: [Bool?]

  init(_ graph: RuleGraph) {
    self.graph = graph
    conditions = Array(repeating: nil, count: graph.conditions.count)
    values = Array(repeating: nil, count: graph.values.count)
    visitsOfCondition = Array(repeating: [], count: graph.conditions.count)
    visitsOfValue = Array(repeating: [], count: graph.values.count)
    askedOfCondition = Array(repeating: [], count: graph.conditions.count)
    askedOfValue = Array(repeating: [], count: graph.values.count)
  }

  /// False: it was there before.
  private static func note<Item: Equatable>(_ item: Item, in items: inout [Item]) -> Bool {
    guard !items.contains(item) else { return false }
    items.append(item)
    return true
  }

  // MARK: Who reads the day itself, not through a rule or a definition

  private mutating func readsToday(_ id: ConditionID) -> Bool {
    if let known = conditions[id.index] { return known }
    let reads: Bool =
      switch graph[id] {
      case .constant, .applies, .includes: false
      case .all(let list), .any(let list), .atLeast(_, let list):
        graph.conditionIDs(list).contains { readsToday($0) }
      case .not(let inner), .certainly(let inner): readsToday(inner)
      case .member(let value, _), .settled(_, .value(let value)), .includesValue(_, let value, _): readsToday(value)
      case .settled: false
      case .related(let first, let second, _), .compare(let first, _, let second):
        readsToday(first) || readsToday(second)
      case .exists(let rows): graph.conditionIDs(graph[rows].conditions).contains { readsToday($0) }
      // Points after today do not exist yet.
      case .anyPoint: true
      case .concluded(let pattern): graph[pattern].tests.contains { $0.values.contains { readsToday($0) } }
      }
    conditions[id.index] = reads
    return reads
  }

  private mutating func readsToday(_ id: ValueID) -> Bool {
    if let known = values[id.index] { return known }
    let reads: Bool =
      switch graph[id] {
      case .constant, .currentPoint, .fact, .definition, .field: false
      case .today, .point, .dateOf, .countPoints, .change: true
      case .aggregate(_, let rows, _), .countRows(let rows):
        graph.conditionIDs(graph[rows].conditions).contains { readsToday($0) }
      case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
        .divide(let first, let second):
        readsToday(first) || readsToday(second)
      case .least(let list), .greatest(let list), .text(_, let list):
        graph.valueIDs(list).contains { readsToday($0) }
      case .round(let value, _), .translated(let value, _): readsToday(value)
      }
    values[id.index] = reads
    return reads
  }

  // MARK: What is asked of them

  mutating func visit(_ definition: DefinitionNode) {
    switch definition.form {
    case .means(let condition): visit(condition, [])
    case .value(let value): visit(value, [])
    case .first(let clauses):
      for clause in clauses {
        if let condition = clause.condition { visit(condition, []) }
        visit(clause.value, [])
      }
    case .agree(let values): for value in values { visit(value, []) }
    }
  }

  mutating func visit(_ rule: RuleNode) {
    visit(rule.scope, [])
    for condition in rule.conditions { visit(condition, rule.relations) }
    if let unless = rule.unless { visit(unless, rule.relations) }
    for derivation in rule.derivations {
      for case let value? in derivation.columns { visit(value, rule.relations) }
    }
  }

  mutating func visit(_ id: ConditionID, _ relations: [RelationID?]) {
    guard readsToday(id), Self.note(relations, in: &visitsOfCondition[id.index]) else { return }
    switch graph[id] {
    case .constant, .applies, .includes: return
    case .concluded(let pattern): for value in graph[pattern].tests.flatMap(\.values) { visit(value, relations) }
    case .all(let list), .any(let list), .atLeast(_, let list):
      for inner in graph.conditionIDs(list) { visit(inner, relations) }
      return
    case .not(let inner), .certainly(let inner): return visit(inner, relations)
    case .member(let value, _), .settled(_, .value(let value)), .includesValue(_, let value, _): visit(value, relations)
    case .settled: return
    case .related(let first, let second, _), .compare(let first, _, let second):
      visit(first, relations)
      visit(second, relations)
    case .exists(let rows): visit(rows, relations)
    case .anyPoint(let slot, let window, let inner):
      visit(slot, window, relations)
      visit(inner, relations)
    }
    ask(.condition(id), graph.variables(of: id), relations)
  }

  mutating func visit(_ id: ValueID, _ relations: [RelationID?]) {
    guard readsToday(id), Self.note(relations, in: &visitsOfValue[id.index]) else { return }
    switch graph[id] {
    case .constant, .currentPoint, .today, .fact, .definition, .field: return
    case .point(_, let slot, let window), .dateOf(_, let slot, let window), .countPoints(let slot, let window):
      visit(slot, window, relations)
    case .change(_, let slot, let window): visit(slot, window, relations)
    case .aggregate(_, let rows, _), .countRows(let rows): visit(rows, relations)
    case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
      .divide(let first, let second):
      visit(first, relations)
      visit(second, relations)
    case .least(let list), .greatest(let list), .text(_, let list):
      for value in graph.valueIDs(list) { visit(value, relations) }
    case .round(let value, _), .translated(let value, _): visit(value, relations)
    }
    ask(.value(id), graph.variables(of: id), relations)
  }

  private mutating func visit(_ slot: SeriesSlotID, _ window: WindowID?, _ relations: [RelationID?]) {
    var variables: UInt64 = 0
    if let window, case .since(let value) = graph[window] {
      visit(value, relations)
      variables = graph.variables(of: value)
    }
    ask(.points(slot, window), variables, relations)
  }

  private mutating func visit(_ id: RowsID, _ relations: [RelationID?]) {
    let rows = graph[id]
    var inner = relations
    while inner.count <= Int(rows.variable) { inner.append(nil) }
    inner[Int(rows.variable)] = rows.relation
    for condition in graph.conditionIDs(rows.conditions) { visit(condition, inner) }
  }

  private mutating func ask(
    _ subject: TimeReaders.Question.Subject, _ variables: UInt64, _ relations: [RelationID?]
  ) {
    var question = TimeReaders.Question(subject: subject, variable: nil)
    let rows = variables & ~RuleGraph.pointBit
    if rows != 0 {
      let number = rows.trailingZeroBitCount
      guard rows.nonzeroBitCount == 1, relations.indices.contains(number), let relation = relations[number] else {
        isComplete = false
        return
      }
      question.variable = TimeReaders.Variable(number: UInt8(number), relation: relation)
    }
    // What is asked of the point in hand is part of the question that goes over the points.
    guard variables & RuleGraph.pointBit == 0, isNew(question) else { return }
    questions.append(question)
  }

  private mutating func isNew(_ question: TimeReaders.Question) -> Bool {
    switch question.subject {
    case .condition(let id): Self.note(question.variable, in: &askedOfCondition[id.index])
    case .value(let id): Self.note(question.variable, in: &askedOfValue[id.index])
    case .points: Self.note(question, in: &askedOfPoints)
    }
  }
}

extension Session {
  /// How everything stands that today can change by itself: while this and the answers of rules and definitions are the
  /// same on another day, so is everything that can be asked of the session, but for dates and lengths of time.
  package mutating func timeSignature(_ readers: TimeReaders) -> [UInt8] {
    var signature: [UInt8] = []
    signature.reserveCapacity(4 * readers.questions.count)
    for question in readers.questions {
      guard let variable = question.variable else {
        sign(question.subject, &signature)
        continue
      }
      let outer = bindings[Int(variable.number)]
      for row in 0..<relations[variable.relation.index].count {
        bindings[Int(variable.number)] = Binding(relation: variable.relation.raw, row: row)
        sign(question.subject, &signature)
      }
      bindings[Int(variable.number)] = outer
    }
    return signature
  }

  private mutating func sign(_ subject: TimeReaders.Question.Subject, _ signature: inout [UInt8]) {
    switch subject {
    case .condition(let id):
      signature.append(truth(id, .cautious).rawValue << 2 | truth(id, .presuming).rawValue)
    case .value(let id):
      for reading in Reading.allCases {
        let estimate = estimate(id, reading)
        signature.append(estimate.isNone ? 0 : estimate.isUnknown ? 1 : 2)
      }
    case .points(let slot, let window):
      for reading in Reading.allCases { signature += memberships(slot, window, reading).map(\.rawValue) }
    }
  }
}
