internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax

/// What a condition or value reads, found by walking it (`semantics.md` §5).
struct Reads {
  enum Source: Hashable {
    case fact(FactID)
    case definition(DefinitionID)
    case record(RecordID)
    case kind(KindID)
    case rule(RuleID)
    case pattern(Pattern)
    case variable(Int)
  }

  /// What no fact can change depends on nothing; nil: everything that is written is read.
  private let settled: Settled?
  /// The rows of tables of an unrolled rule.
  private var environment: Environment

  init(passingOver settled: Settled? = nil, _ environment: Environment = Environment()) {
    self.settled = settled
    self.environment = environment
  }

  /// Each source, and whether the edge from it is open.
  var found: [(source: Source, isOpen: Bool)] = []

  static func of(_ value: Value) -> Reads {
    var reads = Reads()
    reads.read(value)
    return reads
  }

  static func of(_ condition: Condition) -> Reads {
    var reads = Reads()
    reads.read(condition, isOpen: true)
    return reads
  }

  var variables: Set<Int> {
    var result: Set<Int> = []
    for case .variable(let variable) in found.map(\.source) { result.insert(variable) }
    return result
  }

  mutating func read(_ condition: Condition, isOpen: Bool) {
    guard let settled else { return readWritten(condition, isOpen) }
    read(PlainCondition(condition, settled, environment), isOpen)
  }

  private mutating func read(_ plain: PlainCondition, _ isOpen: Bool) {
    switch plain {
    case .settled: break
    case .leaf(let condition): readWritten(condition, isOpen)
    case .not(let inner): read(inner, false)
    case .list(_, let members): for member in members { read(member, isOpen) }
    case .of(let row, let variable, let inner):
      let outer = environment
      environment = environment.adding(row, at: variable)
      read(inner, isOpen)
      environment = outer
    }
  }

  private mutating func readWritten(_ condition: Condition, _ isOpen: Bool) {
    switch condition.form {
    case .constant: break
    case .group(.none, let members): for member in members { read(member, isOpen: false) }
    case .group(_, let members): for member in members { read(member, isOpen: isOpen) }
    case .not(let inner): read(inner, isOpen: false)
    case .isTerm(let value, let operands): readIs(value, operands, isOpen)
    case .isEqual(let value, let others): for value in [value] + others { read(value) }
    case .compare(let left, _, let right): for value in [left, right] { read(value) }
    case .isKnown(let subject), .isUnknown(let subject), .isNone(let subject): read(subject)
    case .isKnownToBe(let value, let operands):
      read(value)
      for operand in operands { read(operand) }
    case .includes(let set, _, let operands):
      if case .column(let variable, _) = set { add(.variable(variable), false) }
      for operand in operands { read(operand) }
    case .exists(let rows): read(rows, isOpen: isOpen)
    case .anyPoint(_, let window, let inner):
      read(window)
      read(inner, isOpen: isOpen)
    case .applies(let rules): for rule in rules { add(.rule(rule), isOpen) }
    case .concluded(let pattern):
      add(.pattern(pattern), isOpen)
      read(pattern)
    }
  }

  /// A yes_no definition that stands alone keeps the edge open: its truth is taken as it is.
  private mutating func readIs(_ value: Value, _ operands: [Operand], _ isOpen: Bool) {
    if value.type == .term(.yesNo), operands == [.term(0)] {
      switch value.form {
      case .fact(let fact): return add(.fact(fact), isOpen)
      case .definition(let definition): return add(.definition(definition), isOpen)
      default: break
      }
    }
    read(value)
    for operand in operands { read(operand) }
  }

  mutating func read(_ pattern: Pattern) {
    for value in pattern.fields.flatMap({ $0.values ?? [] }) { read(value) }
  }

  mutating func read(_ rows: Rows, isOpen: Bool) {
    switch rows.collection {
    case .record(let record): add(.record(record), isOpen)
    case .kind(let kind): add(.kind(kind), isOpen)
    case .table: break
    }
    if let condition = rows.condition { read(condition, isOpen: isOpen) }
  }

  mutating func read(_ value: Value) {
    switch value.form {
    case .constant, .today, .currentPoint, .change: break
    case .fact(let fact): add(.fact(fact), false)
    case .definition(let definition): add(.definition(definition), false)
    case .field(let variable, _): add(.variable(variable), false)
    case .point(_, _, let window), .dateOf(_, _, let window), .countPoints(_, let window): read(window)
    case .aggregate(_, let rows, _), .countRows(let rows): read(rows, isOpen: false)
    case .arithmetic(_, let left, let right): for value in [left, right] { read(value) }
    case .extreme(_, let values): for value in values { read(value) }
    case .round(let inner, _), .translated(let inner, _): read(inner)
    case .template(let elements):
      for case .value(let inner) in elements { read(inner) }
    }
  }

  private mutating func read(_ window: Window?) {
    if case .since(let value) = window { read(value) }
  }

  private mutating func read(_ operand: Operand) {
    if case .value(let value) = operand { read(value) }
  }

  private mutating func read(_ subject: Subject) {
    switch subject {
    case .value(let value): read(value)
    case .set, .series: break
    case .collection(let record): add(.record(record), false)
    }
  }

  private mutating func add(_ source: Source, _ isOpen: Bool) { found.append((source, isOpen)) }
}
