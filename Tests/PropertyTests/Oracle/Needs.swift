internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax

/// The questions behind what is unknown, in the cautious reading (`semantics.md` §7).
struct Questions {
  let run: Run
  /// What was met on the way adds nothing again.
  private var definitions: Set<DefinitionID> = []
  private var rules: Set<RuleID> = []
  private(set) var names: Set<String> = []

  init(_ run: Run) { self.run = run }

  private var vocabulary: Vocabulary { run.library.vocabulary }

  // MARK: Conditions

  mutating func ask(_ condition: Condition, _ environment: Environment) {
    let truth = run.truth(of: condition, environment)
    switch condition.form {
    case .group(_, let members) where truth == .unknown:
      for member in members where run.truth(of: member, environment) == .unknown { ask(member, environment) }
    case .group(_, let members) where truth == .yes:
      // What holds already asks only for what it holds unknown.
      for member in members where run.truth(of: member, environment) != .unknown { ask(member, environment) }
    case .not(let inner): ask(inner, environment)
    case .isKnown(let subject) where truth == .no, .isUnknown(let subject) where truth == .yes:
      ask(subject, environment)
    case .isKnown(let subject) where truth == .unknown, .isUnknown(let subject) where truth == .unknown,
      .isNone(let subject) where truth == .unknown:
      ask(subject, environment)
    case .isKnownToBe(let value, _) where truth != .yes: ask(value, environment)
    case .isTerm(let value, let operands): askMembership(truth, value, operands, environment)
    case .isEqual(let value, let others): askMembership(truth, value, others.map(Operand.value), environment)
    default: if truth == .unknown { askUnknown(condition, environment) }
    }
  }

  private mutating func askUnknown(_ condition: Condition, _ environment: Environment) {
    switch condition.form {
    case .compare(let left, _, let right):
      ask(left, environment)
      ask(right, environment)
    case .includes(let set, _, let operands):
      if case .fact(let fact) = set, run.intake.sets[fact] == nil { names.insert(vocabulary[fact].name) }
      for case .value(let value) in operands { ask(value, environment) }
    case .exists(let rows): ask(rows, environment)
    case .anyPoint(let series, let window, let inner): ask(series, window, inner, environment)
    case .applies(let rules): for rule in rules { ask(rule) }
    case .concluded(let pattern): ask(pattern, environment)
    default: break
    }
  }

  /// A cell `unknown` that holds asks like `is unknown`.
  private mutating func askMembership(
    _ truth: Truth, _ value: Value, _ operands: [Operand], _ environment: Environment
  ) {
    let hasUnknownCell = operands.contains { operand in
      guard case .value(let other) = operand, case .field(let variable, let field) = other.form else { return false }
      return environment.rows[variable]?.cells?[field] == .unknown
    }
    guard truth == .unknown || truth == .yes && hasUnknownCell else { return }
    ask(value, environment)
    for case .value(let other) in operands { ask(other, environment) }
  }

  private mutating func ask(_ subject: Subject, _ environment: Environment) {
    switch subject {
    case .value(let value): ask(value, environment)
    case .set(let fact), .series(let fact): names.insert(vocabulary[fact].name)
    case .collection(let record): names.insert(vocabulary[record].name)
    }
  }

  private mutating func ask(_ series: FactID, _ window: Window?, _ inner: Condition, _ environment: Environment) {
    guard let points = run.points(of: series, window, environment) else {
      names.insert(vocabulary[series].name)
      return
    }
    if case .since(let value) = window { ask(value, environment) }
    for (member, point) in points {
      if member == .unknown || point.value.isUnknown { names.insert(vocabulary[series].name) }
      var environment = environment
      environment.point = point.value
      ask(inner, environment)
    }
  }

