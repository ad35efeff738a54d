internal import ClinicalValues
internal import GuidelineModel

/// What the oracle computes one by one, in the order of the strata.
enum Node: Hashable {
  case definition(DefinitionID)
  /// Of one unrolled rule; `rows` are the rows of its knowledge tables, one per variable (nil: no table).
  case body(RuleID, rows: [Int?])
  case effective(RuleID, rows: [Int?])
  /// One place under `then` of one unrolled rule.
  case conclusion(RuleID, place: Int, rows: [Int?])
  case record(RecordID)
}

/// What names a row, whatever is known of its fields.
indirect enum RowKey: Hashable {
  case ghost(RecordID)
  case given(RecordID, Int)
  case derived(RecordID, [Guess])
  case table(TableID, Int)
  case concluded(KindID, [Guess])
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

  /// Which row of a knowledge table it is.
  var tableRow: Int? {
    guard case .table(_, let row) = key else { return nil }
    return row
  }

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

  /// What knowledge tables alone say.
  var tablesOnly: Environment { Environment(rows: rows.filter { $0.value.tableRow != nil }) }

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
