internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine

/// What a key of a patient's line is, and where its values go.
struct KeyPlan: Sendable {
  enum Kind: UInt8, Sendable {
    /// Nobody asked yet.
    case new
    /// A line with this key is read as ever.
    case other
    case id
    case scalar
    case set
    case series
    case record
  }

  var kind = Kind.new
  /// Of a record how many fields it has.
  var width: UInt8 = 0
  /// Where the columns have it; -1: no rule reads it, and its values are only checked.
  var slot: Int32 = -1
  /// Whose values these are: of the fact, of points and then of their days, of the fields of a record.
  var owner: Int32 = 0
  /// Of a record: which it is.
  var record: Int32 = 0
}

/// Somebody whose values are written in lines: a fact, the points of a series, a field of a record.
struct ValueOwner: Sendable {
  /// The values that are read as these are.
  var family: Int32
  /// The same, as texts are kept under it.
  var tag: UInt32
  /// Where its codes begin; -1: no rule reads them.
  var codes: Int
}

/// Values that are read alike: the same text is the same value.
struct ValueFamily: Hashable, Sendable {
  enum Place: Hashable, Sendable {
    case scalar(validForDays: Rational?)
    case set(FactID)
    case point
    case day
    case cell
  }

  var place: Place
  var type: ValueType
  var low: Rational?
  var high: Rational?
  /// What it is when it is not known; nil: no rule reads it, and its values are only checked.
  var full: Estimate?
}

/// A record and its fields.
struct RecordPlan: Sendable {
  let names: [String]
  /// What a row without the field has in its column.
  var missing: ContiguousArray<UInt16> = []
}

/// Looks keys up in a vocabulary.
struct KeyBook: Sendable {
  let program: Program
  private(set) var owners: ContiguousArray<ValueOwner> = []
  private var families: [ValueFamily: Int32] = [:]
  private(set) var records: [RecordPlan] = []
  /// For each record and key the column; -1: no field, -2: nobody asked yet.
  private var columnOfKey: ContiguousArray<Int16> = []
  /// How many owners have codes.
  private(set) var readers: Int32 = 0

  /// More keys have no numbers (`CSimdJSON`).
  private static let mostKeys = 4096

  init(_ program: Program) { self.program = program }

  var familyCount: Int { families.count }

  mutating func plan(_ key: String, _ columns: PatientColumns) -> KeyPlan {
    let vocabulary = program.library.vocabulary
    if key == "@id" { return KeyPlan(kind: .id) }
    if let fact = vocabulary.factNamed[key] {
      // Below a fact that is also the beginning of others, a mapping may give these.
      return vocabulary.factBeginnings.contains(key) ? KeyPlan(kind: .other) : plan(fact, vocabulary[fact])
    }
    if let record = vocabulary.recordNamed[key], !program.library.derivedRecords.contains(record) {
      return plan(record, vocabulary[record], columns)
    }
    return KeyPlan(kind: .other)
  }

  private mutating func plan(_ id: FactID, _ fact: Fact) -> KeyPlan {
    var family = ValueFamily(place: .point, type: fact.type, low: fact.range?.low, high: fact.range?.high)
    var plan = KeyPlan(kind: .other)
    let graph = program.graph
    switch fact.shape {
    case .scalar:
      plan.kind = .scalar
      plan.slot = Self.number(program.sourceMap.scalarSlots[id]?.index)
      family.place = .scalar(validForDays: fact.validForDays)
      if plan.slot >= 0 { family.full = graph.estimates[graph.scalarFulls[Int(plan.slot)].index] }
      plan.owner = add(family)
    case .set:
      plan.kind = .set
      plan.slot = Self.number(program.sourceMap.setSlots[id]?.index)
      family.place = .set(id)
      plan.owner = add(family)
    case .series:
      plan.kind = .series
      plan.slot = Self.number(program.sourceMap.seriesSlots[id]?.index)
      if plan.slot >= 0 { family.full = graph.estimates[graph.seriesFulls[Int(plan.slot)].index] }
      plan.owner = add(family)
      _ = add(ValueFamily(place: .day, type: .date, full: plan.slot >= 0 ? Estimate.none : nil))
    }
    return plan
  }

  private mutating func plan(_ id: RecordID, _ record: Record, _ columns: PatientColumns) -> KeyPlan {
    var plan = KeyPlan(kind: .other)
    plan.slot = Self.number(program.sourceMap.collectionSlots[id]?.index)
    guard record.fields.count <= 64 else { return plan }
    if plan.slot >= 0, columns.collections[Int(plan.slot)].width != record.fields.count { return plan }
    plan.kind = .record
    plan.width = UInt8(truncatingIfNeeded: record.fields.count)
    plan.owner = Int32(truncatingIfNeeded: owners.count)
    for field in record.fields {
      _ = add(ValueFamily(place: .cell, type: field.type, full: plan.slot >= 0 ? Estimate.none : nil))
    }
    plan.record = Int32(truncatingIfNeeded: records.count)
    columnOfKey.append(contentsOf: repeatElement(-2, count: Self.mostKeys))
    records.append(RecordPlan(names: record.fields.map(\.name)))
    return plan
  }

  private mutating func add(_ family: ValueFamily) -> Int32 {
    let next = Int32(truncatingIfNeeded: families.count)
    let number = families[family, default: next]
    families[family] = number
    let isRead = family.full != nil
    owners.append(
      ValueOwner(
        family: number, tag: TextMemo.tag(Int(number)), codes: isRead ? Int(readers) * CohortIntake.room : -1))
    if isRead { readers += 1 }
    return Int32(truncatingIfNeeded: owners.count - 1)
  }

  private static func number(_ slot: Int?) -> Int32 { slot.map { Int32(truncatingIfNeeded: $0) } ?? -1 }

  mutating func setMissing(_ codes: ContiguousArray<UInt16>, ofRecord record: Int) { records[record].missing = codes }

  /// The column of a field; -1: there is none.
  @inline(__always)
  func column(_ key: Int, ofRecord record: Int) -> Int { Int(columnOfKey[record * Self.mostKeys + key]) }

  mutating func findColumn(_ key: Int, _ name: String, ofRecord record: Int) -> Int {
    let column = records[record].names.firstIndex(of: name) ?? -1
    columnOfKey[record * Self.mostKeys + key] = Int16(truncatingIfNeeded: column)
    return column
  }
}
