import ClinicalValues

/// What the values of a column of facts set in one word of a patient.
struct FactLane: Sendable {
  var word: Int
  var slot: Int
  /// A set of terms; else a scalar.
  var isSet: Bool
  /// For each code what it sets.
  var masks: ContiguousArray<UInt64> = []
}

/// What the rows of a table set in one word of a patient: what all cells of a row agree on.
struct TableLane: Sendable {
  struct Column: Sendable {
    var column: Int
    /// For each code what it sets.
    var masks: ContiguousArray<UInt64> = []
  }

  var table: Int
  var word: Int
  var columns: ContiguousArray<Column>
  /// The lowest bits of all counts.
  var low: UInt64 = 0
  /// What is set when nobody gave the table.
  var missing: UInt64 = 0
  /// A row that sets one of these is asked more.
  private(set) var asksMore: UInt64 = 0
  var joins: ContiguousArray<RowJoin> = []
  /// A patient who has none of these bits has no point that a join looks for.
  private(set) var pointsWord = 0
  private(set) var points: UInt64 = 0
  /// Not 0: these bits stand in several words, and any patient may have such a point.
  private(set) var isOpen: UInt64 = 0

  mutating func append(_ join: RowJoin) {
    joins.append(join)
    asksMore |= join.cells.possible
    let fields = joins.flatMap { $0.parts.map(\.any) }
    guard let word = fields.first?.word, fields.allSatisfy({ $0.word == word }) else {
      isOpen = 1
      return
    }
    (pointsWord, points) = (word, fields.reduce(0) { $0 | $1.possible })
  }
}

/// What is asked of a row besides its cells.
struct RowJoin: Sendable {
  /// A series in which some point since the day in a cell is looked for.
  struct Part: Sendable {
    var series: Int
    /// The column with the day that the search begins with.
    var column: Int
    var inner: ConditionID
    /// What the cell of a row that nobody gave may hold.
    var full: EstimateID
    /// For each code of such a day.
    var starts: ContiguousArray<StartDay> = []
    /// For each code of a day of the series.
    var days: ContiguousArray<PointDay> = []
    /// For each value of a point what it answers.
    var values: ContiguousArray<Truth> = []
    /// Whether a patient has a point at all that may do.
    var any: ColumnPlan.Field
  }

  var cells: ColumnPlan.Field
  var result: ColumnPlan.Field
  var parts: ContiguousArray<Part>
}

/// The day of a point, as a number that is compared with others.
struct PointDay: Sendable {
  /// The last day on which it certainly is, and the last on which it may be; `never`: it is on none.
  let certain: Int64
  let possible: Int64
  /// A day that is no whole number is compared itself.
  let exact: Rational?

  static let never = Int64.min

  init(_ cell: TableColumns.Cell, today: Day) {
    guard case .given(let estimate) = cell, estimate.isKnown, case .interval(let interval) = estimate.values,
      let day = interval.single
    else {
      // A day that is not known may be any: it comes behind all that is asked for, but for what does not exist.
      (certain, possible, exact) = (Self.never, .max - 1, nil)
      return
    }
    guard day <= Rational(Int64(today.number)) else {
      (certain, possible, exact) = (Self.never, Self.never, nil)
      return
    }
    (certain, possible, exact) = (day.floor, day.floor, day.isWhole ? nil : day)
  }
}

/// The day with which a search begins: the first on which a point is certainly found, and the first on which it may be.
struct StartDay: Sendable {
  let certainFrom: Int64
  let possibleFrom: Int64
  private let ends: (low: Bound, high: Bound)

  private static let never = Int64.max

  init(_ start: Estimate) {
    ends =
      switch start.values {
      case _ where start.isNone: (.positiveInfinity, .positiveInfinity)
      case .interval(let interval): (interval.low, start.mayBeNone ? .positiveInfinity : interval.high)
      default: (.negativeInfinity, .positiveInfinity)
      }
    (certainFrom, possibleFrom) = (Self.first(ends.high), Self.first(ends.low))
  }

  /// The first whole number that is not below.
  private static func first(_ end: Bound) -> Int64 {
    switch end {
    case .negativeInfinity: PointDay.never + 1
    case .finite(let number): min(max(number.ceiling, PointDay.never + 1), .max - 1)
    case .positiveInfinity: never
    }
  }

  /// Whether a point of such a day is not before it.
  @inline(__always)
  func includes(_ day: PointDay) -> Truth {
    if let exact = day.exact { return includes(exact) }
    return day.certain >= certainFrom ? .yes : day.possible >= possibleFrom ? .unknown : .no
  }

  private func includes(_ day: Rational) -> Truth {
    .finite(day) >= ends.high ? .yes : .finite(day) >= ends.low ? .unknown : .no
  }
}
