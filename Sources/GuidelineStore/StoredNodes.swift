internal import ClinicalValues
internal import RuleEngine

// MARK: Ids

/// A table of the graph.
protocol StoredTag { static var table: StoredTable { get } }

extension RuleEngine.Table.Condition: StoredTag { static var table: StoredTable { .conditionNodes } }
extension RuleEngine.Table.Value: StoredTag { static var table: StoredTable { .valueNodes } }
extension RuleEngine.Table.Estimate: StoredTag { static var table: StoredTable { .estimates } }
extension RuleEngine.Table.Mask: StoredTag { static var table: StoredTable { .masks } }
extension RuleEngine.Table.Classes: StoredTag { static var table: StoredTable { .classes } }
extension RuleEngine.Table.Translation: StoredTag { static var table: StoredTable { .translations } }
extension RuleEngine.Table.Window: StoredTag { static var table: StoredTable { .windows } }
extension RuleEngine.Table.Rows: StoredTag { static var table: StoredTable { .rows } }
extension RuleEngine.Table.Pattern: StoredTag { static var table: StoredTable { .patterns } }
extension RuleEngine.Table.Definition: StoredTag { static var table: StoredTable { .definitionNodes } }
extension RuleEngine.Table.Rule: StoredTag { static var table: StoredTable { .ruleNodes } }
extension RuleEngine.Table.Place: StoredTag { static var table: StoredTable { .places } }
extension RuleEngine.Table.Relation: StoredTag { static var table: StoredTable { .relations } }
extension RuleEngine.Table.ScalarSlot: StoredTag { static var table: StoredTable { .scalarSlots } }
extension RuleEngine.Table.SetSlot: StoredTag { static var table: StoredTable { .setSlots } }
extension RuleEngine.Table.SeriesSlot: StoredTag { static var table: StoredTable { .seriesSlots } }
extension RuleEngine.Table.CollectionSlot: StoredTag { static var table: StoredTable { .collectionSlots } }

extension ID: Stored where Tag: StoredTag {
  @inline(__always)
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(try reader.number(below: reader.limits[Tag.table.rawValue]))
  }

  func store(in writer: inout ProgramWriter) { writer.number(index) }
}

extension Members: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let all = reader.limits[StoredTable.members.rawValue]
    let start = try reader.number(below: all + 1)
    self.init(start: UInt32(start), count: UInt32(try reader.number(below: all - start + 1)))
  }

  func store(in writer: inout ProgramWriter) {
    writer.number(Int(start))
    writer.number(Int(count))
  }
}

// MARK: Conditions

extension SettledTest: StoredChoice { static var allCases: [SettledTest] { [.known, .unknown, .none] } }

extension SettledSubject: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 4) {
    case 0: self = .value(try ID(from: &reader))
    case 1: self = .set(try ID(from: &reader))
    case 2: self = .series(try ID(from: &reader))
    default: self = .collection(try ID(from: &reader))
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .value(let id): writer.tagged(0, id)
    case .set(let id): writer.tagged(1, id)
    case .series(let id): writer.tagged(2, id)
    case .collection(let id): writer.tagged(3, id)
    }
  }
}

extension ProgramWriter {
  /// Which case it is, and what belongs to it.
  mutating func tagged<each Part: Stored>(_ tag: Int, _ parts: repeat each Part) {
    number(tag)
    for part in repeat each parts { part.store(in: &self) }
  }
}

extension ConditionNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 15) {
    case 0: self = .constant(try Truth(from: &reader))
    case 1: self = .all(try Members(from: &reader))
    case 2: self = .any(try Members(from: &reader))
    case 3: self = .not(try ID(from: &reader))
    case 4: self = .atLeast(try UInt32(from: &reader), try Members(from: &reader))
    case 5: self = .member(try ID(from: &reader), try ID(from: &reader))
    case 6: self = .related(try ID(from: &reader), try ID(from: &reader), try ID(from: &reader))
    case 7: self = .compare(try ID(from: &reader), try Comparator(from: &reader), try ID(from: &reader))
    case 8: self = .settled(try SettledTest(from: &reader), try SettledSubject(from: &reader))
    case 9: self = .certainly(try ID(from: &reader))
    case 10: self = .includes(try ID(from: &reader), try ID(from: &reader))
    case 11: self = .includesValue(try ID(from: &reader), try ID(from: &reader), try ID(from: &reader))
    case 12: self = .exists(try ID(from: &reader))
    case 13: self = .anyPoint(try ID(from: &reader), try ID?(from: &reader), try ID(from: &reader))
    default:
      self = try Bool(from: &reader) ? .applies(Members(from: &reader)) : .concluded(ID(from: &reader))
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .constant(let truth): writer.tagged(0, truth)
    case .all(let list): writer.tagged(1, list)
    case .any(let list): writer.tagged(2, list)
    case .not(let inner): writer.tagged(3, inner)
    case .atLeast(let count, let list): writer.tagged(4, count, list)
    case .member(let value, let mask): writer.tagged(5, value, mask)
    case .related(let first, let second, let classes): writer.tagged(6, first, second, classes)
    case .compare(let first, let comparator, let second): writer.tagged(7, first, comparator, second)
    case .settled(let test, let subject): writer.tagged(8, test, subject)
    case .certainly(let inner): writer.tagged(9, inner)
    case .includes(let slot, let mask): writer.tagged(10, slot, mask)
    case .includesValue(let slot, let value, let classes): writer.tagged(11, slot, value, classes)
    case .exists(let rows): writer.tagged(12, rows)
    case .anyPoint(let slot, let window, let inner): writer.tagged(13, slot, window, inner)
    case .applies(let rules): writer.tagged(14, true, rules)
    case .concluded(let pattern): writer.tagged(14, false, pattern)
    }
  }
}

