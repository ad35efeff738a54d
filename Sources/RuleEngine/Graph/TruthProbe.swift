import ClinicalValues

/// What several atoms look at: one number or set of terms that the facts give.
///
/// Its atoms stand in one run: comparisons in the order of the numbers they compare with, then equalities in that order,
/// then the rest. When the number moves, only comparisons with what lies between are asked again.
struct TruthProbe: Sendable {
  enum Source: Hashable, Sendable {
    case scalar(slot: UInt32)
    /// The highest or lowest value among the points that are at most so many days old.
    case extreme(slot: UInt32, days: Int64, isHighest: Bool)
    /// How many points there are that are at most so many days old.
    case count(slot: UInt32, days: Int64)
  }

  var source: Source
  var compares: Range<Int>
  var equals: Range<Int>
  var others: Range<Int>

  var all: Range<Int> { compares.lowerBound..<others.upperBound }
}

/// A question that a probe answers.
struct ProbeQuestion: Sendable {
  var source: TruthProbe.Source
  var test: QuickTest

  /// Nil: the condition is of another sort.
  init?(_ condition: QuickCondition) {
    switch condition {
    case .scalar(let slot, let test): self.init(.scalar(slot: slot), test)
    case .countPoints(let slot, let days, let comparator, let number):
      self.init(.count(slot: slot, days: days), .compare(comparator, number, divisor: 1))
    case .anyPoint(let slot, let days, let test):
      // Some point is above a number if the highest is.
      guard case .compare(let comparator, _, _) = test else { return nil }
      switch comparator {
      case .greater, .greaterOrEqual: self.init(.extreme(slot: slot, days: days, isHighest: true), test)
      case .less, .lessOrEqual: self.init(.extreme(slot: slot, days: days, isHighest: false), test)
      case .equal, .notEqual: return nil
      }
    case .no, .cell, .point, .exists: return nil
    }
  }

  private init(_ source: TruthProbe.Source, _ test: QuickTest) {
    self.source = source
    self.test = test
  }

  /// The number it compares with; nil: it does not compare.
  var number: PackedEstimate? {
    guard case .compare(_, let number, let divisor) = test else { return nil }
    return PackedEstimate(number, over: divisor)
  }

  var comparesForEquality: Bool {
    guard case .compare(let comparator, _, _) = test else { return false }
    return comparator == .equal || comparator == .notEqual
  }
}
