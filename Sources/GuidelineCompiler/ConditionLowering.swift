import ClinicalValues
import GuidelineModel
import GuidelineSyntax
import RuleEngine

extension Lowering {
  /// All of the conditions; nil is always true.
  mutating func lower(_ condition: Condition?, or constant: Truth) -> ConditionID {
    guard let condition else { return builder.constant(constant) }
    return lower(condition).node
  }

  /// Translates a condition and remembers what each of its parts became.
  mutating func lower(_ condition: Condition) -> ConditionTrace {
    switch condition.form {
    case .constant(let truth): return trace(builder.constant(truth), condition)
    case .group(let kind, let members): return lower(kind, members, condition)
    case .not(let inner):
      let child = lower(inner)
      return trace(builder.not(child.node), condition, children: [child])
    case .isTerm(let value, let operands):
      let left = trace(value)
      return trace(isTerm(left.node, value.type, operands), condition, values: dynamic(operands, behind: left))
    case .isEqual(let value, let others): return lowerEqual(value, others, condition)
    case .compare(let first, let comparator, let second):
      let left = trace(first)
      let right = trace(second)
      return trace(compare(left.node, comparator, right.node), condition, values: [left, right])
    case .isKnown(let subject): return lower(.known, subject, condition)
    case .isUnknown(let subject): return lower(.unknown, subject, condition)
    case .isNone(let subject): return lower(.none, subject, condition)
    case .isKnownToBe(let value, let operands):
      let left = trace(value)
      let known = builder.condition(.settled(.known, .value(left.node)))
      let both = builder.all([known, isOneOf(left.node, value.type, operands)])
      return trace(builder.condition(.certainly(both)), condition, values: dynamic(operands, behind: left))
    case .includes(let set, let quantifier, let operands):
      return trace(includes(set, quantifier, operands), condition, values: dynamic(operands))
    case .exists(let rows): return lowerExists(rows, condition)
    case .anyPoint(let fact, let window, let inner):
      let child = lower(inner)
      let node = ConditionNode.anyPoint(seriesSlot(fact), self.window(window), child.node)
      return trace(builder.condition(node), condition, children: [child])
    case .applies(let rules):
      let nodes = rules.flatMap { map.nodesOfRule.indices.contains($0.index) ? map.nodesOfRule[$0.index] : [] }
      guard !nodes.isEmpty else { return trace(builder.constant(.no), condition) }
      let list = builder.members(nodes)
      return trace(builder.condition(.applies(list)), condition)
    case .concluded(let pattern):
      let id = lower(pattern)
      return trace(builder.condition(.concluded(id)), condition)
    }
  }

  private func trace(
    _ node: ConditionID, _ condition: Condition, children: [ConditionTrace] = [], values: [ValueTrace] = [],
    rows: RowsID? = nil
  ) -> ConditionTrace {
    ConditionTrace(node: node, condition: condition, children: children, values: values, rows: rows)
  }

  private mutating func trace(_ value: Value) -> ValueTrace { ValueTrace(node: lower(value), value: value) }

  private mutating func dynamic(_ operands: [Operand], behind left: ValueTrace? = nil) -> [ValueTrace] {
    var traces: [ValueTrace] = left.map { [$0] } ?? []
    for case .value(let value) in operands { traces.append(trace(value)) }
    return traces
  }

  private mutating func lower(_ kind: GroupKind, _ members: [Condition], _ condition: Condition) -> ConditionTrace {
    var children: [ConditionTrace] = []
    var nodes: [ConditionID] = []
    children.reserveCapacity(members.count)
    nodes.reserveCapacity(members.count)
    for member in members {
      children.append(lower(member))
      nodes.append(children[children.count - 1].node)
    }
    let node: ConditionID
    switch kind {
    case .all: node = builder.all(nodes)
    case .any: node = builder.any(nodes)
    case .none: node = builder.not(builder.any(nodes))
    case .atLeast(let count): node = builder.atLeast(count, nodes)
    }
    return trace(node, condition, children: children)
  }

  // MARK: Terms and values

  private mutating func isOneOf(_ value: ValueID, _ type: ValueType, _ operands: [Operand]) -> ConditionID {
    if case .term = type { return isTerm(value, type, operands) }
    var conditions: [ConditionID] = []
    for case .value(let other) in operands { conditions.append(isEqual(value, other)) }
    return builder.any(conditions)
  }

