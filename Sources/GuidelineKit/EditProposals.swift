import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine

/// Changes that may turn conditions; whether they do is for the search to find out.
struct EditProposals {
  /// A number that a patient's facts give.
  enum Input: Hashable {
    case scalar(FactID, ValueType)
    case newestPoint(FactID, ValueType)
    case field(RecordID, row: Int, field: Int, ValueType)
  }

  /// A comparison that turns where one number makes both sides equal.
  struct Equation: Hashable {
    var left: ValueID
    var right: ValueID
    var input: Input
  }

  let facts: PatientFacts
  /// What the variables of the rule became whose conditions are being looked at; empty in definitions.
  var variables: [VariableBinding] = []
  private(set) var edits: [FactEdit] = []
  private(set) var equations: [Equation] = []
  private var definitions: Set<DefinitionID> = []
  private var rules: Set<RuleNodeID> = []

  init(facts: PatientFacts) { self.facts = facts }

  mutating func propose(_ edit: FactEdit) { if edits.count < 200, !edits.contains(edit) { edits.append(edit) } }

  mutating func propose(_ equation: Equation) {
    if equations.count < 40, !equations.contains(equation) { equations.append(equation) }
  }

  mutating func enter(_ id: DefinitionID) -> Bool { definitions.insert(id).inserted }

  mutating func enter(_ id: RuleNodeID) -> Bool { rules.insert(id).inserted }
}

extension EditProposals.Input {
  var type: ValueType {
    switch self {
    case .scalar(_, let type), .newestPoint(_, let type), .field(_, _, _, let type): type
    }
  }

  var isWhole: Bool {
    switch type {
    case .number, .date, .duration: true
    default: false
    }
  }

  var mayBeNegative: Bool { type == .date }

  /// One of the printed unit, in the canonical one.
  var unitFactor: Rational {
    if case .quantity(let unit) = type { return unit.canonical(.one) ?? .one }
    return .one
  }

  func edit(_ number: Rational) -> FactEdit {
    let value: GivenValue = type == .date ? Day(Rational(number.floor)).map { .day($0) } ?? .none : .number(number)
    return switch self {
    case .scalar(let fact, _): .scalar(fact, value)
    case .newestPoint(let fact, _): .newestPoint(fact, value)
    case .field(let record, let row, let field, _): .field(record, row: row, field: field, value)
    }
  }
}

extension ReportBuilder {
  // MARK: Conditions

  /// Changes that may make a condition what it is wanted to be.
  mutating func propose(_ obstacle: Obstacle, _ proposals: inout EditProposals) {
    let trace = obstacle.trace
    switch trace.condition.form {
    case .isTerm(let value, let operands), .isKnownToBe(let value, let operands):
      let named = obstacle.wanted ? terms(operands, trace) : []
      for item in [value] + trace.values.dropFirst().map(\.value) { propose(item, first: named, &proposals) }
    case .isEqual, .compare, .isKnown, .isUnknown, .isNone:
      for item in trace.values { propose(item.value, first: [], &proposals) }
      if trace.values.count == 2 {
        for input in trace.values.flatMap({ inputs($0.value, proposals) }) {
          proposals.propose(.init(left: trace.values[0].node, right: trace.values[1].node, input: input))
        }
      }
      if case .isKnown(.set(let fact)) = trace.condition.form { proposals.propose(.set(fact, [])) }
      if case .isUnknown(.value(let value)) = trace.condition.form, obstacle.wanted, case .fact(let fact) = value.form {
        proposals.propose(.scalar(fact, .unknown(cause: "never_given")))
      }
    case .includes(.fact(let fact), let quantifier, let operands):
      let wantsMember = (quantifier != .none) == obstacle.wanted
      propose(members: terms(operands, trace), all: quantifier == .all, of: fact, wantsMember, &proposals)
    case .exists(let rows): propose(rows, trace, obstacle.wanted, &proposals)
    case .anyPoint(let fact, _, _): proposePoints(fact, trace, &proposals)
    case .applies(let rules): for rule in rules { propose(rule, obstacle.wanted, &proposals) }
    case .concluded(let pattern): propose(pattern, obstacle.wanted, &proposals)
    default: break
    }
  }

