package import ClinicalValues

/// Facts of many patients, a column for each slot: the codes of values, and a dictionary of what the codes stand for.
///
/// What a patient has several of stands in tables: the points of a series, the rows of a collection, patient by patient.
/// Dictionaries stay when other patients come. Whoever fills the columns by codes adds a patient's rows to the tables
/// first, and ends with `addPatient`.
package struct PatientColumns: Sendable {
  /// How many patients there are, and how many there is room for.
  package private(set) var count = 0
  package let capacity: Int
  package var scalars: ContiguousArray<ValueDictionary<Estimate>>
  package var sets: ContiguousArray<ValueDictionary<TermSet?>>
  /// Codes of scalars and sets, slot by slot: that of a patient stands at `slot * capacity + patient`.
  package var scalarCodes: ContiguousArray<UInt16>
  package var setCodes: ContiguousArray<UInt16>
  /// Columns: day, value.
  package var series: ContiguousArray<TableColumns>
  package var collections: ContiguousArray<TableColumns>

  /// So many patients are answered at once.
  package static let block = 64

  /// The first code of each dictionary stands for what is not given.
  package init(_ graph: RuleGraph, capacity: Int) {
    self.capacity = capacity
    scalars = ContiguousArray(graph.scalarFulls.map { ValueDictionary(graph.estimates[$0.index]) })
    sets = ContiguousArray(repeating: ValueDictionary(nil), count: graph.setSlotCount)
    scalarCodes = ContiguousArray(repeating: 0, count: scalars.count * capacity)
    setCodes = ContiguousArray(repeating: 0, count: sets.count * capacity)
    series = ContiguousArray(repeating: TableColumns(width: 2, hasGhost: false), count: graph.seriesFulls.count)
    var widths = Array(repeating: 0, count: graph.collectionSlotCount)
    for node in graph.relations {
      if case .given(let slot) = node.origin { widths[slot.index] = max(widths[slot.index], node.width) }
    }
    collections = ContiguousArray(widths.map { TableColumns(width: $0, hasGhost: true) })
  }

  package var blocks: Int { (count + Self.block - 1) / Self.block }

  /// The patients go, what the codes stand for stays.
  package mutating func removePatients() {
    for slot in scalars.indices {
      for patient in 0..<count { scalarCodes[slot * capacity + patient] = 0 }
    }
    for slot in sets.indices {
      for patient in 0..<count { setCodes[slot * capacity + patient] = 0 }
    }
    for slot in series.indices { series[slot].removeRows() }
    for slot in collections.indices { collections[slot].removeRows() }
    count = 0
  }

  /// Enters scalars of the next patient: the slot of each, and in the lowest sixteen bits its code.
  package mutating func enter(_ scalars: Span<UInt64>) {
    let (capacity, patient) = (capacity, count)
    var codes = scalarCodes.mutableSpan
    for place in scalars.indices {
      let slot = Int(truncatingIfNeeded: scalars[place] >> 16)
      codes[slot * capacity + patient] = UInt16(truncatingIfNeeded: scalars[place])
    }
  }

  /// Ends the patient whose codes and rows were entered; false: there is no room.
  package mutating func addPatient() -> Bool {
    guard count < capacity else { return false }
    for slot in series.indices { series[slot].endPatient(count) }
    for slot in collections.indices { collections[slot].endPatient(count) }
    count += 1
    return true
  }

  /// Takes back what was entered of the patient after the last.
  package mutating func dropPatient() {
    guard count < capacity else { return }
    for slot in scalars.indices { scalarCodes[slot * capacity + count] = 0 }
    for slot in sets.indices { setCodes[slot * capacity + count] = 0 }
    for slot in series.indices { series[slot].dropPatient() }
    for slot in collections.indices { collections[slot].dropPatient() }
  }

  /// Adds the patient of a session; false: there is no room, or a dictionary is full, and other columns have to begin.
  package mutating func append(_ session: borrowing Session) -> Bool {
    guard count < capacity else { return false }
    guard enter(session) else {
      dropPatient()
      return false
    }
    return addPatient()
  }

  private mutating func enter(_ session: borrowing Session) -> Bool {
    for slot in scalars.indices {
      guard let code = scalars[slot].code(session.given(ScalarSlotID(slot))) else { return false }
      scalarCodes[slot * capacity + count] = code
    }
    for slot in sets.indices {
      guard let code = sets[slot].code(session.members(SetSlotID(slot))) else { return false }
      setCodes[slot * capacity + count] = code
    }
    for slot in series.indices where session.series.isGiven(slot) {
      series[slot].isGiven = true
      for point in session.series[slot] {
        guard series[slot].append([session.estimate(point.day), session.estimate(point.value)]) else { return false }
      }
    }
    for slot in collections.indices {
      guard let rows = session.internedRows(CollectionSlotID(slot)) else { continue }
      collections[slot].isGiven = true
      let width = rows.count == 0 ? 0 : rows.cells.count / rows.count
      for row in 0..<rows.count {
        let cells = rows.cells[row * width..<(row + 1) * width].map { session.estimate($0) }
        guard collections[slot].append(cells) else { return false }
      }
    }
    return true
  }
}

