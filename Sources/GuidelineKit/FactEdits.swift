import ClinicalValues
import GuidelineModel
import SourceText

/// One change of what is given of a patient.
enum FactEdit: Hashable {
  case scalar(FactID, GivenValue)
  case set(FactID, [Int])
  /// The newest point of a series gets this value; without a point there is one of today.
  case newestPoint(FactID, GivenValue)
  case field(RecordID, row: Int, field: Int, GivenValue)
  case addRow(RecordID, [Int: GivenValue])
  case removeRow(RecordID, row: Int)

  /// What is changed: two edits of one target do not go together.
  enum Target: Hashable {
    case fact(FactID)
    case field(RecordID, Int, Int)
    case rows(RecordID)
  }

  var target: Target {
    switch self {
    case .scalar(let fact, _), .set(let fact, _), .newestPoint(let fact, _): .fact(fact)
    case .field(let record, let row, let field, _): .field(record, row, field)
    case .addRow(let record, _), .removeRow(let record, _): .rows(record)
    }
  }
}

extension PatientFacts {
  /// The facts with a change made, seen from a day.
  func applying(_ edit: FactEdit, today: Day, at place: Span) -> PatientFacts {
    var copy = self
    switch edit {
    case .scalar(let fact, let value): copy.scalars[fact] = [GivenScalar(value: value, on: nil, span: place)]
    case .set(let fact, let members): copy.sets[fact] = [GivenSet(content: .members(members), span: place)]
    case .newestPoint(let fact, let value):
      var points = points(fact) ?? []
      if let newest = newestPoint(points, today: today) {
        points[newest].value = value
      } else {
        points.append(GivenPoint(value: value, on: .day(today), span: place))
      }
      copy.series[fact] = [GivenSeries(content: .points(points), span: place)]
    case .field(let record, let row, let field, let value):
      guard var rows = rows(record), rows.indices.contains(row) else { return self }
      rows[row].fields[field] = value
      copy.records[record] = [GivenRows(content: .rows(rows), span: place)]
    case .addRow(let record, let fields):
      let rows = (rows(record) ?? []) + [GivenRow(fields: fields, span: place)]
      copy.records[record] = [GivenRows(content: .rows(rows), span: place)]
    case .removeRow(let record, let row):
      guard var rows = rows(record), rows.indices.contains(row) else { return self }
      rows.remove(at: row)
      copy.records[record] = [GivenRows(content: .rows(rows), span: place)]
    }
    return copy
  }

  func members(_ fact: FactID) -> [Int]? {
    guard let given = sets[fact]?.first, case .members(let members) = given.content else { return nil }
    return members
  }

  func points(_ fact: FactID) -> [GivenPoint]? {
    guard let given = series[fact]?.first, case .points(let points) = given.content else { return nil }
    return points
  }

  func rows(_ record: RecordID) -> [GivenRow]? {
    guard let given = records[record]?.first, case .rows(let rows) = given.content else { return nil }
    return rows
  }

  /// The place of the latest point that is not after today.
  func newestPoint(_ points: [GivenPoint], today: Day) -> Int? {
    var best: (index: Int, day: Day)?
    for (index, point) in points.enumerated() {
      guard case .day(let day) = point.on, day <= today else { continue }
      if let known = best, known.day > day { continue }
      best = (index, day)
    }
    return best?.index
  }

  /// The value that an edit replaces; nil: nothing is known there.
  func value(before edit: FactEdit, today: Day) -> GivenValue? {
    switch edit {
    case .scalar(let fact, _): scalars[fact]?.first?.value
    case .newestPoint(let fact, _):
      points(fact).flatMap { points in newestPoint(points, today: today).map { points[$0].value } }
    case .field(let record, let row, let field, _):
      rows(record).flatMap { $0.indices.contains(row) ? $0[row].fields[field] : nil }
    case .set, .addRow, .removeRow: nil
    }
  }
}

extension Vocabulary {
  /// A change in words.
  func describe(_ edit: FactEdit, of facts: PatientFacts, today: Day) -> FactChange {
    let before = facts.value(before: edit, today: today)
    switch edit {
    case .scalar(let fact, let value), .newestPoint(let fact, let value):
      let type = self[fact].type
      return FactChange(fact: self[fact].name, from: words(before, type), to: words(value, type))
    case .set(let fact, let members):
      return FactChange(
        fact: self[fact].name, from: facts.members(fact).map { list($0, self[fact].type) } ?? "unknown",
        to: list(members, self[fact].type))
    case .field(let record, let index, let field, let value):
      let declared = self[record].fields[field]
      var others = facts.rows(record).flatMap { $0.indices.contains(index) ? $0[index].fields : nil } ?? [:]
      others[field] = nil
      return FactChange(
        fact: "\(self[record].name).\(declared.name)", row: others.isEmpty ? nil : row(others, record),
        from: words(before, declared.type),
        to: words(value, declared.type))
    case .addRow(let record, let fields):
      let isKnown = facts.rows(record) != nil
      return FactChange(
        fact: self[record].name, from: isKnown ? "no such row" : "unknown", to: "a row with \(row(fields, record))")
    case .removeRow(let record, let index):
      let given = facts.rows(record) ?? []
      let fields = given.indices.contains(index) ? given[index].fields : [:]
      return FactChange(fact: self[record].name, from: "a row with \(row(fields, record))", to: "no such row")
    }
  }

  private func words(_ value: GivenValue?, _ type: ValueType) -> String {
    guard let value else { return "unknown" }
    if value == .none { return "none" }
    return FieldValue(value, type, self)?.description ?? "unknown"
  }

  private func list(_ members: [Int], _ type: ValueType) -> String {
    let names = members.sorted().map { words(.term($0), type) }
    return names.isEmpty ? "none of them" : names.joined(separator: ", ")
  }

  private func row(_ fields: [Int: GivenValue], _ record: RecordID) -> String {
    let declared = self[record].fields
    let words = fields.sorted { $0.key < $1.key }.compactMap { index, value in
      declared.indices.contains(index) ? "\(declared[index].name) \(self.words(value, declared[index].type))" : nil
    }
    return words.isEmpty ? "nothing known" : words.joined(separator: ", ")
  }
}
