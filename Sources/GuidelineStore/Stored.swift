/// What has a form in a program file; what is read is what was written.
protocol Stored {
  init(from reader: inout ProgramReader) throws(Damage)
  func store(in writer: inout ProgramWriter)
}

extension Int: Stored {
  init(from reader: inout ProgramReader) throws(Damage) { self = try reader.number() }
  func store(in writer: inout ProgramWriter) { writer.number(self) }
}

extension Bool: Stored {
  init(from reader: inout ProgramReader) throws(Damage) { self = try reader.number(below: 2) == 1 }
  func store(in writer: inout ProgramWriter) { writer.byte(self ? 1 : 0) }
}

extension UInt8: Stored {
  init(from reader: inout ProgramReader) throws(Damage) { self = try reader.byte() }
  func store(in writer: inout ProgramWriter) { writer.byte(self) }
}

extension UInt16: Stored {
  init(from reader: inout ProgramReader) throws(Damage) { self = UInt16(try reader.number(below: 1 << 16)) }
  func store(in writer: inout ProgramWriter) { writer.number(Int(self)) }
}

extension UInt32: Stored {
  init(from reader: inout ProgramReader) throws(Damage) { self = UInt32(try reader.number(below: 1 << 32)) }
  func store(in writer: inout ProgramWriter) { writer.number(Int(self)) }
}

extension UInt64: Stored {
  init(from reader: inout ProgramReader) throws(Damage) { self = try reader.word() }
  func store(in writer: inout ProgramWriter) { writer.word(self) }
}

/// With its sign in the lowest bit.
extension Int64: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let word = try reader.word()
    self = Int64(bitPattern: word >> 1) ^ -Int64(bitPattern: word & 1)
  }

  func store(in writer: inout ProgramWriter) { writer.word(UInt64(bitPattern: (self << 1) ^ (self >> 63))) }
}

extension String: Stored {
  init(from reader: inout ProgramReader) throws(Damage) { self = try reader.string() }
  func store(in writer: inout ProgramWriter) { writer.string(self) }
}

extension Array: Stored where Element: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self = []
    let count = try reader.count()
    // What is said to follow is believed only as far as it comes: a large element has few bytes on disk.
    reserveCapacity(Swift.min(count, 4_096))
    for _ in 0..<count { append(try Element(from: &reader)) }
  }

  func store(in writer: inout ProgramWriter) {
    writer.number(count)
    for element in self { element.store(in: &writer) }
  }
}

extension ContiguousArray: Stored where Element: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self = []
    let count = try reader.count()
    reserveCapacity(Swift.min(count, 4_096))
    for _ in 0..<count { append(try Element(from: &reader)) }
  }

  func store(in writer: inout ProgramWriter) {
    writer.number(count)
    for element in self { element.store(in: &writer) }
  }
}

extension Optional: Stored where Wrapped: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self = try Bool(from: &reader) ? Wrapped(from: &reader) : nil
  }

  func store(in writer: inout ProgramWriter) {
    (self != nil).store(in: &writer)
    self?.store(in: &writer)
  }
}

/// By ascending keys, so that equal dictionaries have equal bytes.
extension Dictionary: Stored where Key: Stored & Comparable, Value: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let count = try reader.count()
    self = [:]
    guard count > 0 else { return }
    reserveCapacity(Swift.min(count, 4_096))
    for _ in 0..<count {
      let key = try Key(from: &reader)
      guard updateValue(try Value(from: &reader), forKey: key) == nil else {
        throw reader.damage("a name is there twice")
      }
    }
  }

  func store(in writer: inout ProgramWriter) {
    writer.number(count)
    for (key, value) in sorted(by: { $0.key < $1.key }) {
      key.store(in: &writer)
      value.store(in: &writer)
    }
  }
}

extension Set: Stored where Element: Stored & Comparable {
  init(from reader: inout ProgramReader) throws(Damage) { self = Set(try [Element](from: &reader)) }
  func store(in writer: inout ProgramWriter) { sorted().store(in: &writer) }
}

/// A choice of which only the names of the cases are stored, by their order.
protocol StoredChoice: Stored, CaseIterable, Equatable {}

extension StoredChoice {
  init(from reader: inout ProgramReader) throws(Damage) {
    let all = Array(Self.allCases)
    self = all[try reader.number(below: all.count)]
  }

  func store(in writer: inout ProgramWriter) {
    writer.number(Array(Self.allCases).firstIndex(of: self) ?? 0)
  }
}
