import ClinicalValues
package import GuidelineModel

/// Facts of a patient as they are written under `given:`.
package struct FactText {
  let vocabulary: Vocabulary

  package init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// A line for each fact, by name.
  package func lines(_ facts: PatientFacts) -> [String] {
    var lines: [(name: String, text: String)] = []
    for (fact, given) in facts.scalars {
      guard let first = given.first else { continue }
      lines.append((vocabulary[fact].name, scalar(first, vocabulary[fact].type)))
    }
    for (fact, given) in facts.sets {
      guard let first = given.first else { continue }
      lines.append((vocabulary[fact].name, set(first, vocabulary[fact].type)))
    }
    for (fact, given) in facts.series {
      guard let first = given.first else { continue }
      lines.append((vocabulary[fact].name, series(first, vocabulary[fact].type)))
    }
    for (record, given) in facts.records {
      guard let first = given.first else { continue }
      lines.append((vocabulary[record].name, rows(first, vocabulary[record])))
    }
    return lines.sorted { $0.name < $1.name }.map { "\($0.name): \($0.text)" }
  }

  private func scalar(_ given: GivenScalar, _ type: ValueType) -> String {
    let value = text(given.value, type)
    return given.on.map { "{value: \(value), on: \($0.iso)}" } ?? value
  }

  private func set(_ given: GivenSet, _ type: ValueType) -> String {
    switch given.content {
    case .unknown(let cause): "{unknown: \(cause)}"
    case .members(let members): "[\(members.map { text(.term($0), type) }.joined(separator: ", "))]"
    }
  }

  private func series(_ given: GivenSeries, _ type: ValueType) -> String {
    switch given.content {
    case .unknown(let cause): return "{unknown: \(cause)}"
    case .points(let points):
      let texts = points.map { "{value: \(text($0.value, type)), on: \(text($0.on, .date))}" }
      return "[\(texts.joined(separator: ", "))]"
    }
  }

  private func rows(_ given: GivenRows, _ record: Record) -> String {
    switch given.content {
    case .unknown(let cause): return "{unknown: \(cause)}"
    case .rows(let rows):
      let texts = rows.map { row in
        let fields = row.fields.sorted { $0.key < $1.key }.compactMap { index, value in
          record.fields.indices.contains(index)
            ? "\(record.fields[index].name): \(text(value, record.fields[index].type))" : nil
        }
        return "{\(fields.joined(separator: ", "))}"
      }
      return "[\(texts.joined(separator: ", "))]"
    }
  }

  private func text(_ value: GivenValue, _ type: ValueType) -> String {
    switch value {
    case .unknown(let cause): return "{unknown: \(cause)}"
    case .none: return "none"
    case .day(let day): return day.iso
    case .text(let text): return "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    case .term(let index):
      guard case .term(let group) = type, vocabulary[group].terms.indices.contains(index) else { return "unknown" }
      return vocabulary[group].terms[index].name
    case .number(let number):
      switch type {
      case .quantity(let unit):
        let value = (unit.value(ofCanonical: number) ?? number).canonicalDecimal
        return unit.symbol == "1" ? value : "\(value) \(unit.symbol)"
      case .duration: return "\(number.canonicalDecimal) d"
      default: return number.canonicalDecimal
      }
    }
  }
}
