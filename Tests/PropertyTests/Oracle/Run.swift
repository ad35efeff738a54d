internal import ClinicalValues
internal import GuidelineModel

/// One reading of a library for one patient, computed component by component (`semantics.md` §9).
final class Run {
  let library: Library
  let intake: Intake
  let today: Day
  /// An exception that is not known to hold is presumed not to hold.
  let isDefault: Bool
  /// Nothing is known of the patient or of what is concluded; for questions that constants answer.
  let isBlind: Bool
  /// What tables and constants settle by themselves.
  var settled: Settled?
  /// K; what is here already is frozen.
  var known: [KnownTest: Truth]
  /// Definitions by `agree` whose known facts differ, and facts whose derivation differs from what is given.
  var conflicts: Set<String> = []

  var definitions: [DefinitionID: Guess] = [:]
  /// By rule and by the rows of its knowledge tables.
  var bodies: [RuleID: [[Int?]: [Instance]]] = [:]
  var effectives: [RuleID: [[Int?]: [Instance]]] = [:]
  var conclusions: [Node: [Concluded]] = [:]
  var records: [RecordID: [[Guess]: Truth]] = [:]

  init(_ library: Library, _ intake: Intake, today: Day, isDefault: Bool, known: [KnownTest: Truth]) {
    self.library = library
    self.intake = intake
    self.today = today
    self.isDefault = isDefault
    self.known = known
    isBlind = false
  }

  init(blind library: Library) {
    self.library = library
    today = Day(number: 0)
    intake = Intake(PatientFacts(), library.vocabulary, today: today)
    isDefault = false
    known = [:]
    isBlind = true
  }

  /// Computes all components; false if some component does not come to rest.
  func run(_ components: [[Node]]) -> Bool {
    for component in components {
      for node in component { start(node) }
      var rounds = 0
      var changes = true
      while changes {
        rounds += 1
        if rounds > 500 { return false }
        changes = false
        for node in component where compute(node) { changes = true }
      }
    }
    return true
  }

  private func start(_ node: Node) {
    switch node {
    case .definition(let id): definitions[id] = .no
    case .body(let id, let rows): bodies[id, default: [:]][rows] = []
    case .effective(let id, let rows): effectives[id, default: [:]][rows] = []
    case .conclusion: conclusions[node] = []
    case .record(let id): records[id] = [:]
    }
  }

  /// Computes one node anew; whether it changed.
  private func compute(_ node: Node) -> Bool {
    switch node {
    case .definition(let id):
      let value = define(id)
      defer { definitions[id] = value }
      return definitions[id] != value
    case .body(let id, let rows):
      let instances = bind(id, rows)
      defer { bodies[id, default: [:]][rows] = instances }
      return summary(bodies[id]?[rows] ?? []) != summary(instances)
    case .effective(let id, let rows):
      let instances = effective(id, rows)
      defer { effectives[id, default: [:]][rows] = instances }
      return summary(effectives[id]?[rows] ?? []) != summary(instances)
    case .conclusion(let rule, let place, let rows):
      let concluded = conclude(rule, place, rows)
      defer { conclusions[node] = concluded }
      return conclusions[node] != concluded
    case .record(let id):
      let rows = derive(id)
      defer { records[id] = rows }
      return records[id] != rows
    }
  }

  private func summary(_ instances: [Instance]) -> [[RowKey]: [Truth]] {
    var result: [[RowKey]: [Truth]] = [:]
    for instance in instances {
      result[instance.key] = [instance.scope, instance.body, instance.excepted, instance.effective]
    }
    return result
  }

  func presume(_ truth: Truth) -> Truth { isDefault && truth == .unknown ? .no : truth }

