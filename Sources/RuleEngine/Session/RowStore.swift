import ClinicalValues

/// The rows of one relation: flat cells, a truth per reading, and indexes by column that are built when first asked.
///
/// Rows are only ever added, and truths only rise, so that a walk over the rows is not disturbed by new ones: chains
/// begin with the newest row.
struct RowStore: Sendable {
  let width: Int
  private(set) var count = 0
  private var cells: ContiguousArray<EstimateID> = []
  /// Existence in the cautious and in the default reading.
  private(set) var truths: (ContiguousArray<Truth>, ContiguousArray<Truth>) = ([], [])
  /// The one row that stands for any number of rows of an absent collection.
  var isGhost = false
  private var table: ContiguousArray<UInt32> = []
  private var columns: ContiguousArray<ColumnIndex> = []

  private static let vacant = UInt32.max

  init(width: Int) { self.width = width }

  /// What is not there is none: whether a column is one of its relation is not known of every program that is read.
  @inline(__always)
  func cell(_ row: Int, _ column: Int) -> EstimateID {
    let place = row &* width &+ column
    return place < cells.count ? cells[place] : RuleGraphBuilder.none
  }

  @inline(__always)
  func truth(_ row: Int, _ reading: Reading) -> Truth {
    reading == .cautious ? truths.0[row] : truths.1[row]
  }

  /// Other rows, which exist alike; nothing is left of those before.
  mutating func refill(_ rows: consuming InternedRows, truth: Truth) {
    let count = rows.count
    // Rows that are given exist alike: there may be truths of more.
    if truths.0.count < count || truths.0.first != truth {
      truths.0.removeAll(keepingCapacity: true)
      truths.0.append(contentsOf: repeatElement(truth, count: count))
      truths.1 = truths.0
    }
    self.count = count
    cells = rows.cells
    if !table.isEmpty { table = [] }
    if !columns.isEmpty { columns = [] }
  }

  /// Adds a row to a bag: equal rows count twice.
  mutating func append(_ row: ContiguousArray<EstimateID>, truth: Truth) {
    cells.append(contentsOf: row)
    truths.0.append(truth)
    truths.1.append(truth)
    count += 1
  }

  /// Adds a row to a set, or raises its truth.
  ///
  /// The answer is the row if anything changed.
  mutating func raise(_ row: ContiguousArray<EstimateID>, to truth: Truth, _ reading: Reading) -> Int? {
    guard truth != .no else { return nil }
    if 2 * (count + 1) > table.count { growTable() }
    var slot = Self.hash(row) & (table.count - 1)
    while table[slot] != Self.vacant {
      let known = Int(table[slot])
      if equals(known, row) { return raise(known, to: truth, reading) }
      slot = (slot + 1) & (table.count - 1)
    }
    table[slot] = UInt32(count)
    append(row, truth: .no)
    return raise(count - 1, to: truth, reading)
  }

  private mutating func raise(_ row: Int, to truth: Truth, _ reading: Reading) -> Int? {
    guard self.truth(row, reading) < truth else { return nil }
    if reading == .cautious { truths.0[row] = truth } else { truths.1[row] = truth }
    return row
  }

  /// The default reading is the cautious one.
  mutating func copyCautiousTruths() { truths.1 = truths.0 }

  mutating func clearTruths(_ reading: Reading) {
    let none = ContiguousArray(repeating: Truth.no, count: count)
    if reading == .cautious { truths.0 = none } else { truths.1 = none }
  }

  private func equals(_ row: Int, _ other: ContiguousArray<EstimateID>) -> Bool {
    for column in 0..<width where cells[row * width + column] != other[column] { return false }
    return true
  }

  private static func hash(_ row: ContiguousArray<EstimateID>) -> Int {
    // FNV-1a over words, with a final mix: rows are short, and ids are dense.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for cell in row { hash = (hash ^ UInt64(cell.raw)) &* 0x0000_0100_0000_01b3 }
    hash ^= hash >> 29
    return Int(truncatingIfNeeded: hash & 0x7fff_ffff_ffff_ffff)
  }

  private mutating func growTable() {
    let size = max(16, table.count * 2)
    table = ContiguousArray(repeating: Self.vacant, count: size)
    var row = ContiguousArray(repeating: EstimateID(0), count: width)
    for index in 0..<count {
      for column in 0..<width { row[column] = cell(index, column) }
      var slot = Self.hash(row) & (size - 1)
      while table[slot] != Self.vacant { slot = (slot + 1) & (size - 1) }
      table[slot] = UInt32(index)
    }
  }

  // MARK: Indexes

  /// Chains of rows: by known cell, and of the rows whose cell is not known.
  private struct ColumnIndex: Sendable {
    /// For each cell by its number its newest row.
    var heads: ContiguousArray<UInt32> = []
    var unsettledHead = RowStore.vacant
    /// For each row the next of its chain.
    var next: ContiguousArray<UInt32> = []
  }

  /// Prepares the index of a column.
  mutating func prepareIndex(_ column: Int, _ pool: EstimatePool) {
    while columns.count <= column { columns.append(ColumnIndex()) }
    let first = columns[column].next.count
    guard first < count else { return }
    for row in first..<count {
      let cell = cell(row, column)
      guard pool.packed[cell.index].isKnown else {
        columns[column].next.append(columns[column].unsettledHead)
        columns[column].unsettledHead = UInt32(truncatingIfNeeded: row)
        continue
      }
      let missing = cell.index + 1 - columns[column].heads.count
      if missing > 0 { columns[column].heads.append(contentsOf: repeatElement(Self.vacant, count: missing)) }
      columns[column].next.append(columns[column].heads[cell.index])
      columns[column].heads[cell.index] = UInt32(truncatingIfNeeded: row)
    }
  }

  /// Adds the rows whose cell is this known estimate, the newest first.
  func collectRows(_ column: Int, equalTo cell: EstimateID, into rows: inout ContiguousArray<Int>) {
    guard cell.index < columns[column].heads.count else { return }
    collectChain(column, from: columns[column].heads[cell.index], into: &rows)
  }

  /// Adds the rows whose cell is not known, the newest first.
  func collectUnsettledRows(_ column: Int, into rows: inout ContiguousArray<Int>) {
    collectChain(column, from: columns[column].unsettledHead, into: &rows)
  }

  private func collectChain(_ column: Int, from head: UInt32, into rows: inout ContiguousArray<Int>) {
    var row = head
    while row != Self.vacant {
      rows.append(Int(row))
      row = columns[column].next[Int(row)]
    }
  }
}
