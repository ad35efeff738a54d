import ClinicalValues
import RuleEngine

/// A question about some row.
struct RowQuestion {
  enum Wanted {
    /// There is a row for which it is true.
    case isTrue
    /// There is a row for which it is not false.
    case isNotFalse
  }

  var wanted: Wanted
  var reading: Reading
}

/// A variable and the relation over whose rows it ranges.
struct BoundVariable {
  var variable: UInt8
  var relation: RelationID
}

/// Questions about rows: whether one exists for which something holds.
extension Encoder {
  mutating func exists(_ id: RowsID, _ reading: Reading, _ scopes: Scopes) -> TruthFormula {
    let rows = graph[id]
    func holds(_ encoder: inout Encoder, _ scopes: Scopes) -> TruthFormula {
      encoder.whereTruth(rows, reading, scopes)
    }
    let variables = [BoundVariable(variable: rows.variable, relation: rows.relation)]
    let isTrue = anyRow(variables[...], RowQuestion(wanted: .isTrue, reading: reading), scopes, holds)
    let isNotFalse = anyRow(variables[...], RowQuestion(wanted: .isNotFalse, reading: reading), scopes, holds)
    return TruthFormula(isTrue: isTrue, isFalse: store.not(isNotFalse))
  }

  private mutating func whereTruth(_ rows: RowsNode, _ reading: Reading, _ scopes: Scopes) -> TruthFormula {
    var truths: [TruthFormula] = []
    for condition in graph.conditionIDs(rows.conditions) { truths.append(truth(condition, reading, scopes)) }
    return store.all(truths)
  }

  // MARK: Some row of each relation

  /// Whether rows can be chosen, one of each relation, for which the question is answered as wanted.
  mutating func anyRow(
    _ variables: ArraySlice<BoundVariable>, _ question: RowQuestion, _ scopes: Scopes,
    _ holds: (inout Encoder, Scopes) -> TruthFormula
  ) -> FormulaID {
    guard let first = variables.first else {
      let truth = holds(&self, scopes)
      return question.wanted == .isTrue ? truth.isTrue : store.not(truth.isFalse)
    }
    let (variable, relation) = (first.variable, first.relation)
    let rest = variables.dropFirst()
    switch graph[relation].origin {
    case .given(let slot):
      let depth = scopes.depth(of: relation)
      let inner = anyRow(rest, question, scopes.binding(variable, to: .given(relation, depth: depth)), holds)
      let isGiven = literal(.rowsGiven(slot), TermSet(0))
      let someRow = existsRow(inner, relation, depth)
      let given = store.all([isGiven, someRow])
      if question.wanted == .isTrue { return given }
      let ghost = anyRow(rest, question, scopes.binding(variable, to: .ghost(relation)), holds)
      let isAbsent = store.not(isGiven)
      return store.any([given, store.all([isAbsent, ghost])])
    case .knowledge, .derived, .conclusions:
      guard let sources = fixedRows(relation, question.reading) else {
        let truth = open()
        return question.wanted == .isTrue ? truth.isTrue : store.not(truth.isFalse)
      }
      var choices: [FormulaID] = []
      for source in sources {
        let exists = question.wanted == .isTrue ? source.exists.isTrue : store.not(source.exists.isFalse)
        if exists == no { continue }
        let inner = anyRow(rest, question, scopes.binding(variable, to: source.scope), holds)
        choices.append(store.all([exists, inner]))
      }
      return store.any(choices)
    }
  }

  /// A row that is known but for whether it exists.
  private struct FixedRow {
    var scope: RowScope
    var exists: TruthFormula
  }

