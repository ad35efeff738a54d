internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine

/// What a key of a patient's line is, and where its values go.
struct KeyPlan: Sendable {
  enum Kind: Sendable {
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
  /// Where the columns have it; -1: no rule reads it, and its values are only checked.
  var slot = -1
  /// Of its values, the days and values of its points, or the fields of its rows.
  var memo = 0
  /// Of a record: which it is, and how many fields it has.
  var record = 0
  var width = 0
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
  private var memos = 0
  private(set) var records: [RecordPlan] = []
  /// For each record and key the column; -1: no field, -2: nobody asked yet.
  private var columnOfKey: ContiguousArray<Int16> = []

  /// More keys have no numbers (`CSimdJSON`).
  private static let mostKeys = 4096

  init(_ program: Program) { self.program = program }

  /// How a value of a key may be written alone, around its text.
  struct Frame: Sendable {
    var before: String
    var after: String
  }

  private mutating func memos(_ count: Int) -> Int {
    memos += count
    return memos - count
  }

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
        plan.slot = program.sourceMap.scalarSlots[fact]?.index ?? -1
        plan.memo = memos(1)
      case .set:
        plan.kind = .set
        plan.slot = program.sourceMap.setSlots[fact]?.index ?? -1
        plan.memo = memos(1)
      case .series:
        plan.kind = .series
        plan.slot = program.sourceMap.seriesSlots[fact]?.index ?? -1
        plan.memo = memos(2)
      }
    } else if let record = vocabulary.recordNamed[key], !program.library.derivedRecords.contains(record) {
      let fields = vocabulary[record].fields
      plan.slot = program.sourceMap.collectionSlots[record]?.index ?? -1
      if plan.slot >= 0, columns.collections[plan.slot].width != fields.count { return plan }
      plan.kind = .record
      plan.memo = memos(fields.count)
      plan.record = records.count
      plan.width = fields.count
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
