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
      self.init(.count(slot: slot, days: days), QuickTest(comparator, number, over: 1))
    case .anyPoint(let slot, let days, let test):
      // Some point is above a number if the highest is.
      guard test.isThreshold else { return nil }
      self.init(.extreme(slot: slot, days: days, isHighest: test.wantsMore), test)
    case .no, .cell, .point, .anyPointSince, .exists: return nil
    }
  }

  private init(_ source: TruthProbe.Source, _ test: QuickTest) {
    self.source = source
    self.test = test
  }

  /// The number it compares with; nil: it does not compare.
  var number: PackedEstimate? { test.number }

  var comparesForEquality: Bool { test.number != nil && !test.isThreshold }
}
