internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax

/// The questions behind what is unknown, in the cautious reading (`semantics.md` §7).
struct Questions {
  let run: Run
  /// What was met on the way adds nothing again.
  private var definitions: Set<DefinitionID> = []
  /// Definitions on the way to what is asked alone.
  private var path: Set<DefinitionID> = []
  private var rules: Set<RuleID> = []
  private var conclusions: Set<Asked> = []
  private(set) var names: Set<String> = []

  /// A conclusion of one instance.
  private struct Asked: Hashable {
    var node: Node
    var rows: [RowKey]
  }

  private let settled: Settled

  init(_ run: Run) {
    self.run = run
    settled = run.settled ?? Settled(run.library)
  }

  private var vocabulary: Vocabulary { run.library.vocabulary }

  // MARK: Conditions

  mutating func ask(_ condition: Condition, _ environment: Environment) {
    let truth = run.truth(of: condition, environment)
    switch condition.form {
    case .group, .not, .exists:
      let plain = PlainCondition(condition, settled, environment.tablesOnly)
      if case .exists = condition.form, case .leaf = plain { return askUnknown(condition, truth, environment) }
      ask(plain, truth, environment)
    case .isKnown(let subject) where truth == .no, .isUnknown(let subject) where truth == .yes:
      ask(subject, environment)
    case .isKnown(let subject) where truth == .unknown, .isUnknown(let subject) where truth == .unknown,
      .isNone(let subject) where truth == .unknown:
      ask(subject, environment)
    case .isKnownToBe(let value, _) where truth != .yes: ask(value, environment)
    case .isTerm(let value, let operands): askMembership(truth, value, operands, environment)
    case .isEqual(let value, let others): askMembership(truth, value, others.map(Operand.value), environment)
    default: askUnknown(condition, truth, environment)
    }
  }

  /// `truth`: of the condition as a whole, a *not* included.
  private mutating func ask(_ plain: PlainCondition, _ truth: Truth, _ environment: Environment) {
    switch plain {
    case .settled: break
    case .leaf(let condition): ask(condition, environment)
    case .not(let inner): ask(inner, truth, environment)
    case .of(let row, let variable, let inner): ask(inner, truth, environment.adding(row, at: variable))
    case .list(_, let members):
      if truth == .no { return }
      for member in members {
        let inner = self.truth(of: member, environment)
        // What holds already asks only for what it holds unknown.
        if (inner == .unknown) == (truth == .unknown) { ask(member, inner, environment) }
      }
    }
  }

  private func truth(of plain: PlainCondition, _ environment: Environment) -> Truth {
    switch plain {
    case .settled(let truth): return truth
    case .leaf(let condition): return run.truth(of: condition, environment)
    case .not(let inner): return run.negation(truth(of: inner, environment))
    case .of(let row, let variable, let inner): return self.truth(of: inner, environment.adding(row, at: variable))
    case .list(.all, let members): return least(members.map { truth(of: $0, environment) })
    case .list(.any, let members): return greatest(members.map { truth(of: $0, environment) })
    case .list(.atLeast(let count), let members):
      return run.group(.atLeast(count), members.map { truth(of: $0, environment) })
    }
  }

  private mutating func askUnknown(_ condition: Condition, _ truth: Truth, _ environment: Environment) {
    guard truth == .unknown else { return }
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
    case .concluded(let kind, let cells):
      let run = run
      askConclusions { $0.stands == .unknown && $0.key.kind == kind && run.row($0.key) == cells }
    default: break
    }
  }

  mutating func ask(_ rule: RuleID) {
    guard rules.insert(rule).inserted else { return }
    for instance in run.effectives(of: rule) where instance.effective == .unknown {
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
      guard case .conclusion(let rule, let place, _) = node else { continue }
      for (key, concluded) in run.conclusionsByInstance(of: node, rule) where isWanted(concluded) {
        guard conclusions.insert(Asked(node: node, rows: key)).inserted,
          let instance = run.effectives(of: rule).first(where: { $0.key == key })
        else { continue }
        askWhatStands(concluded, instance, rule, place)
        askFields(instance, rule, place) { !$0.ifKnown }
      }
    }
  }

  /// All that a listed conclusion rests on.
  mutating func ask(_ concluded: Concluded, _ instance: Instance, _ id: RuleID, _ place: Int) {
    askWhatStands(concluded, instance, id, place)
    askFields(instance, id, place) { _ in true }
  }

  private mutating func askFields(
    _ instance: Instance, _ id: RuleID, _ place: Int, where isWanted: (ConclusionField) -> Bool
  ) {
    for field in run.library[id].conclusions[place].fields where isWanted(field) {
      ask(field.value, instance.environment)
    }
  }

  private mutating func askWhatStands(_ concluded: Concluded, _ instance: Instance, _ id: RuleID, _ place: Int) {
    ask(instance, of: id)
    for (index, other) in run.library.rules.enumerated() where other.family != run.library[id].family {
      for case .conclusions(let patterns) in other.overrides.map(\.target) {
        for overriding in run.effectives(of: RuleID(index)) {
          let matches = patterns.map {
            run.match($0, concluded.key.kind, concluded.key.fields, overriding.environment)
          }
          if least([greatest(matches), overriding.effective]) == .unknown { ask(overriding, of: RuleID(index)) }
        }
      }
    }
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
    conclusions.formUnion(inner.conclusions)
    names.formUnion(inner.names)
    if !inner.names.isEmpty { return }
    // What was met before on the way may have hidden all of it: whether there is anything to ask is seen alone.
    var alone = Questions(run)
    alone.definitions = path
    alone.path = path.union([definition])
    alone.ask(definition)
    if alone.names.isEmpty { names.insert(name) }
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
        if truth != .no, let condition = clause.condition { ask(condition, Environment()) }
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
