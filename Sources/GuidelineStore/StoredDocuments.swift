internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// Of the library what reports name: neither statements nor what conditions were compiled from.
extension Library {
  init(from reader: inout ProgramReader, vocabulary: Vocabulary) throws(Damage) {
    self.init(vocabulary: vocabulary)
    documents = Array(try reader.table(.documents))
    definitions = Array(try reader.table(.definitions))
    tables = Array(try reader.table(.tables))
    rules = Array(try reader.table(.rules))
    invariants = try [Invariant](from: &reader)
    derivations = try [FactID: DefinitionID](from: &reader)
    derivedRecords = try Set<RecordID>(from: &reader)
  }

  static let storedTables: [StoredTable] = [.documents, .definitions, .tables, .rules]

  func storeCounts(in writer: inout ProgramWriter) {
    for count in [documents.count, definitions.count, tables.count, rules.count] { writer.number(count) }
  }

  func store(in writer: inout ProgramWriter) {
    writer.table(documents)
    writer.table(definitions)
    writer.table(tables)
    writer.table(rules)
    invariants.store(in: &writer)
    derivations.store(in: &writer)
    derivedRecords.store(in: &writer)
  }
}

extension Document: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      id: try String(from: &reader), kind: try DocumentKind(from: &reader), version: try String(from: &reader),
      title: try String(from: &reader), span: .unasked)
    edition = try String?(from: &reader)
    reviewBy = try Day?(from: &reader)
    sources = try [Source](from: &reader)
  }

  func store(in writer: inout ProgramWriter) {
    id.store(in: &writer)
    kind.store(in: &writer)
    version.store(in: &writer)
    title.store(in: &writer)
    edition.store(in: &writer)
    reviewBy.store(in: &writer)
    sources.store(in: &writer)
  }
}

extension Source: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(id: try String(from: &reader), title: try String(from: &reader), span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    id.store(in: &writer)
    title.store(in: &writer)
  }
}

/// Its conditions and values are in the source map.
extension Definition: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let name = try String(from: &reader)
    let document = try DocumentID(from: &reader)
    let fact = try FactID?(from: &reader)
    let type = try ValueType(from: &reader)
    let form: Form
    switch try reader.number(below: 3) {
    case 0: form = .means(Condition(.constant(.unknown), .unasked))
    case 1: form = .agree(try [FactID](from: &reader))
    default: form = .first([])
    }
    self.init(
      name: name, document: document, fact: fact, type: type, form: form, span: try Span(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    document.store(in: &writer)
    fact.store(in: &writer)
    type.store(in: &writer)
    switch form {
    case .means: writer.number(0)
    case .agree(let facts): writer.tagged(1, facts)
    case .value, .first, .lookUp: writer.number(2)
    }
    writer.quote(span, withText: false)
  }
}

/// Its cells are in the graph.
extension KnowledgeTable: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      name: try String(from: &reader), document: try DocumentID(from: &reader), columns: [],
      rows: try [KnowledgeRow](from: &reader), span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    document.store(in: &writer)
    rows.store(in: &writer)
  }
}

extension KnowledgeRow: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(id: try String?(from: &reader), cells: [], span: try Span(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    id.store(in: &writer)
    writer.quote(span, withText: false)
  }
}

/// What it concludes is in the graph and the source map.
extension Rule: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let name = try String(from: &reader)
    let document = try DocumentID(from: &reader)
    let when = try Condition(from: &reader)
    let place = try Span(from: &reader)
    self.init(name: name, document: document, family: 0, when: when, span: place, nameSpan: place)
    title = try String?(from: &reader)
    variables = try [RuleVariable](from: &reader)
    overrides = try [Override](from: &reader)
    uniqueIn = try String?(from: &reader)
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    document.store(in: &writer)
    when.store(in: &writer)
    writer.quote(nameSpan, withText: false)
    title.store(in: &writer)
    variables.store(in: &writer)
    overrides.store(in: &writer)
    uniqueIn.store(in: &writer)
  }
}

extension RuleVariable: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(name: try String(from: &reader), rows: try Rows(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    rows.store(in: &writer)
  }
}

/// The patterns that it overrides are in the graph.
extension Override: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let target: Target = try Bool(from: &reader) ? .rules([RuleID](from: &reader)) : .conclusions([])
    self.init(target: target, because: try String?(from: &reader), span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    switch target {
    case .rules(let rules): writer.tagged(1, rules)
    case .conclusions: writer.number(0)
    }
    because.store(in: &writer)
  }
}

/// Its condition is in the source map.
extension Invariant: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      name: try String(from: &reader), document: try DocumentID(from: &reader),
      never: Condition(.constant(.unknown), .unasked), because: try String?(from: &reader), span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    name.store(in: &writer)
    document.store(in: &writer)
    because.store(in: &writer)
  }
}

// MARK: Heads

extension DocumentFacts.Status: StoredChoice {}

/// Its number is its place in the library.
extension DocumentFacts: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(
      index: try Int(from: &reader), id: try String(from: &reader), kind: try DocumentKind(from: &reader),
      version: try String(from: &reader), status: try Status(from: &reader), span: .unasked)
    edition = try String?(from: &reader)
    from = try Day?(from: &reader)
    until = try Day?(from: &reader)
    uses = try [Pin](from: &reader)
  }

  func store(in writer: inout ProgramWriter) {
    index.store(in: &writer)
    id.store(in: &writer)
    kind.store(in: &writer)
    version.store(in: &writer)
    status.store(in: &writer)
    edition.store(in: &writer)
    from.store(in: &writer)
    until.store(in: &writer)
    uses.store(in: &writer)
  }
}

extension Pin: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(id: try String(from: &reader), edition: try String?(from: &reader), span: .unasked)
  }

  func store(in writer: inout ProgramWriter) {
    id.store(in: &writer)
    edition.store(in: &writer)
  }
}