  /// Constants become one mask, so that a value that may be several terms is tested against all of them together.
  private mutating func isTerm(_ value: ValueID, _ type: ValueType, _ operands: [Operand]) -> ConditionID {
    guard case .term(let group) = type else { return builder.constant(.unknown) }
    var yes = TermSet()
    var maybe = TermSet()
    var others: [ConditionID] = []
    for operand in operands {
      switch operand {
      case .term(let term): add(term, of: group, &yes, &maybe)
      case .value(let other):
        switch cells(other) {
        case nil:
          let right = lower(other)
          let classes = classes(group)
          others.append(builder.condition(.related(value, right, classes)))
        case let cells?:
          for cell in cells {
            switch cell {
            case .any: others.append(builder.constant(.yes))
            case .unknown: others.append(builder.condition(.settled(.unknown, .value(value))))
            case .one(.term(let term)): add(term, of: group, &yes, &maybe)
            default: break
            }
          }
        }
      }
    }
    if !yes.isEmpty || !maybe.isEmpty { others.insert(member(value, yes, maybe), at: 0) }
    return builder.any(others)
  }

  private mutating func add(_ term: Int, of group: GroupID, _ yes: inout TermSet, _ maybe: inout TermSet) {
    let family = family(of: term, in: group)
    yes = yes.union(family.members)
    maybe = maybe.union(family.classes)
  }

  private mutating func member(_ value: ValueID, _ yes: TermSet, _ maybe: TermSet) -> ConditionID {
    let open = maybe.isEmpty ? maybe : TermSet(maybe.indices.filter { !yes.contains($0) })
    if let constant = constant(value) { return builder.constant(constant.isMember(yes: yes, maybe: open)) }
    let mask = builder.mask(yes: yes, maybe: open)
    return builder.condition(.member(value, mask))
  }

  /// The cells that an operand stands for when its variable is bound to a row of a table; nil: it is no such field.
  private func cells(_ value: Value) -> [Cell]? {
    guard case .field(let variable, let field) = value.form,
      let cell = environment.cell(variable, field, in: library)
    else { return nil }
    if case .set(let constants) = cell { return constants.map { Cell.one($0) } }
    return [cell]
  }

  private mutating func lowerEqual(_ value: Value, _ others: [Value], _ condition: Condition) -> ConditionTrace {
    let left = trace(value)
    var nodes: [ConditionID] = []
    var values = [left]
    for other in others {
      nodes.append(isEqual(left.node, other))
      values.append(trace(other))
    }
    return trace(builder.any(nodes), condition, values: values)
  }

  private mutating func isEqual(_ value: ValueID, _ other: Value) -> ConditionID {
    guard let cells = cells(other) else { return compare(value, .equal, lower(other)) }
    var conditions: [ConditionID] = []
    for cell in cells {
      switch cell {
      case .any: conditions.append(builder.constant(.yes))
      case .unknown: conditions.append(builder.condition(.settled(.unknown, .value(value))))
      case .one(let constant):
        let right = builder.constant(estimate(constant))
        conditions.append(compare(value, .equal, right))
      case .set: break
      }
    }
    return builder.any(conditions)
  }

  private mutating func compare(_ first: ValueID, _ comparator: Comparator, _ second: ValueID) -> ConditionID {
    if let left = constant(first), let right = constant(second) {
      return builder.constant(left.compared(comparator, to: right))
    }
    return builder.condition(.compare(first, comparator, second))
  }

  func isNone(_ value: ValueID) -> Bool {
    guard case .constant(let id) = builder.graph[value] else { return false }
    return builder.graph.estimates[id.index].isNone
  }

  func constant(_ value: ValueID) -> Estimate? {
    guard case .constant(let id) = builder.graph[value] else { return nil }
    return builder.graph.estimates[id.index]
  }

  // MARK: Knowledge about knowledge, sets, rows

  private mutating func lower(_ test: SettledTest, _ subject: Subject, _ condition: Condition) -> ConditionTrace {
    switch subject {
    case .value(let value):
      let left = trace(value)
      return trace(builder.condition(.settled(test, .value(left.node))), condition, values: [left])
    case .set(let fact): return trace(builder.condition(.settled(test, .set(setSlot(fact)))), condition)
    case .series(let fact): return trace(builder.condition(.settled(test, .series(seriesSlot(fact)))), condition)
    case .collection(let record):
      return trace(builder.condition(.settled(test, .collection(collectionSlot(record)))), condition)
    }
  }

  private mutating func includes(
    _ set: SetReference, _ quantifier: SetQuantifier, _ operands: [Operand]
  ) -> ConditionID {
    switch quantifier {
    case .any: return includesAny(set, operands)
    case .none: return builder.not(includesAny(set, operands))
    case .all:
      var conditions: [ConditionID] = []
      for operand in operands { conditions.append(includesAny(set, [operand])) }
      return builder.all(conditions)
    }
  }

