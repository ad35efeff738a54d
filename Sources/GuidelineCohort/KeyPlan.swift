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
  /// Of its values, the values of its points, or the fields of its rows.
  var memo: Int32 = 0
  /// Of a series or record: which it is.
  var number: Int32 = 0
  /// The line that had it last.
  var seen = 0
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
  /// The days of points are the same for all series.
  static let days = 0
  /// Those of series that no rule reads are only checked.
  static let otherDays = 1
  private var memos = 2
  private var series = 0
  private(set) var records: [RecordPlan] = []
  /// For each record and key the column; -1: no field, -2: nobody asked yet.
  private var columnOfKey: ContiguousArray<Int16> = []

  /// More keys have no numbers (`CSimdJSON`).
  private static let mostKeys = 4096

  init(_ program: Program) { self.program = program }

  private mutating func memos(_ count: Int) -> Int32 {
    memos += count
    return Int32(truncatingIfNeeded: memos - count)
  }

  private static func number(_ slot: Int?) -> Int32 { slot.map { Int32(truncatingIfNeeded: $0) } ?? -1 }

  mutating func plan(_ key: String, _ columns: PatientColumns) -> KeyPlan {
    var plan = KeyPlan(kind: .other)
    let vocabulary = program.library.vocabulary
    if key == "@id" {
      plan.kind = .id
    } else if let fact = vocabulary.factNamed[key] {
      // Below a fact that is also the beginning of others, a mapping may give these.
      guard !vocabulary.factBeginnings.contains(key) else { return plan }
      switch vocabulary[fact].shape {
      case .scalar:
        plan.kind = .scalar
        plan.slot = Self.number(program.sourceMap.scalarSlots[fact]?.index)
        plan.memo = memos(1)
      case .set:
        plan.kind = .set
        plan.slot = Self.number(program.sourceMap.setSlots[fact]?.index)
        plan.memo = memos(1)
      case .series:
        plan.kind = .series
        plan.slot = Self.number(program.sourceMap.seriesSlots[fact]?.index)
        plan.memo = memos(1)
        plan.number = Int32(truncatingIfNeeded: series)
        series += 1
      }
    } else if let record = vocabulary.recordNamed[key], !program.library.derivedRecords.contains(record) {
      let fields = vocabulary[record].fields
      plan.slot = Self.number(program.sourceMap.collectionSlots[record]?.index)
      guard fields.count <= 64 else { return plan }
      if plan.slot >= 0, columns.collections[Int(plan.slot)].width != fields.count { return plan }
      plan.kind = .record
      plan.memo = memos(fields.count)
      plan.number = Int32(truncatingIfNeeded: records.count)
      plan.width = UInt8(truncatingIfNeeded: fields.count)
      columnOfKey.append(contentsOf: repeatElement(-2, count: Self.mostKeys))
      records.append(RecordPlan(names: fields.map(\.name)))
    }
    return plan
  }

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