  /// The series, if it is absent or a point of it leaves the value open; and the day from which on it is looked at.
  private mutating func ask(_ series: FactID, _ window: Window?, _ environment: Environment) {
    let points = run.points(of: series, window, environment) ?? []
    let isOpen = points.contains { $0.point.day == nil || $0.point.value.isUnknown }
    if isOpen || !points.contains(where: { $0.member == .unknown }) { names.insert(vocabulary[series].name) }
    if run.intake.series[series] != nil, case .since(let value) = window { ask(value, environment) }
  }

  // MARK: Rows, rules, conclusions

  private mutating func ask(_ rows: Rows, _ environment: Environment) {
    for (truth, row) in run.truths(rows, environment) where truth != .no {
      if row.isGhost, case .record(let record) = rows.collection { names.insert(vocabulary[record].name) }
      if truth == .unknown, row.existence == .unknown { askExistence(row) }
      if let condition = rows.condition { ask(condition, environment.adding(row, at: rows.variable)) }
    }
  }

  private mutating func askExistence(_ row: Row) {
    switch row.key {
    case .derived(let record, _):
      for (index, rule) in run.library.rules.enumerated()
      where rule.conclusions.contains(where: { $0.head == .derive(record) }) {
        ask(RuleID(index))
      }
    case .concluded(let key): askConclusions { $0.key == key }
    default: break
    }
  }

  mutating func ask(_ rule: RuleID) {
    guard rules.insert(rule).inserted else { return }
    for instance in run.effectives[rule] ?? [] where instance.effective == .unknown {
      ask(instance, of: rule)
    }
  }

  /// Scope, rows, `when`, `unless` and overriding rules of one instance.
  mutating func ask(_ instance: Instance, of id: RuleID) {
    let rule = run.library[id]
    if let scope = run.library[rule.document].scope { askRoot(scope, Environment()) }
    for variable in rule.variables {
      guard let row = instance.environment.rows[variable.rows.variable] else { continue }
      if row.isGhost, case .record(let record) = variable.rows.collection { names.insert(vocabulary[record].name) }
      if row.existence == .unknown { askExistence(row) }
      if let condition = variable.rows.condition { askRoot(condition, instance.environment) }
    }
    askRoot(rule.when, instance.environment)
    if let unless = rule.unless { askRoot(unless, instance.environment) }
    for (index, other) in run.library.rules.enumerated() where other.family != rule.family {
      for case .rules(let rules) in other.overrides.map(\.target) where rules.contains(id) {
        if run.applies(RuleID(index)) == .unknown { ask(RuleID(index)) }
      }
    }
  }

  private mutating func askRoot(_ condition: Condition, _ environment: Environment) {
    if run.truth(of: condition, environment) != .no { ask(condition, environment) }
  }

  private mutating func ask(_ pattern: Pattern, _ environment: Environment) {
    let run = run
    askConclusions { concluded in
      let match = run.match(pattern, concluded.key.kind, concluded.key.fields, environment)
      return least([match, concluded.stands]) == .unknown
    }
  }

  private mutating func askConclusions(where isWanted: (Concluded) -> Bool) {
    for node in run.conclusions.keys {
      guard case .conclusion(let rule, let place, _) = node, rules.insert(rule).inserted else { continue }
      for (key, concluded) in run.conclusionsByInstance(of: node, rule) where isWanted(concluded) {
        guard let instance = run.effectives[rule]?.first(where: { $0.key == key }) else { continue }
        ask(concluded, instance, rule, place)
      }
    }
  }

  /// All that a listed conclusion rests on.
  mutating func ask(_ concluded: Concluded, _ instance: Instance, _ id: RuleID, _ place: Int) {
    ask(instance, of: id)
    for (index, other) in run.library.rules.enumerated() where other.family != run.library[id].family {
      for case .conclusions(let patterns) in other.overrides.map(\.target) {
        for overriding in run.effectives[RuleID(index)] ?? [] {
          let matches = patterns.map {
            run.match($0, concluded.key.kind, concluded.key.fields, overriding.environment)
          }
          if least([greatest(matches), overriding.effective]) == .unknown { ask(overriding, of: RuleID(index)) }
        }
      }
    }
    for field in run.library[id].conclusions[place].fields { ask(field.value, instance.environment) }
  }

