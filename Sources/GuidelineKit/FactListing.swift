public import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// What can be given of a patient: a fact, or a record with its fields.
public struct FactListing: Hashable, Sendable {
  /// The field of a record.
  public struct Field: Hashable, Sendable {
    public var name: String
    public var type: String
    public var unit: String?
    public var terms: [ListedTerm]
  }

  public var name: String
  /// In words: `one of phenotype`, `series of quantity`, `record`.
  public var type: String
  public var unit: String?
  /// In the unit; both ends are included.
  public var range: ListedRange?
  /// The terms that it may be; with an order if `isOrdered`.
  public var terms: [ListedTerm]
  public var isOrdered: Bool
  /// Only of records.
  public var fields: [Field]
  /// What to ask for.
  public var ask: String?
  public var codes: [ListedCode]
  /// The vocabulary that declares it.
  public var declaredIn: String
  public var path: String
  public var line: Int
  /// Rules, definitions, scopes and invariants, as `document/name`, of all editions.
  public var readBy: [String]
  /// Definitions that derive it when it is not given.
  public var derivedBy: [String]
}

/// A term and what it is called.
public struct ListedTerm: Hashable, Sendable {
  public var name: String
  public var label: String
  /// The class it belongs to.
  public var parent: String?
}

/// A range of values, in the unit of the fact.
public struct ListedRange: Hashable, Sendable {
  public var low: Rational
  public var high: Rational
}

/// A code of a terminology.
public struct ListedCode: Hashable, Sendable {
  public var system: String
  public var code: String
}

extension GuidelineLibrary {
  /// All facts and records by name, with who reads them.
  public func factListing() -> [FactListing] {
    let readers = readers()
    let facts = vocabulary.facts.map { listing($0, readers) }
    let records = vocabulary.records.map { listing($0, readers) }
    return (facts + records).sorted { byCodePoints($0.name, $1.name) }
  }

  private func listing(_ fact: Fact, _ readers: Readers) -> FactListing {
    let words = vocabulary.typeWords(fact.type)
    let prefix =
      switch fact.shape {
      case .scalar: ""
      case .set: "set of "
      case .series: "series of "
      }
    let type = fact.shape == .set && words.hasPrefix("one of ") ? String(words.dropFirst("one of ".count)) : words
    return FactListing(
      name: fact.name, type: prefix + type, unit: fact.type.unitSymbol, range: range(fact),
      terms: vocabulary.listedTerms(fact.type), isOrdered: fact.ordered, fields: [], ask: fact.ask,
      codes: listed(fact.codes), declaredIn: fact.document, path: files[fact.span.file].path,
      line: files.position(fact.span).line, readBy: readers.names(reading: fact.name),
      derivedBy: readers.names(deriving: fact.name))
  }

  private func listing(_ record: Record, _ readers: Readers) -> FactListing {
    let fields = record.fields.map { field in
      FactListing.Field(
        name: field.name, type: vocabulary.typeWords(field.type), unit: field.type.unitSymbol,
        terms: vocabulary.listedTerms(field.type))
    }
    return FactListing(
      name: record.name, type: "record", unit: nil, range: nil, terms: [], isOrdered: false, fields: fields,
      ask: record.ask, codes: listed(record.codes), declaredIn: record.document,
      path: files[record.span.file].path, line: files.position(record.span).line,
      readBy: readers.names(reading: record.name), derivedBy: readers.names(deriving: record.name))
  }

  private func listed(_ codes: [CodeSyntax]) -> [ListedCode] {
    codes.map { ListedCode(system: $0.system.value, code: $0.code.value) }
  }

  private func range(_ fact: Fact) -> ListedRange? {
    guard let range = fact.range else { return nil }
    guard case .quantity(let unit) = fact.type else { return ListedRange(low: range.low, high: range.high) }
    guard let low = unit.value(ofCanonical: range.low), let high = unit.value(ofCanonical: range.high) else {
      return nil
    }
    return ListedRange(low: low, high: high)
  }

  /// Who reads and derives what, over every choice of editions.
  private func readers() -> Readers {
    var readers = Readers()
    for selection in everySelection(of: syntax) {
      var scratch = Diagnostics()
      readers.add(resolve(selection, of: syntax, vocabulary: vocabulary, into: &scratch))
    }
    return readers
  }
}

/// The readers of facts, collected over several choices of documents.
private struct Readers {
  private var reading: [String: Set<String>] = [:]
  private var deriving: [String: Set<String>] = [:]

  mutating func add(_ library: Library) {
    for node in library.readingNodes() {
      for read in node.reads {
        switch read {
        case .fact(let id): reading[library.vocabulary[id].name, default: []].insert(node.qualifiedName)
        case .record(let id): reading[library.vocabulary[id].name, default: []].insert(node.qualifiedName)
        default: break
        }
      }
      for name in node.derives { deriving[name, default: []].insert(node.qualifiedName) }
    }
  }

  func names(reading name: String) -> [String] { (reading[name] ?? []).sorted(by: byCodePoints) }

  func names(deriving name: String) -> [String] { (deriving[name] ?? []).sorted(by: byCodePoints) }
}

extension ValueType {
  var unitSymbol: String? {
    switch self {
    case .quantity(let unit): unit.symbol
    case .duration: "d"
    default: nil
    }
  }
}

extension Vocabulary {
  /// As a type is written, without its unit.
  func typeWords(_ type: ValueType) -> String {
    switch type {
    case .term(.yesNo): "yes_no"
    case .term(let group): "one of \(self[group].name)"
    case .quantity: "quantity"
    case .number: "whole_number"
    case .date: "date"
    case .duration: "duration"
    case .text: "text"
    }
  }

  func listedTerms(_ type: ValueType) -> [ListedTerm] {
    guard case .term(let group) = type else { return [] }
    let terms = self[group].terms
    return terms.map { term in
      let parent = term.parent.flatMap { terms.indices.contains($0) ? terms[$0].name : nil }
      return ListedTerm(name: term.name, label: term.label, parent: parent)
    }
  }
}