  private mutating func includesAny(_ set: SetReference, _ operands: [Operand]) -> ConditionID {
    switch set {
    case .column(let variable, let field): return columnIncludes(variable, field, operands)
    case .fact(let fact):
      guard case .term(let group) = vocabulary[fact].type else { return builder.constant(.unknown) }
      let slot = setSlot(fact)
      var yes = TermSet()
      var maybe = TermSet()
      var others: [ConditionID] = []
      for operand in operands {
        switch operand {
        case .term(let term): add(term, of: group, &yes, &maybe)
        case .value(let value):
          if let cells = cells(value) {
            if cells.contains(.any) { others.append(builder.constant(.yes)) }
            for case .one(.term(let term)) in cells { add(term, of: group, &yes, &maybe) }
          } else {
            let right = lower(value)
            let classes = classes(group)
            others.append(builder.condition(.includesValue(slot, right, classes)))
          }
        }
      }
      if !yes.isEmpty || !maybe.isEmpty {
        let mask = builder.mask(yes: yes, maybe: TermSet(maybe.indices.filter { !yes.contains($0) }))
        others.insert(builder.condition(.includes(slot, mask)), at: 0)
      }
      return builder.any(others)
    }
  }

  /// Columns are known when the table is: the answer is settled here.
  private mutating func columnIncludes(_ variable: Int, _ field: Int, _ operands: [Operand]) -> ConditionID {
    guard let cell = environment.cell(variable, field, in: library) else { return builder.constant(.unknown) }
    let elements: [Constant] =
      switch cell {
      case .set(let constants): constants
      case .one(.none), .any, .unknown: []
      case .one(let constant): [constant]
      }
    var truth = Truth.no
    for operand in operands {
      for element in elements { truth = max(truth, self.truth(element, operand, variable, field)) }
    }
    return builder.constant(truth)
  }

  private func truth(_ element: Constant, _ operand: Operand, _ variable: Int, _ field: Int) -> Truth {
    switch operand {
    case .term(let asked):
      guard case .term(let term) = element, case .tableRow(let table, _) = environment.bindings[variable],
        case .term(let group) = library[table].columns[field].type
      else { return .no }
      let terms = vocabulary[group]
      return terms.members(of: asked).contains(term) ? .yes : terms.classes(of: asked).contains(term) ? .unknown : .no
    case .value(let value):
      guard case .constant(let constant) = value.form else { return .unknown }
      return Truth(constant == element)
    }
  }

  /// `exists` over a table, which is known, is any of its rows; other rows are asked when they are there.
  private mutating func lowerExists(_ rows: Rows, _ condition: Condition) -> ConditionTrace {
    guard case .table(let table) = rows.collection else {
      let (id, children) = lower(rows)
      return trace(builder.condition(.exists(id)), condition, children: children, rows: id)
    }
    let outer = environment
    var nodes: [ConditionID] = []
    for row in library[table].rows.indices {
      environment = outer
      bind(rows.variable, to: .tableRow(table, row))
      nodes.append(lower(rows.condition, or: .yes))
    }
    environment = outer
    return trace(builder.any(nodes), condition)
  }

  /// Binds a variable inside a condition; variables between keep their own numbers.
  private mutating func bind(_ variable: Int, to binding: VariableBinding) {
    while environment.bindings.count < variable {
      environment.bindings.append(.variable(UInt8(truncatingIfNeeded: environment.bindings.count)))
    }
    if environment.bindings.count == variable {
      environment.bindings.append(binding)
    } else {
      environment.bindings[variable] = binding
    }
  }

  mutating func lower(_ rows: Rows) -> (id: RowsID, children: [ConditionTrace]) {
    let relation = relation(rows.collection)
    var children: [ConditionTrace] = []
    if let condition = rows.condition { children.append(lower(condition)) }
    var nodes: [ConditionID] = []
    for child in children {
      if case .all(let list) = builder.graph[child.node] {
        nodes += builder.graph.conditionIDs(list)
      } else {
        nodes.append(child.node)
      }
    }
    let list = builder.members(nodes)
    let number = environment.number(rows.variable)
    return (builder.rows(RowsNode(relation: relation, variable: number, conditions: list)), children)
  }

  mutating func lower(_ pattern: Pattern) -> PatternID {
    var tests: [PatternNode.FieldTest] = []
    for field in pattern.fields {
      var values: [ValueID] = []
      for value in field.values ?? [] { values.append(lower(value)) }
      tests.append(
        PatternNode.FieldTest(
          column: UInt16(truncatingIfNeeded: field.field), values: values, isOpen: field.values == nil))
    }
    return builder.pattern(PatternNode(kind: UInt32(pattern.kind.index), tests: tests))
  }

  mutating func window(_ window: Window?) -> WindowID? {
    switch window {
    case nil: return nil
    case .within(let days):
      let length = builder.estimate(.exactly(days))
      return builder.window(.within(length))
    case .since(let value):
      let start = lower(value)
      return builder.window(.since(start))
    }
  }
}