  // MARK: Values

  private mutating func ask(_ value: Value, _ environment: Environment) {
    guard run.value(of: value, environment).isUnknown else { return }
    switch value.form {
    case .constant, .today, .currentPoint: break
    case .fact(let fact): ask(fact)
    case .definition(let definition): ask(definition)
    case .field(let variable, let field): askField(environment.rows[variable], field)
    case .point(_, let series, let window), .dateOf(_, let series, let window), .countPoints(let series, let window):
      ask(series, window, environment)
    case .change(_, let series, let days): ask(series, .within(days: days), environment)
    case .aggregate(_, let rows, let field):
      ask(rows, environment)
      for (truth, row) in run.truths(rows, environment) where truth != .no {
        if row.fields[field].isUnknown { askField(row, field) }
      }
    case .countRows(let rows): ask(rows, environment)
    case .arithmetic(_, let left, let right):
      ask(left, environment)
      ask(right, environment)
    case .extreme(_, let values): for value in values { ask(value, environment) }
    case .round(let inner, _), .translated(let inner, _): ask(inner, environment)
    case .template(let elements): for case .value(let inner) in elements { ask(inner, environment) }
    }
  }

  private mutating func askField(_ row: Row?, _ field: Int) {
    switch row?.key {
    case .ghost(let record): names.insert(vocabulary[record].name)
    case .given(let record, _): names.insert("\(vocabulary[record].name).\(vocabulary[record].fields[field].name)")
    default: break
    }
  }

  private mutating func ask(_ fact: FactID) {
    let name = vocabulary[fact].name
    guard vocabulary[fact].ask == nil, let definition = run.library.derivations[fact] else {
      names.insert(name)
      return
    }
    if definitions.contains(definition) { return }
    var inner = self
    inner.names = []
    inner.ask(definition)
    definitions.formUnion(inner.definitions)
    rules.formUnion(inner.rules)
    names.formUnion(inner.names.isEmpty ? [name] : inner.names)
  }

  private mutating func ask(_ id: DefinitionID) {
    if let fact = run.library[id].fact, !definitions.contains(id), vocabulary[fact].ask != nil {
      names.insert(vocabulary[fact].name)
      return
    }
    guard definitions.insert(id).inserted else { return }
    switch run.library[id].form {
    case .means(let condition): ask(condition, Environment())
    case .value(let value): ask(value, Environment())
    case .agree(let facts): for fact in facts where run.fact(fact).isUnknown { ask(fact) }
    case .lookUp(let rows, _): ask(rows, Environment())
    case .first(let clauses):
      for clause in clauses {
        let truth = clause.condition.map { run.truth(of: $0, Environment()) } ?? .yes
        if truth == .unknown, let condition = clause.condition { ask(condition, Environment()) }
        if truth != .no { ask(clause.value, Environment()) }
        if truth == .yes { break }
      }
    }
  }
}

extension OracleRuns {
  /// The questions of what is listed and of scopes that are unknown; and how many conclusions name each.
  func needs(_ listed: [(concluded: Concluded, instance: Instance, rule: RuleID, place: Int, name: OracleConclusion)])
    -> [String: Int]
  {
    var naming: [String: Set<OracleConclusion>] = [:]
    for document in library.documents {
      guard let scope = document.scope, cautious.truth(of: scope, Environment()) == .unknown else { continue }
      var questions = Questions(cautious)
      questions.ask(scope, Environment())
      for name in questions.names { naming[name] = naming[name] ?? [] }
    }
    for entry in listed where entry.name.status != .overridden {
      var questions = Questions(cautious)
      questions.ask(entry.concluded, entry.instance, entry.rule, entry.place)
      for name in questions.names { naming[name, default: []].insert(entry.name) }
    }
    return naming.mapValues(\.count)
  }
}
