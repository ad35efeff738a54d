import ClinicalValues
import RuleEngine

/// One thing that a value may be: an expression, and when it counts.
///
/// The estimate of the value is the join of the expressions whose guard holds.
struct Alternative {
  var when: FormulaID
  var expression: Expression
}

extension Encoder {
  /// More than so many combinations of alternatives are not followed.
  private static let widest = 64

  mutating func alternatives(_ id: ValueID, _ reading: Reading, _ scopes: Scopes) -> [Alternative] {
    switch graph[id] {
    case .constant(let estimate): return one(.constant(graph.estimates[estimate.index]))
    case .today: return one(.constant(.exactly(today.rational)))
    case .fact(let slot, let definition): return fact(slot, definition, reading)
    case .definition(let definition): return alternatives(of: definition, reading)
    case .field(let variable, let column): return field(variable, Int(column), id, reading, scopes)
    case .point(_, let slot, let window), .dateOf(_, let slot, let window), .countPoints(let slot, let window):
      return series(id, slot, window, reading, scopes)
    case .change(_, let slot, let window): return series(id, slot, window, reading, scopes)
    case .aggregate(let aggregate, let rows, let column):
      return self.aggregate(id, aggregate, rows, Int(column), reading, scopes)
    case .countRows(let rows): return countRows(id, rows, reading, scopes)
    case .add(let first, let second): return combine(.add, [first, second], id, reading, scopes)
    case .subtract(let first, let second): return combine(.subtract, [first, second], id, reading, scopes)
    case .multiply(let first, let second): return combine(.multiply, [first, second], id, reading, scopes)
    case .divide(let first, let second): return combine(.divide, [first, second], id, reading, scopes)
    case .least(let list): return combine(.least, graph.valueIDs(list), id, reading, scopes)
    case .greatest(let list): return combine(.greatest, graph.valueIDs(list), id, reading, scopes)
    case .round(let inner, let step):
      return combine(.round(graph.estimates[step.index]), [inner], id, reading, scopes)
    case .translated(let inner, let table):
      return combine(.translate(graph.translations[table.index]), [inner], id, reading, scopes)
    case .text, .currentPoint: return one(computed(id, reading, scopes))
    }
  }

  func one(_ expression: Expression) -> [Alternative] { [Alternative(when: yes, expression: expression)] }

  mutating func leaf(_ variable: VariableID) -> Expression {
    if let known = leaves[variable] { return known }
    let domain = space.domains[variable.index]
    let leaf = Expression.leaf(variable, domain.map(\.estimate), hulls: domain.map(\.hull))
    leaves[variable] = leaf
    return leaf
  }

  /// A value that is not followed: it may be anything of its type, cut where it is compared.
  mutating func computed(_ id: ValueID, _ reading: Reading, _ scopes: Scopes) -> Expression {
    let key = PatientSpace.ComputedKey(value: id, reading: reading, scopes: scopes.keys)
    let values = anything(id)
    let variable = space.variable(.computed(key), values: values, in: &store)
    return leaf(variable)
  }

  func anything(_ id: ValueID) -> [DomainValue] {
    anything(like: full(id), space.cuts.computed[id] ?? [], .computed(id))
  }

  /// Every known value of the kind of an estimate, none, and all of them at once.
  private func anything(like full: Estimate, _ numbers: Set<Rational>, _ texts: Cuts.TextPlace) -> [DomainValue] {
    let known: [DomainValue]
    switch full.values {
    case .terms(let terms): known = terms.indices.map { DomainValue(.term($0)) }
    case .text, .anyText: known = space.texts(of: texts).map { DomainValue(.text($0)) }
    case .interval, .nothing:
      known = NumberPieces(cuts: numbers.sorted(), low: nil, high: nil, isWhole: false).values()
    }
    return known + [DomainValue(.none), DomainValue(full)]
  }

