import ClinicalValues
import GuidelineModel

/// Where the names of one vocabulary are in another version of it.
///
/// Facts and records are the same when their names are, and their values are of the same kind; terms go by name.
struct VocabularyMap: Sendable {
  let source: Vocabulary
  let target: Vocabulary
  private(set) var facts: [FactID: FactID] = [:]
  private(set) var records: [RecordID: RecordID] = [:]
  /// By record of the source: where each of its fields is.
  private(set) var fields: [RecordID: [Int: Int]] = [:]

  init(from source: Vocabulary, to target: Vocabulary) {
    self.source = source
    self.target = target
    for (index, fact) in source.facts.enumerated() {
      guard let other = target.factNamed[fact.name], target[other].shape == fact.shape,
        isSameKind(fact.type, target[other].type)
      else { continue }
      facts[FactID(index)] = other
    }
    for (index, record) in source.records.enumerated() {
      guard let other = target.recordNamed[record.name] else { continue }
      records[RecordID(index)] = other
      var places: [Int: Int] = [:]
      for (column, field) in record.fields.enumerated() {
        let match = target[other].fields.firstIndex { $0.name == field.name && isSameKind(field.type, $0.type) }
        places[column] = match
      }
      fields[RecordID(index)] = places
    }
  }

  private func isSameKind(_ first: ValueType, _ second: ValueType) -> Bool {
    switch (first, second) {
    case (.term, .term), (.number, .number), (.date, .date), (.duration, .duration), (.text, .text): true
    case (.quantity(let left), .quantity(let right)): left.isComparable(with: right)
    default: false
    }
  }

  /// Where a term of a type is in the other type; nil: it is not there.
  func term(_ index: Int, _ type: ValueType, _ other: ValueType) -> Int? {
    guard case .term(let group) = type, case .term(let otherGroup) = other,
      source[group].terms.indices.contains(index)
    else { return nil }
    return target[otherGroup].termNamed[source[group].terms[index].name]
  }

  func terms(_ terms: TermSet, _ type: ValueType, _ other: ValueType) -> TermSet {
    TermSet(terms.indices.compactMap { term($0, type, other) })
  }

  // MARK: Patients

  /// The same patient as far as the other version can record him; what it cannot is not given there.
  func carry(_ facts: PatientFacts) -> PatientFacts {
    var carried = PatientFacts()
    for (fact, given) in facts.scalars {
      guard let other = self.facts[fact] else { continue }
      carried.scalars[other] = given.map { item in
        var item = item
        item.value = value(item.value, source[fact].type, target[other].type)
        return item
      }
    }
    for (fact, given) in facts.sets {
      guard let other = self.facts[fact] else { continue }
      carried.sets[other] = given.map { item in
        guard case .members(let members) = item.content else { return item }
        var item = item
        item.content = .members(members.compactMap { term($0, source[fact].type, target[other].type) }.sorted())
        return item
      }
    }
    for (fact, given) in facts.series {
      guard let other = self.facts[fact] else { continue }
      carried.series[other] = given.map { carry($0, source[fact].type, target[other].type) }
    }
    for (record, given) in facts.records {
      guard let other = records[record] else { continue }
      carried.records[other] = given.map { carry($0, record, other) }
    }
    return carried
  }

  private func carry(_ series: GivenSeries, _ type: ValueType, _ other: ValueType) -> GivenSeries {
    guard case .points(let points) = series.content else { return series }
    var series = series
    series.content = .points(
      points.map { GivenPoint(value: value($0.value, type, other), on: $0.on, span: $0.span) })
    return series
  }

  private func carry(_ rows: GivenRows, _ record: RecordID, _ other: RecordID) -> GivenRows {
    guard case .rows(let list) = rows.content else { return rows }
    var rows = rows
    rows.content = .rows(
      list.map { row in
        var fields: [Int: GivenValue] = [:]
        for (column, given) in row.fields {
          guard let place = self.fields[record]?[column] else { continue }
          fields[place] = value(given, source[record].fields[column].type, target[other].fields[place].type)
        }
        return GivenRow(fields: fields, span: row.span)
      })
    return rows
  }

  private func value(_ value: GivenValue, _ type: ValueType, _ other: ValueType) -> GivenValue {
    guard case .term(let index) = value else { return value }
    return term(index, type, other).map { .term($0) } ?? .unknown(cause: "not_given")
  }
}

extension VocabularyMap {
  /// What keeps some patients from being compared: they cannot be recorded in both vocabularies, or a value of theirs
  /// counts for another time.
  ///
  /// The source is the earlier version.
  func limits() -> [String] {
    var limits: [String] = []
    for (index, fact) in source.facts.enumerated() {
      guard let other = facts[FactID(index)] else {
        if target.factNamed[fact.name] != nil { limits.append("`\(fact.name)` has another type now") }
        continue
      }
      limits += limitsOfTerms(fact.name, fact.type, target[other].type)
      if fact.validForDays != target[other].validForDays {
        limits.append("values of `\(fact.name)` are valid for another time now")
      }
      if fact.range != target[other].range {
        limits.append("`\(fact.name)` can be recorded in another range now")
      }
    }
    for (record, places) in fields.sorted(by: { $0.key < $1.key }) {
      guard let other = records[record] else { continue }
      for (column, field) in source[record].fields.enumerated() {
        let name = "\(source[record].name).\(field.name)"
        guard let place = places[column] else {
          limits.append("`\(name)` can no longer be recorded")
          continue
        }
        limits += limitsOfTerms(name, field.type, target[other].fields[place].type)
      }
    }
    return limits
  }

  private func limitsOfTerms(_ name: String, _ type: ValueType, _ other: ValueType) -> [String] {
    guard case .term(let group) = type, case .term(let otherGroup) = other else { return [] }
    let old = source[group].terms.map(\.name)
    let new = target[otherGroup].terms.map(\.name)
    return old.filter { !new.contains($0) }.map { "`\(name)` can no longer be `\($0)`" }
      + new.filter { !old.contains($0) }.map { "`\(name)` can be `\($0)` now" }
  }
}

extension VocabularyMap {
  /// Whether a term has the same number in both, wherever both have it, and none has a number that is another's.
  var numbersTermsAlike: Bool {
    source.groups.allSatisfy { group in
      guard
        let other = target.groupNamed[group.name].map({ target[$0] })
          ?? target.groups.first(where: { $0.name == group.name })
      else { return true }
      return zip(group.terms, other.terms).allSatisfy { $0.name == $1.name }
    }
  }
}