  /// The terms that are asked for: those written, and those that a bound row names.
  private mutating func terms(_ operands: [Operand], _ trace: ConditionTrace) -> [Int] {
    var terms: [Int] = []
    for case .term(let term) in operands { terms.append(term) }
    for value in trace.values {
      if case .terms(let set) = session.estimate(value.node, .cautious).values, let single = set.single {
        terms.append(single)
      }
    }
    return terms
  }

  private func propose(
    members terms: [Int], all: Bool, of fact: FactID, _ wantsMember: Bool, _ proposals: inout EditProposals
  ) {
    guard case .term(let group) = library.vocabulary[fact].type else { return }
    let present = proposals.facts.members(fact) ?? []
    if wantsMember {
      if all { proposals.propose(.set(fact, Array(Set(present + terms)).sorted())) }
      for term in terms { proposals.propose(.set(fact, Array(Set(present + [term])).sorted())) }
    } else {
      var asked = TermSet()
      for term in terms { asked = asked.union(library.vocabulary[group].members(of: term)) }
      proposals.propose(.set(fact, present.filter { !asked.contains($0) }.sorted()))
    }
  }

  // MARK: Values

  /// Terms of the facts behind a value, and what may turn the definitions behind it.
  private mutating func propose(_ value: Value, first terms: [Int], _ proposals: inout EditProposals) {
    switch value.form {
    case .fact(let fact):
      let type = library.vocabulary[fact].type
      for term in candidates(type, first: terms) { proposals.propose(.scalar(fact, .term(term))) }
      if let definition = library.derivations[fact] { propose(definition, first: terms, &proposals) }
    case .definition(let definition): propose(definition, first: terms, &proposals)
    case .field(let variable, let field):
      guard let record = record(of: variable, proposals.variables) else { return }
      propose(record, field, first: terms, &proposals)
    case .aggregate(_, let rows, let field):
      guard case .record(let record) = rows.collection else { return }
      propose(record, field, first: terms, &proposals)
      proposeFilters(rows, &proposals)
    case .countRows(let rows): proposeFilters(rows, &proposals)
    case .arithmetic(_, let first, let second):
      propose(first, first: [], &proposals)
      propose(second, first: [], &proposals)
    case .extreme(_, let values): for inner in values { propose(inner, first: [], &proposals) }
    case .round(let inner, _): propose(inner, first: [], &proposals)
    default: break
    }
  }

  /// The record whose row a variable is bound to; nil: it is bound to a row of knowledge, or to a conclusion.
  private func record(of variable: Int, _ variables: [VariableBinding]) -> RecordID? {
    var number = UInt8(clamping: min(max(variable, 0), 62))
    if variables.indices.contains(variable) {
      guard case .variable(let own) = variables[variable] else { return nil }
      number = own
    }
    let relation = session.boundRelation(number).index
    guard program.sourceMap.relations.indices.contains(relation),
      case .record(let record) = program.sourceMap.relations[relation]
    else { return nil }
    return record
  }

  private mutating func propose(
    _ record: RecordID, _ field: Int, first terms: [Int], _ proposals: inout EditProposals
  ) {
    guard !library.derivedRecords.contains(record), library.vocabulary[record].fields.indices.contains(field) else {
      return
    }
    let type = library.vocabulary[record].fields[field].type
    for row in (proposals.facts.rows(record) ?? []).indices {
      for term in candidates(type, first: terms) {
        proposals.propose(.field(record, row: row, field: field, .term(term)))
      }
    }
  }

  private func candidates(_ type: ValueType, first: [Int]) -> [Int] {
    guard case .term(let group) = type else { return [] }
    let count = library.vocabulary[group].terms.count
    let own = first.filter { $0 < count }
    // Of a long list only what is asked for is tried.
    return own + (count <= 12 ? (0..<count).filter { !own.contains($0) } : [])
  }

  private mutating func propose(_ id: DefinitionID, first terms: [Int], _ proposals: inout EditProposals) {
    guard proposals.enter(id) else { return }
    let variables = proposals.variables
    proposals.variables = []
    defer { proposals.variables = variables }
    let trace = program.sourceMap.definitions[id.index]
    for condition in trace.conditions { proposeTurning(condition, &proposals) }
    for value in trace.values { propose(value.value, first: terms, &proposals) }
  }

