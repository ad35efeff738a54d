internal import GuidelineModel
internal import SourceText

/// One thing that is not known of a patient, and what it may turn out to be.
struct Hole {
  enum Place {
    case scalar(FactID)
    case set(FactID)
    case series(FactID)
    case pointValue(FactID, Int)
    case pointDay(FactID, Int)
    case rows(RecordID)
    case field(RecordID, row: Int, field: Int)
  }

  enum Filling {
    case value(GivenValue)
    case members([Int])
    case points([GivenPoint])
    case rows([GivenRow])
  }

  var place: Place
  var fillings: [Filling]
  var span: Span

  func fill(_ facts: inout PatientFacts, with filling: Filling) {
    switch (place, filling) {
    case (.scalar(let id), .value(let value)): facts.scalars[id] = [GivenScalar(value: value, on: nil, span: span)]
    case (.set(let id), .members(let members)): facts.sets[id] = [GivenSet(content: .members(members), span: span)]
    case (.series(let id), .points(let points)): facts.series[id] = [GivenSeries(content: .points(points), span: span)]
    case (.pointValue(let id, let index), .value(let value)):
      changePoint(index, of: id, &facts) { $0.value = value }
    case (.pointDay(let id, let index), .value(let value)): changePoint(index, of: id, &facts) { $0.on = value }
    case (.rows(let id), .rows(let rows)): facts.records[id] = [GivenRows(content: .rows(rows), span: span)]
    case (.field(let id, let row, let field), .value(let value)):
      guard case .rows(var rows)? = facts.records[id]?.first?.content else { return }
      rows[row].fields[field] = value
      facts.records[id] = [GivenRows(content: .rows(rows), span: span)]
    default: break
    }
  }

  private func changePoint(
    _ index: Int, of id: FactID, _ facts: inout PatientFacts, _ change: (inout GivenPoint) -> Void
  ) {
    guard case .points(var points)? = facts.series[id]?.first?.content else { return }
    change(&points[index])
    facts.series[id] = [GivenSeries(content: .points(points), span: span)]
  }
}

extension [Hole] {
  /// How many completions there are; nil: more than can be counted.
  var completions: Int? {
    reduce(1) { product, hole in
      guard let product else { return nil }
      let (result, overflows) = product.multipliedReportingOverflow(by: hole.fillings.count)
      return overflows ? nil : result
    }
  }

  /// The completion of a number; holes for which `isOpen` holds stay open.
  func fill(_ facts: PatientFacts, number: Int, leaving isOpen: (Int) -> Bool = { _ in false }) -> PatientFacts {
    var filled = facts
    var rest = number
    for (index, hole) in enumerated() {
      if !isOpen(index) { hole.fill(&filled, with: hole.fillings[rest % hole.fillings.count]) }
      rest /= hole.fillings.count
    }
    return filled
  }
}