// MARK: Values

extension PointPick: StoredChoice { static var allCases: [PointPick] { [.latest, .earliest, .highest, .lowest] } }

extension Aggregate: StoredChoice {
  static var allCases: [Aggregate] { [.only, .lookUp, .total, .highest, .lowest] }
}

extension ValueNode: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 21) {
    case 0: self = .constant(try ID(from: &reader))
    case 1: self = .today
    case 2: self = .fact(try ID(from: &reader), try ID?(from: &reader))
    case 3: self = .definition(try ID(from: &reader))
    case 4: self = .field(variable: try reader.variable(), column: try UInt16(from: &reader))
    case 5: self = .currentPoint
    case 6: self = .point(try PointPick(from: &reader), try ID(from: &reader), try ID?(from: &reader))
    case 7: self = .dateOf(try PointPick(from: &reader), try ID(from: &reader), try ID?(from: &reader))
    case 8: self = .change(relative: try Bool(from: &reader), try ID(from: &reader), try ID(from: &reader))
    case 9:
      self = .aggregate(try Aggregate(from: &reader), try ID(from: &reader), column: try UInt16(from: &reader))
    case 10: self = .countRows(try ID(from: &reader))
    case 11: self = .countPoints(try ID(from: &reader), try ID?(from: &reader))
    case 12: self = .add(try ID(from: &reader), try ID(from: &reader))
    case 13: self = .subtract(try ID(from: &reader), try ID(from: &reader))
    case 14: self = .multiply(try ID(from: &reader), try ID(from: &reader))
    case 15: self = .divide(try ID(from: &reader), try ID(from: &reader))
    case 16: self = .least(try Members(from: &reader))
    case 17: self = .greatest(try Members(from: &reader))
    case 18: self = .round(try ID(from: &reader), step: try ID(from: &reader))
    case 19: self = .text(template: try UInt32(from: &reader), parts: try Members(from: &reader))
    default: self = .translated(try ID(from: &reader), try ID(from: &reader))
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .constant(let id): writer.tagged(0, id)
    case .today: writer.number(1)
    case .fact(let slot, let definition): writer.tagged(2, slot, definition)
    case .definition(let id): writer.tagged(3, id)
    case .field(let variable, let column): writer.tagged(4, variable, column)
    case .currentPoint: writer.number(5)
    case .point(let pick, let slot, let window): writer.tagged(6, pick, slot, window)
    case .dateOf(let pick, let slot, let window): writer.tagged(7, pick, slot, window)
    case .change(let isRelative, let slot, let window): writer.tagged(8, isRelative, slot, window)
    case .aggregate(let aggregate, let rows, let column): writer.tagged(9, aggregate, rows, column)
    case .countRows(let rows): writer.tagged(10, rows)
    case .countPoints(let slot, let window): writer.tagged(11, slot, window)
    case .add(let first, let second): writer.tagged(12, first, second)
    case .subtract(let first, let second): writer.tagged(13, first, second)
    case .multiply(let first, let second): writer.tagged(14, first, second)
    case .divide(let first, let second): writer.tagged(15, first, second)
    case .least(let list): writer.tagged(16, list)
    case .greatest(let list): writer.tagged(17, list)
    case .round(let value, let step): writer.tagged(18, value, step)
    case .text(let template, let parts): writer.tagged(19, template, parts)
    case .translated(let value, let translation): writer.tagged(20, value, translation)
    }
  }
}

extension ProgramReader {
  /// The engine binds this many variables at once; one number more stands for the point of a series.
  mutating func variable() throws(Damage) -> UInt8 { UInt8(try number(below: 63)) }
}