  /// What a value may be when nothing is known.
  private func full(_ id: ValueID) -> Estimate {
    switch graph[id] {
    case .fact(let slot, _): return graph.estimates[graph.scalarFulls[slot.index].index]
    case .definition(let definition): return graph.estimates[graph[definition].full.index]
    case .point(_, let slot, _): return graph.estimates[graph.seriesFulls[slot.index].index]
    case .aggregate(let aggregate, let rows, let column) where aggregate != .total:
      let fulls = graph[graph[rows].relation].fulls
      return fulls.indices.contains(Int(column)) ? graph.estimates[fulls[Int(column)].index] : .unknownNumber
    case .least(let list), .greatest(let list): return graph.valueIDs(list).first.map { full($0) } ?? .unknownNumber
    case .translated(_, let table):
      return .terms(TermSet(graph.translations[table.index].targets.compactMap { $0 }), mayBeNone: true)
    case .text: return Estimate(values: .anyText, mayBeNone: true)
    default: return .unknownNumber
    }
  }

  // MARK: Facts and definitions

  private mutating func fact(
    _ slot: ScalarSlotID, _ definition: DefinitionNodeID?, _ reading: Reading
  ) -> [Alternative] {
    let variable = space.variable(.scalar(slot), in: &store)
    let given = leaf(variable)
    guard let definition else { return one(given) }
    let domain = space.domains[variable.index]
    let isUsed = store.literal(variable, in: TermSet(domain.indices.filter { !domain[$0].estimate.isUnknown }))
    let isDerived = store.not(isUsed)
    var all = [Alternative(when: isUsed, expression: given)]
    for alternative in alternatives(of: definition, reading) {
      let when = store.all([isDerived, alternative.when])
      if when != no { all.append(Alternative(when: when, expression: alternative.expression)) }
    }
    return all
  }

  private mutating func alternatives(of id: DefinitionNodeID, _ reading: Reading) -> [Alternative] {
    let key = DefinitionKey(definition: id, reading: reading)
    if let known = definitionCache[key] { return known }
    guard !brokenDefinitions.contains(id), inProgress.insert(.definition(key)).inserted else {
      return openEstimate(id)
    }
    let found: [Alternative]
    switch graph[id].form {
    case .means(let condition):
      let truth = truth(condition, reading)
      let mayHold = store.not(truth.isFalse)
      let mayFail = store.not(truth.isTrue)
      found = [
        Alternative(when: mayHold, expression: .constant(.term(0))),
        Alternative(when: mayFail, expression: .constant(.term(1))),
      ]
    case .value(let value): found = alternatives(value, reading, .none)
    case .first(let clauses): found = first(clauses, graph.estimates[graph[id].full.index], reading)
    case .agree(let values): found = agree(values, graph.estimates[graph[id].full.index], reading)
    }
    inProgress.remove(.definition(key))
    let possible = found.filter { $0.when != no }
    definitionCache[key] = possible
    return possible
  }

  /// Anything: every single value, or everything at once.
  private mutating func openEstimate(_ id: DefinitionNodeID) -> [Alternative] {
    let full = graph.estimates[graph[id].full.index]
    let values = anything(like: full, space.cuts.definitions[id] ?? [], .definition(id))
    let key = space.nextOpenKey()
    let variable = space.variable(.open(key), values: values, in: &store)
    return one(leaf(variable))
  }

  /// The clauses up to the first that is true; none of them true: none if all are false, else anything.
  private mutating func first(
    _ clauses: [(condition: ConditionID?, value: ValueID)], _ full: Estimate, _ reading: Reading
  ) -> [Alternative] {
    let guards = clauses.map { clause in clause.condition.map { truth($0, reading) } ?? alwaysTrue }
    let isStopped = store.any(guards.map(\.isTrue))
    var found: [Alternative] = []
    var reached = yes
    for (guardTruth, clause) in zip(guards, clauses) {
      let mayHold = store.not(guardTruth.isFalse)
      let counts = store.all([isStopped, reached, mayHold])
      if counts != no { found += alternatives(clause.value, reading, .none).map { narrowed($0, counts) } }
      let mayGoOn = store.not(guardTruth.isTrue)
      reached = store.all([reached, mayGoOn])
    }
    let goesThrough = store.not(isStopped)
    let allFail = store.all(guards.map(\.isFalse))
    let isOpen = store.all([goesThrough, store.not(allFail)])
    found.append(Alternative(when: allFail, expression: .constant(.none)))
    found.append(Alternative(when: isOpen, expression: .constant(full)))
    return found
  }

