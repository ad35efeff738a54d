internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// Of the vocabulary everything but the places where it is declared.
extension Vocabulary: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init()
    try reader.readLimits([.groups, .facts, .records, .kinds])
    groups = Array(try reader.table(.groups))
    facts = Array(try reader.table(.facts))
    records = Array(try reader.table(.records))
    kinds = Array(try reader.table(.kinds))
    conflicts = try [ConflictRule](from: &reader)
    groupNamed = try [String: GroupID](from: &reader)
    factNamed = try [String: FactID](from: &reader)
    factBeginnings = try Set<String>(from: &reader)
    recordNamed = try [String: RecordID](from: &reader)
    kindNamed = try [String: KindID](from: &reader)
    guard let first = groups.first, first.terms.count >= 2 else {
      throw reader.damage("the terms yes and no are missing")
    }
  }

  func store(in writer: inout ProgramWriter) {
    for count in [groups.count, facts.count, records.count, kinds.count] { writer.number(count) }
    writer.table(groups)
    writer.table(facts)
    writer.table(records)
    writer.table(kinds)
    conflicts.store(in: &writer)
    groupNamed.store(in: &writer)
    factNamed.store(in: &writer)
    factBeginnings.store(in: &writer)
    recordNamed.store(in: &writer)
    kindNamed.store(in: &writer)
  }
}

extension TermGroup: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(name: try String(from: &reader))
    terms = try [Term](from: &reader)
    guard terms.count <= TermSet.mostTerms else { throw reader.damage("a group has too many terms") }
    for _ in 0..<(try reader.count()) {
      let name = try String(from: &reader)
      termNamed[name] = try reader.number(below: terms.count)
    }
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    terms.store(in: &writer)
    termNamed.store(in: &writer)
  }
}

extension Term: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      name: try String(from: &reader), label: try String(from: &reader), parent: try Int?(from: &reader),
      codes: try [CodeSyntax](from: &reader), span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    label.store(in: &writer)
    parent.store(in: &writer)
    codes.store(in: &writer)
  }
}

extension CodeSyntax: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      system: LocatedText(try String(from: &reader), .unasked), code: LocatedText(try String(from: &reader), .unasked))
  }

  func store(in writer: inout ProgramWriter) {
    system.value.store(in: &writer)
    code.value.store(in: &writer)
  }
}

extension FactShape: StoredChoice { static var allCases: [FactShape] { [.scalar, .set, .series] } }

extension ClosedRational: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(low: try Rational(from: &reader), high: try Rational(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    low.store(in: &writer)
    high.store(in: &writer)
  }
}

extension Fact: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      name: try String(from: &reader), shape: try FactShape(from: &reader), type: try ValueType(from: &reader),
      document: "", span: .unasked)
    ordered = try Bool(from: &reader)
    range = try ClosedRational?(from: &reader)
    ask = try String?(from: &reader)
    validForDays = try Rational?(from: &reader)
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    shape.store(in: &writer)
    type.store(in: &writer)
    ordered.store(in: &writer)
    range.store(in: &writer)
    ask.store(in: &writer)
    validForDays.store(in: &writer)
  }
}

extension Record: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      name: try String(from: &reader), fields: try [Field](from: &reader), document: "", span: .unasked)
    ask = try String?(from: &reader)
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    fields.store(in: &writer)
    ask.store(in: &writer)
  }
}

extension Field: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      name: try String(from: &reader), type: try ValueType(from: &reader), isSet: try Bool(from: &reader),
      span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    type.store(in: &writer)
    isSet.store(in: &writer)
  }
}

extension ConclusionKind: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      name: try String(from: &reader), fields: try [Field](from: &reader), isGraded: try Bool(from: &reader),
      document: "", span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    fields.store(in: &writer)
    isGraded.store(in: &writer)
  }
}

extension ConflictRule: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      first: try KindID(from: &reader), second: try KindID(from: &reader), same: try [FieldPair](from: &reader),
      span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    first.store(in: &writer)
    second.store(in: &writer)
    same.store(in: &writer)
  }
}

extension FieldPair: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(first: try Int(from: &reader), second: try Int(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    first.store(in: &writer)
    second.store(in: &writer)
  }
}