  /// Changes that may turn a condition to what it is not.
  private mutating func proposeTurning(_ trace: ConditionTrace, _ proposals: inout EditProposals) {
    guard program.graph.isClosed(trace.node) else { return }
    for wanted in [true, false] {
      var obstacles: [Obstacle] = []
      obstruct(trace, wanted: wanted, &obstacles)
      for obstacle in obstacles { propose(obstacle, &proposals) }
    }
  }

  /// The numbers of a patient that a value is made of.
  private func inputs(_ value: Value, _ proposals: EditProposals, depth: Int = 0) -> [EditProposals.Input] {
    guard depth < 12 else { return [] }
    switch value.form {
    case .fact(let fact):
      let type = library.vocabulary[fact].type
      let own: [EditProposals.Input] = isNumeric(type) ? [.scalar(fact, type)] : []
      guard let definition = library.derivations[fact], proposals.facts.scalars[fact] == nil else { return own }
      return own + inputs(definition, proposals, depth)
    case .definition(let definition): return inputs(definition, proposals, depth)
    case .point(_, let fact, _), .change(_, let fact, _):
      return [.newestPoint(fact, library.vocabulary[fact].type)]
    case .aggregate(_, let rows, let field):
      guard case .record(let record) = rows.collection else { return [] }
      return inputs(record, field, proposals.facts)
    case .field(let variable, let field):
      return record(of: variable, proposals.variables).map { inputs($0, field, proposals.facts) } ?? []
    case .arithmetic(_, let first, let second):
      return inputs(first, proposals, depth: depth + 1) + inputs(second, proposals, depth: depth + 1)
    case .extreme(_, let values): return values.flatMap { inputs($0, proposals, depth: depth + 1) }
    case .round(let inner, _): return inputs(inner, proposals, depth: depth + 1)
    default: return []
    }
  }

  private func inputs(_ id: DefinitionID, _ proposals: EditProposals, _ depth: Int) -> [EditProposals.Input] {
    var proposals = proposals
    proposals.variables = []
    return program.sourceMap.definitions[id.index].values.flatMap { inputs($0.value, proposals, depth: depth + 1) }
  }

  private func inputs(_ record: RecordID, _ field: Int, _ facts: PatientFacts) -> [EditProposals.Input] {
    guard library.vocabulary[record].fields.indices.contains(field) else { return [] }
    let type = library.vocabulary[record].fields[field].type
    guard isNumeric(type) else { return [] }
    return (facts.rows(record) ?? []).indices.map { .field(record, row: $0, field: field, type) }
  }

  private func isNumeric(_ type: ValueType) -> Bool {
    switch type {
    case .quantity, .number, .date, .duration: true
    case .term, .text: false
    }
  }

  // MARK: Rows and points

  private mutating func propose(
    _ rows: Rows, _ trace: ConditionTrace, _ wanted: Bool, _ proposals: inout EditProposals
  ) {
    guard case .record(let record) = rows.collection, !library.derivedRecords.contains(record) else { return }
    proposeFilters(rows, &proposals)
    if wanted {
      propose(stated(rows.condition, rows.variable), of: record, &proposals)
    } else {
      for row in (proposals.facts.rows(record) ?? []).indices { proposals.propose(.removeRow(record, row: row)) }
    }
  }

  /// Fields on which a condition on rows depends.
  private mutating func proposeFilters(_ rows: Rows, _ proposals: inout EditProposals) {
    guard case .record(let record) = rows.collection, let condition = rows.condition else { return }
    for (field, terms) in fields(condition, rows.variable) { propose(record, field, first: terms, &proposals) }
  }

  /// The fields of a row that a condition asks for terms, with those terms.
  private func fields(_ condition: Condition, _ variable: Int) -> [(field: Int, terms: [Int])] {
    switch condition.form {
    case .group(_, let members): return members.flatMap { fields($0, variable) }
    case .not(let inner): return fields(inner, variable)
    case .isTerm(let value, let operands):
      guard case .field(variable, let field) = value.form else { return [] }
      return [(field, operands.compactMap { if case .term(let term) = $0 { term } else { nil } })]
    default: return []
    }
  }

  /// A row of which all is known that a condition says in so many words.
  private func stated(_ condition: Condition?, _ variable: Int) -> [Int: GivenValue] {
    guard let condition else { return [:] }
    var row: [Int: GivenValue] = [:]
    for (field, terms) in fields(condition, variable) { if let term = terms.first { row[field] = .term(term) } }
    return row
  }

