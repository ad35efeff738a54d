internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

// MARK: Ids

/// An index of the library.
protocol StoredID: DenseID, Stored { static var table: StoredTable { get } }

extension StoredID {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(try reader.number(below: reader.limits[Self.table.rawValue]))
  }

  func store(in writer: inout ProgramWriter) { writer.number(index) }
}

extension GroupID: StoredID { static var table: StoredTable { .groups } }
extension FactID: StoredID { static var table: StoredTable { .facts } }
extension RecordID: StoredID { static var table: StoredTable { .records } }
extension KindID: StoredID { static var table: StoredTable { .kinds } }
extension DocumentID: StoredID { static var table: StoredTable { .documents } }
extension DefinitionID: StoredID { static var table: StoredTable { .definitions } }
extension TableID: StoredID { static var table: StoredTable { .tables } }
extension RuleID: StoredID { static var table: StoredTable { .rules } }

/// A place of the source is the number of what is quoted from it.
extension Span: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let place = UInt32(try reader.number(below: reader.limits[StoredTable.quotations.rawValue]))
    self.init(file: FileID(0), start: place, end: place)
  }

  func store(in writer: inout ProgramWriter) { writer.quote(self, withText: true) }
}

/// A place that nobody asks for.
extension Span {
  static let unasked = Span(file: FileID(0), start: 0, end: 0)
}

// MARK: Types and constants

extension ValueType: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 6) {
    case 0: self = .term(try GroupID(from: &reader))
    case 1: self = .quantity(try Unit(from: &reader))
    case 2: self = .number
    case 3: self = .date
    case 4: self = .duration
    default: self = .text
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .term(let group): writer.tagged(0, group)
    case .quantity(let unit): writer.tagged(1, unit)
    case .number: writer.number(2)
    case .date: writer.number(3)
    case .duration: writer.number(4)
    case .text: writer.number(5)
    }
  }
}

extension ProgramReader {
  /// The place of a term in its group.
  mutating func term() throws(Damage) -> Int { try number(below: TermSet.mostTerms) }
}

extension Constant: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 5) {
    case 0: self = .term(try reader.term())
    case 1: self = .number(try Rational(from: &reader))
    case 2: self = .day(try Day(from: &reader))
    case 3: self = .text(try String(from: &reader))
    default: self = .none
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .term(let index): writer.tagged(0, index)
    case .number(let number): writer.tagged(1, number)
    case .day(let day): writer.tagged(2, day)
    case .text(let text): writer.tagged(3, text)
    case .none: writer.number(4)
    }
  }
}

// MARK: Parts of conditions

extension GroupKind: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 4) {
    case 0: self = .all
    case 1: self = .any
    case 2: self = .none
    default: self = .atLeast(try Int(from: &reader))
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .all: writer.number(0)
    case .any: writer.number(1)
    case .none: writer.number(2)
    case .atLeast(let count): writer.tagged(3, count)
    }
  }
}

extension SetQuantifier: StoredChoice { static var allCases: [SetQuantifier] { [.any, .all, .none] } }
extension Pick: StoredChoice { static var allCases: [Pick] { [.latest, .earliest, .highest, .lowest] } }
extension ArithmeticOperator: StoredChoice {
  static var allCases: [ArithmeticOperator] { [.add, .subtract, .multiply, .divide] }
}
extension RowsAggregate: StoredChoice {
  static var allCases: [RowsAggregate] { [.only, .total, .highest, .lowest, .earliest, .latest] }
}
extension DocumentKind: StoredChoice {}

extension Subject: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 4) {
    case 0: self = .value(try Value(from: &reader))
    case 1: self = .set(try FactID(from: &reader))
    case 2: self = .series(try FactID(from: &reader))
    default: self = .collection(try RecordID(from: &reader))
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .value(let value): writer.tagged(0, value)
    case .set(let fact): writer.tagged(1, fact)
    case .series(let fact): writer.tagged(2, fact)
    case .collection(let record): writer.tagged(3, record)
    }
  }
}

extension SetReference: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    if try Bool(from: &reader) {
      self = .column(variable: try Int(from: &reader), field: try Int(from: &reader))
    } else {
      self = .fact(try FactID(from: &reader))
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .fact(let fact): writer.tagged(0, fact)
    case .column(let variable, let field): writer.tagged(1, variable, field)
    }
  }
}

extension Operand: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self = try Bool(from: &reader) ? .value(Value(from: &reader)) : .term(reader.term())
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .term(let index): writer.tagged(0, index)
    case .value(let value): writer.tagged(1, value)
    }
  }
}

extension GuidelineModel.Collection: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 3) {
    case 0: self = .record(try RecordID(from: &reader))
    case 1: self = .table(try TableID(from: &reader))
    default: self = .kind(try KindID(from: &reader))
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .record(let id): writer.tagged(0, id)
    case .table(let id): writer.tagged(1, id)
    case .kind(let id): writer.tagged(2, id)
    }
  }
}

extension Rows: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      collection: try GuidelineModel.Collection(from: &reader), variable: try Int(from: &reader),
      condition: try Condition?(from: &reader), span: try Span(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    collection.store(in: &writer)
    variable.store(in: &writer)
    condition.store(in: &writer)
    span.store(in: &writer)
  }
}

extension Window: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self = try Bool(from: &reader) ? .since(Value(from: &reader)) : .within(days: Rational(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .within(let days): writer.tagged(0, days)
    case .since(let value): writer.tagged(1, value)
    }
  }
}

extension Pattern: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      kind: try KindID(from: &reader), fields: try [PatternField](from: &reader), span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    kind.store(in: &writer)
    fields.store(in: &writer)
  }
}

extension PatternField: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(field: try Int(from: &reader), values: try [Value]?(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    field.store(in: &writer)
    values.store(in: &writer)
  }
}

extension TemplateElement: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self = try Bool(from: &reader) ? .value(Value(from: &reader)) : .words(String(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .words(let words): writer.tagged(0, words)
    case .value(let value): writer.tagged(1, value)
    }
  }
}
