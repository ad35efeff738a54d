/// One end of an interval.
public enum Bound: Hashable, Comparable, Sendable {
  case negativeInfinity
  case finite(Rational)
  case positiveInfinity

  /// The number, unless the end is open.
  public var number: Rational? {
    guard case .finite(let number) = self else { return nil }
    return number
  }
}

/// All exact numbers between two ends; finite ends belong to it, infinite ones do not.
public struct Interval: Hashable, Sendable {
  // INVARIANT: low ≤ high, low < +∞, high > −∞.
  public var low: Bound
  public var high: Bound

  /// Every number.
  public static let all = Interval(low: .negativeInfinity, high: .positiveInfinity)

  /// The interval between two ends, given in order.
  public init(low: Bound, high: Bound) {
    assert(low <= high && low < .positiveInfinity && high > .negativeInfinity, "an interval runs from low to high")
    self.low = low
    self.high = high
  }

  /// The interval between two numbers, in either order.
  public init(between first: Rational, and second: Rational) {
    self.init(low: .finite(min(first, second)), high: .finite(max(first, second)))
  }

  /// The interval of one number.
  public init(exactly number: Rational) {
    self.init(low: .finite(number), high: .finite(number))
  }

  /// The number, if it is the only one.
  public var single: Rational? {
    low == high ? low.number : nil
  }

  /// The smallest interval that contains both.
  public func joined(with other: Interval) -> Interval {
    Interval(low: min(low, other.low), high: max(high, other.high))
  }

  public func contains(_ number: Rational) -> Bool {
    low <= .finite(number) && .finite(number) <= high
  }

  public func contains(_ other: Interval) -> Bool {
    low <= other.low && other.high <= high
  }

  /// Whether the two have a number in common.
  public func intersects(_ other: Interval) -> Bool {
    low <= other.high && other.low <= high
  }
}
