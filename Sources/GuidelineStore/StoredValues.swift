internal import ClinicalValues

extension Rational: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let numerator = try Int64(from: &reader)
    let denominator = try Int64(from: &reader)
    if denominator == 1 {
      self.init(numerator)
    } else {
      guard denominator > 0, let number = Rational(numerator: numerator, denominator: denominator),
        number.denominator == denominator
      else { throw reader.damage("a number is no fraction") }
      self = number
    }
  }

  func store(in writer: inout ProgramWriter) {
    numerator.store(in: &writer)
    denominator.store(in: &writer)
  }
}

extension Day: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    guard let number = Int32(exactly: try Int64(from: &reader)) else { throw reader.damage("a day is out of range") }
    self.init(number: number)
  }

  func store(in writer: inout ProgramWriter) { Int64(number).store(in: &writer) }
}

extension Truth: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    guard let truth = Truth(rawValue: try reader.byte()) else { throw reader.damage("there is no such truth") }
    self = truth
  }

  func store(in writer: inout ProgramWriter) { writer.byte(rawValue) }
}

extension Comparator: StoredChoice {}

extension TermSet: Stored {
  /// No group has more terms.
  static let mostTerms = 1 << 16

  init(from reader: inout ProgramReader) throws(Damage) {
    guard let set = TermSet(words: try [UInt64](from: &reader)), set.highest ?? 0 < Self.mostTerms else {
      throw reader.damage("a set of terms is none")
    }
    self = set
  }

  func store(in writer: inout ProgramWriter) { words.store(in: &writer) }
}

extension Bound: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    switch try reader.number(below: 3) {
    case 0: self = .negativeInfinity
    case 1: self = .finite(try Rational(from: &reader))
    default: self = .positiveInfinity
    }
  }

  func store(in writer: inout ProgramWriter) {
    switch self {
    case .negativeInfinity: writer.number(0)
    case .finite(let number):
      writer.number(1)
      number.store(in: &writer)
    case .positiveInfinity: writer.number(2)
    }
  }
}

extension Interval: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let low = try Bound(from: &reader)
    let high = try Bound(from: &reader)
    guard low <= high, low < .positiveInfinity, high > .negativeInfinity else {
      throw reader.damage("an interval has no numbers")
    }
    self.init(low: low, high: high)
  }

  func store(in writer: inout ProgramWriter) {
    low.store(in: &writer)
    high.store(in: &writer)
  }
}

extension Estimate: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let mayBeNone = try Bool(from: &reader)
    let values: Values
    switch try reader.number(below: 5) {
    case 0: values = .nothing
    case 1: values = .terms(try TermSet(from: &reader))
    case 2: values = .interval(try Interval(from: &reader))
    case 3:
      let text = try reader.number(below: reader.limits[StoredTable.texts.rawValue])
      values = .text(TextID(index: UInt32(text)))
    default: values = .anyText
    }
    self.init(values: values, mayBeNone: mayBeNone)
  }

  func store(in writer: inout ProgramWriter) {
    mayBeNone.store(in: &writer)
    switch values {
    case .nothing: writer.number(0)
    case .terms(let terms):
      writer.number(1)
      terms.store(in: &writer)
    case .interval(let interval):
      writer.number(2)
      interval.store(in: &writer)
    case .text(let id):
      writer.number(3)
      writer.number(Int(id.index))
    case .anyText: writer.number(4)
    }
  }
}

/// Units are stored once for all, with their parts.
extension Unit: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self = reader.units[try reader.number(below: reader.units.count)]
  }
  func store(in writer: inout ProgramWriter) { writer.number(writer.units.number(of: self)) }
}

extension UnitParts: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let symbol = try String(from: &reader)
    var powers: [(base: Int, symbol: String, exponent: Int)] = []
    for _ in 0..<(try reader.count()) {
      let base = try reader.number(below: 9)
      let arbitrary = try String(from: &reader)
      guard let exponent = Int(exactly: try Int64(from: &reader)) else {
        throw reader.damage("an exponent is too large")
      }
      powers.append((base, arbitrary, exponent))
    }
    self.init(symbol: symbol, powers: powers, factor: try Rational(from: &reader), kind: try reader.number(below: 3))
  }

  func store(in writer: inout ProgramWriter) {
    symbol.store(in: &writer)
    writer.number(powers.count)
    for power in powers {
      writer.number(power.base)
      power.symbol.store(in: &writer)
      Int64(power.exponent).store(in: &writer)
    }
    factor.store(in: &writer)
    writer.number(kind)
  }
}
