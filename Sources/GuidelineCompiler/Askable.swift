import GuidelineModel

/// All that can be asked for, numbered in the order of the names: questions are collected as numbers, and named at the
/// end.
package struct Askable: Sendable {
  /// A fact that is asked for.
  package struct AskedFact: Sendable {
    package let number: Int
    /// It has a question of its own, and is asked for as it is.
    package let hasQuestion: Bool
  }

  /// By number, in the order of code points.
  package let names: [String]
  /// By number: the question of the fact, or of the record that a field belongs to.
  package let questions: [String?]
  /// By `FactID`.
  package let facts: [AskedFact]
  /// By `RecordID`.
  package let records: [Int]
  /// By `RelationID`: what is asked for when there are no rows.
  package let relations: [Int]
  /// By `RelationID` and column; empty: its fields are not asked for.
  package let fields: [[Int]]

  init(_ library: Library, _ map: SourceMap) {
    let vocabulary = library.vocabulary
    let relationNames = map.relations.map { Self.name($0, library) }
    let fieldNames = map.relations.map { Self.fieldNames($0, library) }
    var all = Set(vocabulary.facts.map(\.name))
    all.formUnion(vocabulary.records.map(\.name))
    all.formUnion(relationNames)
    for names in fieldNames { all.formUnion(names) }
    let sorted = all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let numbers = [String: Int](uniqueKeysWithValues: zip(sorted, sorted.indices))
    names = sorted
    questions = sorted.map { Self.question($0, vocabulary) }
    facts = vocabulary.facts.map { AskedFact(number: numbers[$0.name] ?? 0, hasQuestion: $0.ask != nil) }
    records = vocabulary.records.map { numbers[$0.name] ?? 0 }
    relations = relationNames.map { numbers[$0] ?? 0 }
    fields = fieldNames.map { names in names.map { numbers[$0] ?? 0 } }
  }

  private static func name(_ relation: RelationTrace, _ library: Library) -> String {
    switch relation {
    case .record(let id): library.vocabulary[id].name
    case .table(let id): library[id].name
    case .kind(let id): library.vocabulary[id].name
    }
  }

  /// Only the fields of rows that are given are asked for.
  private static func fieldNames(_ relation: RelationTrace, _ library: Library) -> [String] {
    guard case .record(let id) = relation, !library.derivedRecords.contains(id) else { return [] }
    let record = library.vocabulary[id]
    return record.fields.map { "\(record.name).\($0.name)" }
  }

  private static func question(_ name: String, _ vocabulary: Vocabulary) -> String? {
    if let fact = vocabulary.factNamed[name] { return vocabulary[fact].ask }
    let record = name.split(separator: ".").first.map(String.init) ?? name
    return vocabulary.recordNamed[record].flatMap { vocabulary[$0].ask }
  }
}
