internal import ClinicalValues
internal import GuidelineModel

/// What the oracle computes one by one, in the order of the strata.
enum Node: Hashable {
  case definition(DefinitionID)
  case body(RuleID)
  case effective(RuleID)
  /// One place under `then` of one rule; `rows` are the rows of its knowledge tables, one per variable (nil: no table).
  case conclusion(RuleID, place: Int, rows: [Int?])
  case record(RecordID)
}

/// What names a row, whatever is known of its fields.
indirect enum RowKey: Hashable {
  case ghost(RecordID)
  case given(RecordID, Int)
  case derived(RecordID, [Guess])
  case table(TableID, Int)
  case concluded(ConclusionKey)
}

/// What makes two conclusions of one rule the same.
struct ConclusionKey: Hashable {
  var rule: RuleID
  var kind: KindID
  var fields: [Int: Guess]
  var grades: [String?]
}

/// A row bound to a variable.
struct Row {
  var key: RowKey
  var fields: [Guess]
  /// Of a knowledge table.
  var cells: [Cell]?
  var existence: Truth

  var isGhost: Bool {
    if case .ghost = key { return true }
    return false
  }
}

/// The rows that stand outside of a condition, and the point that is looked at.
struct Environment {
  /// By the number of the variable.
  var rows: [Int: Row] = [:]
  var point: Guess?

  func adding(_ row: Row, at variable: Int) -> Environment {
    var result = self
    result.rows = rows.filter { $0.key < variable }
    result.rows[variable] = row
    return result
  }

  func keys(of variables: some Sequence<Int>) -> [RowKey] { variables.sorted().compactMap { rows[$0]?.key } }
}

/// One instance of a rule.
struct Instance {
  var environment: Environment
  var scope: Truth
  var body: Truth
  var unless = Truth.no
  var excepted = Truth.no
  var effective = Truth.no

  var key: [RowKey] { environment.keys(of: environment.rows.keys) }
}

/// One conclusion of an instance.
struct Concluded: Equatable {
  var key: ConclusionKey
  var scope: Truth
  var body: Truth
  var effective: Truth
  var overridden: Truth
  var complete: Truth
  var stands: Truth
}

/// A test of K: whether something is known is settled in the cautious reading and frozen.
struct KnownTest: Hashable {
  enum Place: Hashable {
    case condition(Condition)
    case agree(DefinitionID, FactID)
    case field(RuleID, place: Int, field: Int)
    /// The cell `unknown` compared with this value.
    case cell(Value)
  }

  var place: Place
  /// The rows that the test reads.
  var rows: [RowKey]
}