  /// The rows of a table, or those that rules without rows of their own conclude; nil: rows are not followed.
  private mutating func fixedRows(_ relation: RelationID, _ reading: Reading) -> [FixedRow]? {
    switch graph[relation].origin {
    case .given: return nil
    case .knowledge(let cells):
      let width = max(graph[relation].width, 1)
      return stride(from: 0, to: cells.count, by: width).map { start in
        let columns = cells[start..<min(start + width, cells.count)]
        let expressions = columns.map { Expression.constant(graph.estimates[$0.index]) }
        return FixedRow(scope: fixed(relation, expressions), exists: alwaysTrue)
      }
    case .derived: return derivedRows(relation, reading)
    case .conclusions(let kind): return concludedRows(relation, Int(kind), reading)
    }
  }

  private mutating func fixed(_ relation: RelationID, _ expressions: [Expression]) -> RowScope {
    fixedRows += 1
    return .fixed(relation, key: fixedRows, expressions)
  }

  private mutating func derivedRows(_ relation: RelationID, _ reading: Reading) -> [FixedRow]? {
    guard inProgress.insert(.rows(relation, reading)).inserted else { return nil }
    defer { inProgress.remove(.rows(relation, reading)) }
    var rows: [FixedRow] = []
    for index in graph.rules.indices {
      let rule = RuleNodeID(index)
      for derivation in graph[rule].derivations where derivation.relation == relation {
        guard graph[rule].relations.isEmpty, let columns = single(derivation.columns, reading) else { return nil }
        rows.append(FixedRow(scope: fixed(relation, columns), exists: applies(rule, reading)))
      }
    }
    return rows
  }

  private mutating func concludedRows(_ relation: RelationID, _ kind: Int, _ reading: Reading) -> [FixedRow]? {
    guard inProgress.insert(.rows(relation, reading)).inserted else { return nil }
    defer { inProgress.remove(.rows(relation, reading)) }
    var rows: [FixedRow] = []
    for place in graph.placesOfKind[kind] {
      guard graph[graph[place].rule].relations.isEmpty else { return nil }
      var columns = [ValueID?](repeating: nil, count: graph[relation].width)
      for field in graph[place].fields {
        // Whether such a field is there is a question of its own.
        if field.ifKnown { return nil }
        columns[Int(field.column)] = field.value
      }
      guard var expressions = single(columns, reading) else { return nil }
      if let last = expressions.indices.last {
        expressions[last] = .constant(graph.estimates[graph.ownerOfPlace[place.index].index])
      }
      rows.append(FixedRow(scope: fixed(relation, expressions), exists: stands(place, reading)))
    }
    return rows
  }

  /// The expressions of columns that each have only one; nil: some depend on what holds.
  private mutating func single(_ columns: [ValueID?], _ reading: Reading) -> [Expression]? {
    var expressions: [Expression] = []
    for column in columns {
      guard let column else {
        expressions.append(.constant(.none))
        continue
      }
      let found = alternatives(column, reading, .none)
      guard found.count == 1, let only = found.first else { return nil }
      expressions.append(only.expression)
    }
    return expressions
  }

  // MARK: The quantifier

  /// Moves "there is a row" inwards until each question is about one row alone.
  mutating func existsRow(_ formula: FormulaID, _ relation: RelationID, _ depth: Int) -> FormulaID {
    let key = QuantifiedKey(formula: formula, relation: relation, depth: depth)
    if let known = quantified[key] { return known }
    let result = moveInwards(formula, relation, depth)
    quantified[key] = result
    return result
  }

  private mutating func moveInwards(_ formula: FormulaID, _ relation: RelationID, _ depth: Int) -> FormulaID {
    guard formula != no else { return no }
    switch reach(formula, relation, depth) {
    case .outside: return store.all([formula, rowExists(relation, yes)])
    case .row: return rowExists(relation, depth == 0 ? formula : lifted(formula, relation, depth))
    case .both: break
    }
    switch store.node(formula) {
    case .any(let members):
      var parts: [FormulaID] = []
      for member in members { parts.append(existsRow(member, relation, depth)) }
      return store.any(parts)
    case .all(let members): return split(members, relation, depth)
    default: return openChoiceFormula()
    }
  }