  /// A new row, and the same row with today for the dates that are not asked for.
  private func propose(_ row: [Int: GivenValue], of record: RecordID, _ proposals: inout EditProposals) {
    proposals.propose(.addRow(record, row))
    var dated = row
    for (field, declared) in library.vocabulary[record].fields.enumerated()
    where declared.type == .date && dated[field] == nil {
      dated[field] = .day(session.today)
    }
    proposals.propose(.addRow(record, dated))
  }

  /// A first row for each record that a rule ranges over.
  mutating func proposeRows(for node: RuleNodeID, _ proposals: inout EditProposals) {
    let rule = library[program.sourceMap.rules[node.index].id]
    for (index, variable) in rule.variables.enumerated() {
      guard case .record(let record) = variable.rows.collection, !library.derivedRecords.contains(record) else {
        continue
      }
      var row = stated(variable.rows.condition, index)
      row.merge(stated(rule.when, index)) { first, _ in first }
      propose(row, of: record, &proposals)
    }
  }

  private mutating func proposePoints(_ fact: FactID, _ trace: ConditionTrace, _ proposals: inout EditProposals) {
    let type = library.vocabulary[fact].type
    for child in trace.children {
      guard case .compare = child.condition.form, child.values.count == 2,
        let limit = constant(child.values[1].node), case .interval(let interval) = limit.values,
        let number = interval.single
      else { continue }
      let input = EditProposals.Input.newestPoint(fact, type)
      for value in [number, number.adding(input.unitFactor), number.subtracting(input.unitFactor)] {
        if let value { proposals.propose(input.edit(value)) }
      }
    }
  }

  // MARK: Rules

  private mutating func propose(_ pattern: Pattern, _ wanted: Bool, _ proposals: inout EditProposals) {
    for index in program.graph.places.indices {
      let trace = program.sourceMap.places[index]
      guard trace.kind == pattern.kind else { continue }
      propose(program.graph[PlaceID(index)].rule, wanted, &proposals)
    }
  }

  private mutating func propose(_ rule: RuleID, _ wanted: Bool, _ proposals: inout EditProposals) {
    for node in program.sourceMap.nodesOfRule[rule.index] { propose(node, wanted, &proposals) }
  }

  /// What may bring a rule into effect, or out of it.
  private mutating func propose(_ node: RuleNodeID, _ wanted: Bool, _ proposals: inout EditProposals) {
    guard proposals.enter(node), (session.applies(node, .cautious) == .yes) != wanted else { return }
    let saved = session.savedBindings
    defer { session.savedBindings = saved }
    guard let attempt = attempts(of: node, limit: 10).first, let rows = attempt.rows else { return }
    session.bind(rows, of: node)
    let variables = proposals.variables
    proposals.variables = program.sourceMap.rules[node.index].variables
    defer { proposals.variables = variables }
    if wanted {
      for obstacle in attempt.obstacles { propose(obstacle, &proposals) }
      return
    }
    let trace = program.sourceMap.rules[node.index]
    for condition in trace.filters + [trace.when] {
      var obstacles: [Obstacle] = []
      obstruct(condition, wanted: false, &obstacles)
      for obstacle in obstacles { propose(obstacle, &proposals) }
    }
  }

  /// Changes that may silence the rules that speak against a rule or its conclusions.
  mutating func proposeAgainstOverriders(of node: RuleNodeID, _ proposals: inout EditProposals) {
    var against = program.graph.overridersOfRule[node.index]
    for place in program.graph[node].places { against += program.graph.overridersOfPlace[place.index].map(\.rule) }
    for other in against where session.applies(other, .cautious) != .no {
      guard proposals.enter(other), let rows = attempts(of: other, limit: 10).first?.rows else { continue }
      session.bind(rows, of: other)
      proposals.variables = program.sourceMap.rules[other.index].variables
      let trace = program.sourceMap.rules[other.index]
      for condition in trace.filters + [trace.when] {
        var obstacles: [Obstacle] = []
        obstruct(condition, wanted: false, &obstacles)
        for obstacle in obstacles { propose(obstacle, &proposals) }
      }
    }
  }
}
