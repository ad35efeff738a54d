import ClinicalValues
import RuleEngine

/// What a variable of a rule, or of a question about rows, stands for while its conditions are translated.
enum RowScope: Sendable {
  /// Some row of a collection that is given.
  case given(RelationID, depth: Int)
  /// The row that stands for a collection that is not given.
  case ghost(RelationID)
  /// A row whose fields are known expressions: of a table, or of what a rule without rows of its own concludes.
  case fixed(RelationID, key: Int, [Expression])

  /// Tells scopes apart; equal keys mean equal formulas.
  enum Key: Hashable, Sendable {
    case given(RelationID, Int)
    case ghost(RelationID)
    case fixed(RelationID, Int)
  }

  var key: Key {
    switch self {
    case .given(let relation, let depth): .given(relation, depth)
    case .ghost(let relation): .ghost(relation)
    case .fixed(let relation, let key, _): .fixed(relation, key)
    }
  }

  var isGhost: Bool {
    if case .ghost = self { true } else { false }
  }
}

/// The scopes of the variables that are bound.
struct Scopes: Sendable {
  var rows: [UInt8: RowScope] = [:]
  /// The point that a condition on the points of a series is asked of.
  var keys: [UInt8: RowScope.Key] { rows.mapValues(\.key) }

  static let none = Scopes()

  func binding(_ variable: UInt8, to scope: RowScope) -> Scopes {
    var copy = self
    copy.rows[variable] = scope
    return copy
  }

  /// How many rows of a relation are bound already.
  func depth(of relation: RelationID) -> Int {
    rows.values.count { scope in
      if case .given(relation, _) = scope { true } else { false }
    }
  }
}