  private mutating func narrowed(_ alternative: Alternative, _ when: FormulaID) -> Alternative {
    Alternative(when: store.all([when, alternative.when]), expression: alternative.expression)
  }

  /// The common value of those that are known; none known, or two that differ: anything.
  private mutating func agree(_ values: [ValueID], _ full: Estimate, _ reading: Reading) -> [Alternative] {
    let members = values.map { alternatives($0, reading, .none) }
    let knowns = values.map { known(alternatives($0, .cautious, .none)) }
    var differing: [FormulaID] = []
    for second in members.indices {
      for first in members.indices where first < second {
        let equal = compare(members[first], .equal, members[second])
        differing.append(store.all([knowns[first], knowns[second], equal.isFalse]))
      }
    }
    let nothing = store.not(store.any(knowns))
    let differs = store.any(differing)
    let isFull = store.any([nothing, differs])
    let agrees = store.not(isFull)
    var found = [Alternative(when: isFull, expression: .constant(full))]
    for (member, isKnown) in zip(members, knowns) {
      let counts = store.all([agrees, isKnown])
      found += member.map { narrowed($0, counts) }
    }
    return found
  }

  // MARK: Rows, series, arithmetic

  private mutating func field(
    _ variable: UInt8, _ column: Int, _ id: ValueID, _ reading: Reading, _ scopes: Scopes
  ) -> [Alternative] {
    switch scopes.rows[variable] {
    case .given(let relation, let depth):
      let field = space.variable(.field(relation, depth: depth, column: column), in: &store)
      return one(leaf(field))
    case .ghost(let relation):
      return one(.constant(graph.estimates[graph[relation].fulls[column].index]))
    case .fixed(_, _, let columns):
      return one(columns.indices.contains(column) ? columns[column] : .constant(.none))
    case nil: return one(computed(id, reading, scopes))
    }
  }

  private mutating func series(
    _ id: ValueID, _ slot: SeriesSlotID, _ window: WindowID?, _ reading: Reading, _ scopes: Scopes
  ) -> [Alternative] {
    guard probe.isPlain(window) else { return one(computed(id, reading, scopes)) }
    let variable = space.variable(.series(slot), in: &store)
    let table = seriesTables[id] ?? probe.estimates(id, of: slot, space.domains[variable.index])
    seriesTables[id] = table
    let domain = space.domains[variable.index]
    guard let longer = domain.indices.first(where: { domain[$0].isLongerSeries }) else {
      return one(.leaf(variable, table, hulls: table))
    }
    let isLonger = store.literal(variable, in: TermSet(longer))
    let other = computed(id, reading, scopes)
    return [
      Alternative(when: store.not(isLonger), expression: .leaf(variable, table, hulls: table)),
      Alternative(when: isLonger, expression: other),
    ]
  }

  private mutating func combine(
    _ operation: Expression.Operation, _ operands: [ValueID], _ id: ValueID, _ reading: Reading, _ scopes: Scopes
  ) -> [Alternative] {
    var combined: [(when: FormulaID, operands: [Expression])] = [(yes, [])]
    for operand in operands {
      let choices = alternatives(operand, reading, scopes)
      guard combined.count * choices.count <= Self.widest else { return one(computed(id, reading, scopes)) }
      var longer: [(when: FormulaID, operands: [Expression])] = []
      for (when, chosen) in combined {
        for choice in choices {
          let both = store.all([when, choice.when])
          if both != no { longer.append((both, chosen + [choice.expression])) }
        }
      }
      combined = longer
    }
    return combined.map { item in
      let expression = Expression.apply(operation, item.operands)
      return Alternative(when: item.when, expression: expression.constant.map { .constant($0) } ?? expression)
    }
  }
}
