internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax

/// A condition as it is asked about: *none of* is *not any of*, what tables and constants settle is left out, and a list
/// of one is what stands in it.
indirect enum PlainCondition {
  case settled(Truth)
  case leaf(Condition)
  case not(PlainCondition)
  case list(Kind, [PlainCondition])
  /// Asked of one row of a knowledge table.
  case of(Row, variable: Int, PlainCondition)

  enum Kind: Equatable {
    case all
    case any
    case atLeast(Int)
  }

  init(_ condition: Condition, _ settled: Settled, _ environment: Environment) {
    if let truth = settled.truth(of: condition, environment) {
      self = .settled(truth)
      return
    }
    switch condition.form {
    case .not(let inner): self = .negated(PlainCondition(inner, settled, environment))
    case .group(let kind, let members):
      let inner = members.map { PlainCondition($0, settled, environment) }
      switch kind {
      case .all: self = .all(inner)
      case .any: self = .any(inner)
      case .none: self = .negated(.any(inner))
      case .atLeast(let count): self = .list(.atLeast(count), inner)
      }
    case .exists(let rows): self = PlainCondition(rows, settled, environment) ?? .leaf(condition)
    default: self = .leaf(condition)
    }
  }

  /// To exist in a knowledge table is to be any of its rows.
  private init?(_ rows: Rows, _ settled: Settled, _ environment: Environment) {
    guard case .table = rows.collection, let condition = rows.condition else { return nil }
    self = .any(
      settled.blind.rows(rows.collection).map { row in
        let inner = PlainCondition(condition, settled, environment.adding(row, at: rows.variable))
        if case .settled = inner { return inner }
        return .of(row, variable: rows.variable, inner)
      })
  }

  /// Lists in lists are one.
  private static func all(_ members: [PlainCondition]) -> PlainCondition {
    let flat = members.flatMap { member -> [PlainCondition] in
      switch member {
      case .settled: []
      case .list(.all, let inner): inner
      default: [member]
      }
    }
    return flat.count == 1 ? flat[0] : .list(.all, flat)
  }

  private static func any(_ members: [PlainCondition]) -> PlainCondition {
    let open = members.filter { member in
      if case .settled = member { return false }
      return true
    }
    return open.count == 1 ? open[0] : .list(.any, open)
  }

  private static func negated(_ inner: PlainCondition) -> PlainCondition {
    if case .not(let twice) = inner { return twice }
    return .not(inner)
  }
}