  /// What does not speak of the row goes outside; alternatives that speak of both are taken one by one.
  private mutating func split(_ members: [FormulaID], _ relation: RelationID, _ depth: Int) -> FormulaID {
    var outside: [FormulaID] = []
    var row: [FormulaID] = []
    var mixed: [FormulaID] = []
    for member in members {
      switch reach(member, relation, depth) {
      case .outside: outside.append(member)
      case .row: row.append(member)
      case .both: mixed.append(member)
      }
    }
    guard let first = mixed.first else {
      let here = store.all(row)
      return store.all(outside + [existsRow(here, relation, depth)])
    }
    guard case .any(let choices) = store.node(first) else { return openChoiceFormula() }
    var parts: [FormulaID] = []
    for choice in choices {
      let branch = store.all(outside + row + mixed.dropFirst() + [choice])
      parts.append(existsRow(branch, relation, depth))
    }
    return store.any(parts)
  }

  private mutating func openChoiceFormula() -> FormulaID {
    let variable = space.openTruth(in: &store)
    return store.literal(variable, in: TermSet(1))
  }

  private enum Reach {
    case outside, row, both
  }

  private func reach(_ formula: FormulaID, _ relation: RelationID, _ depth: Int) -> Reach {
    var isInside = false
    var isOutside = false
    for variable in store.variables(of: formula) {
      if case .field(relation, depth, _) = space.subjects[variable.index] { isInside = true } else { isOutside = true }
    }
    return isInside ? (isOutside ? .both : .row) : .outside
  }

  /// Whether the collection has a row of which the formula holds.
  private mutating func rowExists(_ relation: RelationID, _ formula: FormulaID) -> FormulaID {
    literal(.rowExists(relation, formula), TermSet(1))
  }

  /// The same question about a row of depth 0.
  private mutating func lifted(_ formula: FormulaID, _ relation: RelationID, _ depth: Int) -> FormulaID {
    switch store.node(formula) {
    case .literal(let variable, let values):
      guard case .field(_, _, let column) = space.subjects[variable.index] else { return formula }
      return literal(.field(relation, depth: 0, column: column), values)
    case .all(let members): return store.all(lifted(members, relation, depth))
    case .any(let members): return store.any(lifted(members, relation, depth))
    default: return formula
    }
  }

  private mutating func lifted(_ members: [FormulaID], _ relation: RelationID, _ depth: Int) -> [FormulaID] {
    var lifted: [FormulaID] = []
    for member in members { lifted.append(self.lifted(member, relation, depth)) }
    return lifted
  }

  // MARK: Values of rows

  /// The value that all rows share, a look-up, a total.
  mutating func aggregate(
    _ id: ValueID, _ aggregate: Aggregate, _ rows: RowsID, _ column: Int, _ reading: Reading, _ scopes: Scopes
  ) -> [Alternative] {
    let node = graph[rows]
    if case .knowledge = graph[node.relation].origin {
      return lookUp(id, aggregate, node, column, reading, scopes)
    }
    let key = PatientSpace.ComputedKey(value: id, reading: reading, scopes: scopes.keys)
    let isNew = space.find(.computed(key)) == nil
    let values = isNew ? domain(node.relation, column, id) : []
    let variable = space.variable(.computed(key), values: values, in: &store)
    if isNew, case .given(let slot) = graph[node.relation].origin, scopes.rows.isEmpty {
      tie(variable, to: node, slot, aggregate == .only ? column : nil, reading)
    }
    return one(leaf(variable))
  }

  private func domain(_ relation: RelationID, _ column: Int, _ id: ValueID) -> [DomainValue] {
    guard let type = space.columnType(relation, column) else { return anything(id) }
    let full = graph.estimates[graph[relation].fulls[column].index]
    return space.values(type, relation, column) + [DomainValue(.none), DomainValue(full)]
  }

