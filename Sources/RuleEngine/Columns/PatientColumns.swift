import ClinicalValues

/// Facts of many patients, a column for each slot: the codes of values, and a dictionary of what the codes stand for.
///
/// What a patient has several of stands in tables: the points of a series, the rows of a collection, patient by patient.
package struct PatientColumns: Sendable {
  /// How many patients there are.
  package private(set) var count = 0
  private(set) var scalars: ContiguousArray<CodeColumn<Estimate>>
  private(set) var sets: ContiguousArray<CodeColumn<TermSet?>>
  /// Columns: day, value.
  private(set) var series: ContiguousArray<TableColumns>
  private(set) var collections: ContiguousArray<TableColumns>

  /// So many patients are answered at once.
  static let block = 64

  package init(_ graph: RuleGraph) {
    scalars = ContiguousArray(repeating: CodeColumn(), count: graph.scalarFulls.count)
    sets = ContiguousArray(repeating: CodeColumn(), count: graph.setSlotCount)
    series = ContiguousArray(repeating: TableColumns(width: 2), count: graph.seriesFulls.count)
    var widths = Array(repeating: 0, count: graph.collectionSlotCount)
    for node in graph.relations {
      if case .given(let slot) = node.origin { widths[slot.index] = max(widths[slot.index], node.width) }
    }
    collections = ContiguousArray(widths.map { TableColumns(width: $0) })
  }

  var blocks: Int { (count + Self.block - 1) / Self.block }

  /// Adds the patient of a session; false: a dictionary is full, and other columns have to begin.
  package mutating func append(_ session: borrowing Session) -> Bool {
    guard hasRoom(session) else { return false }
    for slot in scalars.indices { scalars[slot].append(session.given(ScalarSlotID(slot))) }
    for slot in sets.indices { sets[slot].append(session.members(SetSlotID(slot))) }
    for slot in series.indices {
      series[slot].begin(count, isGiven: session.series[slot].isGiven)
      for point in session.series[slot].points {
        series[slot].append([session.estimate(point.day), session.estimate(point.value)], patient: count)
      }
    }
    for slot in collections.indices {
      let rows = session.internedRows(CollectionSlotID(slot))
      collections[slot].begin(count, isGiven: rows != nil)
      // One row stands for any number of rows that nobody gave.
      guard let rows else {
        collections[slot].appendGhost(patient: count)
        continue
      }
      let width = rows.count == 0 ? 0 : rows.cells.count / rows.count
      for row in 0..<rows.count {
        let cells = rows.cells[row * width..<(row + 1) * width].map { session.estimate($0) }
        collections[slot].append(cells, patient: count)
      }
    }
    count += 1
    return true
  }

  private func hasRoom(_ session: borrowing Session) -> Bool {
    for slot in series.indices where !series[slot].hasRoom(session.series[slot].points.count) { return false }
    for slot in collections.indices {
      let rows = session.internedRows(CollectionSlotID(slot))?.count ?? 0
      if !collections[slot].hasRoom(rows) { return false }
    }
    return scalars.allSatisfy { $0.hasRoom(1) } && sets.allSatisfy { $0.hasRoom(1) }
  }
}

/// A value for each patient or row, as its place in a dictionary.
struct CodeColumn<Value: Hashable & Sendable>: Sendable {
  private(set) var dictionary: ContiguousArray<Value> = []
  private(set) var codes: ContiguousArray<UInt16> = []
  private var codeOf: [Value: UInt16] = [:]

  func hasRoom(_ count: Int) -> Bool { dictionary.count + count <= Int(UInt16.max) }

  mutating func append(_ value: Value) {
    codes.append(code(value))
  }

  private mutating func code(_ value: Value) -> UInt16 {
    if let known = codeOf[value] { return known }
    let code = UInt16(truncatingIfNeeded: dictionary.count)
    dictionary.append(value)
    codeOf[value] = code
    return code
  }
}

/// Rows of all patients, one behind the other, as columns.
struct TableColumns: Sendable {
  private(set) var cells: ContiguousArray<CodeColumn<Cell>>
  /// For each row its patient's place in the block.
  private(set) var patients: ContiguousArray<UInt8> = []
  /// For each patient the first row.
  private(set) var starts: ContiguousArray<UInt32> = []
  /// For each block a bit for each patient of whom nobody gave this.
  private(set) var absent: ContiguousArray<UInt64> = []

  enum Cell: Hashable, Sendable {
    /// Of the row that stands for an absent collection.
    case ghost
    case given(Estimate)
  }

  init(width: Int) { cells = ContiguousArray(repeating: CodeColumn(), count: width) }

  func hasRoom(_ count: Int) -> Bool { cells.allSatisfy { $0.hasRoom(count + 1) } }

  mutating func begin(_ patient: Int, isGiven: Bool) {
    if patient % PatientColumns.block == 0 { absent.append(0) }
    if !isGiven { absent[patient / PatientColumns.block] |= 1 << UInt64(patient % PatientColumns.block) }
    starts.append(UInt32(truncatingIfNeeded: patients.count))
  }

  /// What is not there is none.
  mutating func append(_ row: [Estimate], patient: Int) {
    for column in cells.indices { cells[column].append(.given(column < row.count ? row[column] : .none)) }
    patients.append(UInt8(patient % PatientColumns.block))
  }

  mutating func appendGhost(patient: Int) {
    for column in cells.indices { cells[column].append(.ghost) }
    patients.append(UInt8(patient % PatientColumns.block))
  }

  /// The rows of a patient.
  @inline(__always)
  func rows(of patient: Int) -> Range<Int> {
    let end = patient + 1 < starts.count ? Int(starts[patient + 1]) : patients.count
    return Int(starts[patient])..<end
  }

  /// The rows of a block of patients.
  @inline(__always)
  func rows(ofBlock block: Int) -> Range<Int> {
    let first = block * PatientColumns.block
    let next = first + PatientColumns.block
    return Int(starts[first])..<(next < starts.count ? Int(starts[next]) : patients.count)
  }
}