  func negation(_ truth: Truth) -> Truth {
    switch truth {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  /// The truth of a test of K.
  func frozen(_ test: KnownTest, _ compute: () -> Truth) -> Truth {
    if isBlind { return .unknown }
    if let truth = known[test] { return truth }
    let truth = compute()
    known[test] = truth
    return truth
  }

  // MARK: Rules

  /// The instances of all unrolled rules of a rule.
  func bodies(of rule: RuleID) -> [Instance] { (bodies[rule] ?? [:]).values.flatMap { $0 } }
  func effectives(of rule: RuleID) -> [Instance] { (effectives[rule] ?? [:]).values.flatMap { $0 } }

  /// The instances of one unrolled rule.
  private func bind(_ id: RuleID, _ rows: [Int?]) -> [Instance] {
    let rule = library[id]
    let scope = library[rule.document].scope.map { truth(of: $0, Environment()) } ?? .yes
    var bound: [(environment: Environment, existence: Truth)] = [(Environment(), .yes)]
    for (variable, wanted) in zip(rule.variables, rows) {
      bound = bound.flatMap { environment, existence in
        truths(variable.rows, environment).filter { truth, row in
          truth != .no && (wanted == nil || wanted == row.tableRow)
        }.map { truth, row in
          (environment.adding(row, at: variable.rows.variable), least([existence, truth]))
        }
      }
    }
    return bound.map { environment, existence in
      let when = truth(of: rule.when, environment)
      return Instance(environment: environment, scope: scope, body: least([scope, existence, when]))
    }
  }

  private func effective(_ id: RuleID, _ rows: [Int?]) -> [Instance] {
    let rule = library[id]
    var overriding = Truth.no
    for index in library.rules.indices where library.rules[index].family != rule.family {
      for case .rules(let rules) in library.rules[index].overrides.map(\.target) where rules.contains(id) {
        overriding = greatest([overriding, applies(RuleID(index))])
      }
    }
    return (bodies[id]?[rows] ?? []).map { instance in
      var instance = instance
      instance.unless = rule.unless.map { truth(of: $0, instance.environment) } ?? .no
      instance.excepted = greatest([instance.unless, overriding])
      instance.effective = least([instance.body, negation(presume(instance.excepted))])
      return instance
    }
  }

  func applies(_ rule: RuleID) -> Truth {
    if isBlind { return .unknown }
    return greatest(effectives(of: rule).map(\.effective))
  }

  private func conclude(_ id: RuleID, _ place: Int, _ rows: [Int?]) -> [Concluded] {
    let conclusion = library[id].conclusions[place]
    guard case .kind(let kind) = conclusion.head else { return [] }
    return (effectives[id]?[rows] ?? []).map { instance in
      let fields = self.fields(of: conclusion, id, place, instance.environment)
      let grades = [conclusion.strength, conclusion.certainty].map { self.grade($0, instance.environment) }
      let overridden = self.overridden(id, kind, fields)
      let complete: Truth = fields.values.allSatisfy(\.isKnown) ? .yes : .unknown
      // Without a subject nothing is said.
      let says: Truth = fields[0] == nil ? .no : .yes
      return Concluded(
        key: ConclusionKey(rule: id, kind: kind, fields: fields, grades: grades), scope: instance.scope,
        body: least([instance.body, says]), effective: instance.effective, overridden: overridden, complete: complete,
        stands: least([instance.effective, negation(presume(overridden)), complete, says]))
    }
  }

  /// Fields that are none, or not known and marked `if known`, are left out.
  private func fields(of conclusion: Conclusion, _ id: RuleID, _ place: Int, _ environment: Environment) -> [Int: Guess]
  {
    var result: [Int: Guess] = [:]
    for field in conclusion.fields {
      let value = self.value(of: field.value, environment)
      if value.isNone { continue }
      if field.ifKnown, isLeftOut(field, value, id, place, environment) { continue }
      result[field.field] = value
    }
    return result
  }

  /// A field of a ghost row is not left out: the rows it stands for may have it.
  private func isLeftOut(
    _ field: ConclusionField, _ value: Guess, _ id: RuleID, _ place: Int, _ environment: Environment
  ) -> Bool {
    let variables = Reads.of(field.value).variables
    if variables.contains(where: { environment.rows[$0]?.isGhost == true }) { return false }
    let test = KnownTest(
      place: .field(id, place: place, field: field.field), rows: environment.keys(of: variables))
    return frozen(test) { Truth(value.isKnown) } == .no
  }

  private func grade(_ grade: Grade?, _ environment: Environment) -> String? {
    switch grade {
    case nil: return nil
    case .word(let word): return word
    case .column(let variable, let field):
      guard let row = environment.rows[variable], let type = columnType(row, field) else { return nil }
      return Printing(library.vocabulary).known(row.fields[field], type)
    }
  }

  private func columnType(_ row: Row, _ field: Int) -> ValueType? {
    switch row.key {
    case .table(let table, _): library[table].columns[field].type
    case .given(let record, _), .ghost(let record), .derived(let record, _):
      library.vocabulary[record].fields[field].type
    case .concluded(let kind, _): library.vocabulary[kind].fields[field].type
    }
  }

  private func overridden(_ id: RuleID, _ kind: KindID, _ fields: [Int: Guess]) -> Truth {
    var result = Truth.no
    for index in library.rules.indices where library.rules[index].family != library[id].family {
      for case .conclusions(let patterns) in library.rules[index].overrides.map(\.target) {
        for pattern in patterns {
          for instance in effectives(of: RuleID(index)) {
            let matches = match(pattern, kind, fields, instance.environment)
            result = greatest([result, least([instance.effective, matches])])
          }
        }
      }
    }
    return result
  }

  private func derive(_ record: RecordID) -> [[Guess]: Truth] {
    var result: [[Guess]: Truth] = [:]
    for (index, rule) in library.rules.enumerated() {
      for (place, conclusion) in rule.conclusions.enumerated() where conclusion.head == .derive(record) {
        for instance in effectives(of: RuleID(index)) where instance.effective != .no {
          let stated = fields(of: conclusion, RuleID(index), place, instance.environment)
          let row = library.vocabulary[record].fields.indices.map { stated[$0] ?? .none }
          result[row] = greatest([result[row] ?? .no, instance.effective])
        }
      }
    }
    return result
  }
}