/// What codes stand for.
package struct ValueDictionary<Value: Hashable & Sendable>: Sendable {
  package private(set) var values: ContiguousArray<Value> = []
  private var codeOf: [Value: UInt16] = [:]

  init(_ first: Value) { _ = code(first) }

  /// Nil: it is full.
  package mutating func code(_ value: Value) -> UInt16? {
    if let known = codeOf[value] { return known }
    guard values.count < Int(UInt16.max) else { return nil }
    let code = UInt16(truncatingIfNeeded: values.count)
    values.append(value)
    codeOf[value] = code
    return code
  }
}

/// Rows of all patients, one behind the other, each with a code for each column.
package struct TableColumns: Sendable {
  package let width: Int
  /// One row stands for any number of rows that nobody gave.
  private let hasGhost: Bool
  package var dictionaries: ContiguousArray<ValueDictionary<Cell>>
  /// Row by row.
  package var codes: ContiguousArray<UInt16> = []
  /// For each row its patient's place in the block; rows of the next patient have none yet.
  package private(set) var patients: ContiguousArray<UInt8> = []
  /// For each patient the first row.
  private(set) var starts: ContiguousArray<UInt32> = []
  /// For each block a bit for each patient of whom nobody gave this.
  private(set) var absent: ContiguousArray<UInt64> = []
  /// Whether it is given of the next patient.
  package var isGiven = false

  package enum Cell: Hashable, Sendable {
    /// Of the row that stands for an absent collection.
    case ghost
    case given(Estimate)
  }

  init(width: Int, hasGhost: Bool) {
    self.width = width
    self.hasGhost = hasGhost
    dictionaries = ContiguousArray(repeating: ValueDictionary(.ghost), count: width)
  }

  mutating func removeRows() {
    codes.removeAll(keepingCapacity: true)
    patients.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    absent.removeAll(keepingCapacity: true)
    isGiven = false
  }

  /// Adds a row of the next patient; false: a dictionary is full.
  ///
  /// What is not there is none.
  mutating func append(_ row: [Estimate]) -> Bool {
    for column in dictionaries.indices {
      guard let code = dictionaries[column].code(.given(column < row.count ? row[column] : .none)) else { return false }
      codes.append(code)
    }
    return true
  }

  /// Adds rows of the next patient, by codes; without any it is given, too.
  package mutating func append(_ cells: Span<UInt16>) {
    isGiven = true
    for cell in cells.indices { codes.append(cells[cell]) }
  }

  mutating func endPatient(_ patient: Int) {
    if patient % PatientColumns.block == 0 { absent.append(0) }
    starts.append(UInt32(truncatingIfNeeded: patients.count))
    let place = UInt8(truncatingIfNeeded: patient % PatientColumns.block)
    if !isGiven {
      absent[patient / PatientColumns.block] |= 1 << UInt64(place)
      if hasGhost { for _ in 0..<width { codes.append(0) } }
    }
    isGiven = false
    guard width > 0 else { return }
    while patients.count * width < codes.count { patients.append(place) }
  }

  mutating func dropPatient() {
    isGiven = false
    codes.removeLast(codes.count - patients.count * width)
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
