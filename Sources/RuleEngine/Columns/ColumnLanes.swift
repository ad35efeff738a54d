import ClinicalValues

/// What the values of a column of facts set in one word of a patient.
struct FactLane: Sendable {
  var word: Int
  /// A code for each patient.
  var codes: ContiguousArray<UInt16>
  /// For each code what it sets.
  var masks: ContiguousArray<UInt64>
}

/// What the rows of a table set in one word of a patient: what all cells of a row agree on.
struct TableLane: Sendable {
  struct Column: Sendable {
    var codes: ContiguousArray<UInt16>
    var masks: ContiguousArray<UInt64>
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
  private(set) var joins: ContiguousArray<RowJoin> = []
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
    /// For each row the code of the day that the search begins with.
    var starts: ContiguousArray<UInt16>
    /// For each code of such a day the first day, by rank, that surely is not before it, and the first that may be so.
    var certainFrom: ContiguousArray<Int32>
    var possibleFrom: ContiguousArray<Int32>
    var dates: PointDates
    /// For each value of a point what it answers.
    var values: ContiguousArray<Truth>
    /// Whether a patient has a point at all that may do.
    var any: ColumnPlan.Field
  }

  var cells: ColumnPlan.Field
  var result: ColumnPlan.Field
  var parts: ContiguousArray<Part>
}

/// The days of a series by rank: of each code the rank at which it certainly stands, and at which it may.
struct PointDates: Sendable {
  var certain: ContiguousArray<Int32> = []
  var possible: ContiguousArray<Int32> = []
  /// Days that are known and not after today, in their order.
  var days: [Rational] = []

  init(_ cells: ContiguousArray<TableColumns.Cell>, today: Day) {
    let limit = Rational(Int64(today.number))
    let known = cells.map { Self.day($0) }
    days = Set(known.compactMap { $0 }.filter { $0 <= limit }).sorted()
    let rankOfDay = Dictionary(uniqueKeysWithValues: days.enumerated().map { ($0.element, Int32($0.offset)) })
    for day in known {
      // A day that is not known may be any: it comes behind all that is asked for, but for what does not exist.
      let rank = day.map { rankOfDay[$0] ?? -1 }
      certain.append(rank ?? -1)
      possible.append(rank ?? Int32(days.count))
    }
  }

  private static func day(_ cell: TableColumns.Cell) -> Rational? {
    guard case .given(let estimate) = cell, estimate.isKnown, case .interval(let interval) = estimate.values else {
      return nil
    }
    return interval.single
  }

  /// The first rank for which "not before `start`" may hold, or certainly holds.
  func first(notBefore start: Estimate, isCertain: Bool) -> Int32 {
    if !isCertain, start.isNone { return Int32(days.count) + 1 }
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      let truth = Estimate.exactly(days[middle]).compared(.greaterOrEqual, to: start)
      if isCertain ? truth == .yes : truth != .no { high = middle } else { low = middle + 1 }
    }
    return Int32(low)
  }
}