  /// What is known of a value that is computed from rows: without a row it is none, and the value of *the one row*
  /// is the value of that row.
  private mutating func tie(
    _ variable: VariableID, to rows: RowsNode, _ slot: CollectionSlotID, _ column: Int?, _ reading: Reading
  ) {
    let isGiven = literal(.rowsGiven(slot), TermSet(0))
    let scope = RowScope.given(rows.relation, depth: 0)
    let holds = whereTruth(rows, reading, Scopes.none.binding(rows.variable, to: scope))
    let mayHold = store.not(holds.isFalse)
    let hasCandidate = existsRow(mayHold, rows.relation, 0)
    let domain = space.domains[variable.index]
    let noneIndices = domain.indices.filter { domain[$0].estimate.isNone }
    let isNone = store.literal(variable, in: TermSet(noneIndices))
    let hasNone = store.all([isGiven, store.not(hasCandidate)])
    // Without candidates it is none, and no other way of being none is left out of account.
    constrain(variable, store.any([store.not(hasNone), isNone]))
    let unknownIndices = domain.indices.filter { domain[$0].estimate.isUnknown }
    let isUnknown = store.literal(variable, in: TermSet(unknownIndices))
    let ghost = whereTruth(rows, reading, Scopes.none.binding(rows.variable, to: .ghost(rows.relation)))
    constrain(variable, store.any([isGiven, ghost.isFalse, isUnknown]))
    guard let column else { return }
    for index in domain.indices where domain[index].estimate.isKnown {
      let field = space.variable(.field(rows.relation, depth: 0, column: column), in: &store)
      let here = store.literal(field, in: TermSet(index))
      let found = existsRow(store.all([holds.isTrue, here]), rows.relation, 0)
      let other = existsRow(store.all([mayHold, store.not(here)]), rows.relation, 0)
      let isValue = store.literal(variable, in: TermSet(index))
      let shown = store.all([isGiven, found, store.not(other)])
      constrain(variable, store.any([store.not(isValue), shown]))
      constrain(variable, store.any([store.not(shown), isValue]))
    }
  }

  mutating func countRows(_ id: ValueID, _ rows: RowsID, _ reading: Reading, _ scopes: Scopes) -> [Alternative] {
    one(computed(id, reading, scopes))
  }

  /// A column of the one row of a table: each row, when its conditions are true.
  private mutating func lookUp(
    _ id: ValueID, _ aggregate: Aggregate, _ rows: RowsNode, _ column: Int, _ reading: Reading, _ scopes: Scopes
  ) -> [Alternative] {
    guard aggregate == .lookUp, let sources = fixedRows(rows.relation, reading) else {
      return one(computed(id, reading, scopes))
    }
    var found: [Alternative] = []
    var sure: [FormulaID] = []
    for source in sources {
      guard case .fixed(_, _, let columns) = source.scope, columns.indices.contains(column) else { continue }
      let holds = whereTruth(rows, reading, scopes.binding(rows.variable, to: source.scope))
      if holds.isTrue == no { continue }
      sure.append(holds.isTrue)
      found.append(Alternative(when: holds.isTrue, expression: columns[column]))
    }
    let full = graph.estimates[graph[rows.relation].fulls[column].index]
    let nothing = store.not(store.any(sure))
    return merged(found) + [Alternative(when: nothing, expression: .constant(full))]
  }

  /// Equal constants are one alternative.
  private mutating func merged(_ alternatives: [Alternative]) -> [Alternative] {
    var order: [Estimate] = []
    var guards: [Estimate: [FormulaID]] = [:]
    var others: [Alternative] = []
    for alternative in alternatives {
      guard case .constant(let estimate) = alternative.expression else {
        others.append(alternative)
        continue
      }
      if guards[estimate] == nil { order.append(estimate) }
      guards[estimate, default: []].append(alternative.when)
    }
    return order.map { estimate in
      Alternative(when: store.any(guards[estimate] ?? []), expression: .constant(estimate))
    } + others
  }
}
