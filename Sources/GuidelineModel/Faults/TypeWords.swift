internal import ClinicalValues

extension Vocabulary {
  /// A type in the words of a reader: "a date", "one of `severity`", "measured in `mg/d`".
  func words(for type: ValueType) -> String {
    switch type {
    case .term(.yesNo): "yes or no"
    case .term(let group): "one of `\(self[group].name)`"
    case .quantity(let unit): "measured in `\(unit.symbol)`"
    case .number: "a number without a unit"
    case .date: "a date"
    case .duration: "a span of time"
    case .text: "a text"
    }
  }

  /// An example of how a value of the type is written.
  func example(of type: ValueType) -> String {
    switch type {
    case .term(let group): self[group].terms.first?.name ?? self[group].name
    case .quantity(let unit): "1 \(unit.symbol)"
    case .number: "1"
    case .date: "2026-06-01"
    case .duration: "14 d"
    case .text: "\"…\""
    }
  }
}

extension ValueType {
  /// The unit in which values of the type multiply; nil for what is no number.
  var unit: Unit? {
    switch self {
    case .quantity(let unit): unit
    case .number: .one
    case .duration: .day
    case .term, .date, .text: nil
    }
  }

  /// The type of a number in a unit: a unit without a dimension is no unit.
  init(measuredIn unit: Unit) {
    self = unit.dimension.isNone && !unit.isPercent ? .number : .quantity(unit)
  }

  var isTerm: Bool { group != nil }

  var group: GroupID? {
    if case .term(let group) = self { return group }
    return nil
  }

  /// Whether it is a span of time, in days or in another unit of time.
  var isTime: Bool { unit?.dimension == Unit.day.dimension }
}
