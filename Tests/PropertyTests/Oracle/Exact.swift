internal import ClinicalValues

/// Exact arithmetic of the oracle; nil when the reduced result does not fit.
enum Exact {
  static func isLess(_ left: Rational, _ right: Rational) -> Bool {
    wide(left.numerator, right.denominator) < wide(right.numerator, left.denominator)
  }

  static func add(_ left: Rational, _ right: Rational) -> Rational? {
    reduced(
      wide(left.numerator, right.denominator) + wide(right.numerator, left.denominator),
      wide(left.denominator, right.denominator))
  }

  static func multiply(_ left: Rational, _ right: Rational) -> Rational? {
    reduced(wide(left.numerator, right.numerator), wide(left.denominator, right.denominator))
  }

  static func negate(_ number: Rational) -> Rational? { multiply(number, Rational(-1)) }

  static func divide(_ left: Rational, _ right: Rational) -> Rational? {
    reduced(wide(left.numerator, right.denominator), wide(left.denominator, right.numerator))
  }

  /// The nearest multiple, halves going away from zero.
  static func round(_ number: Rational, to step: Rational) -> Rational? {
    guard let steps = divide(number, step) else { return nil }
    let twice = 2 * Int128(steps.numerator.magnitude) + Int128(steps.denominator)
    let whole = twice / (2 * Int128(steps.denominator))
    guard let count = Int64(exactly: steps.numerator < 0 ? -whole : whole) else { return nil }
    return multiply(Rational(count), step)
  }

  private static func wide(_ left: Int64, _ right: Int64) -> Int128 { Int128(left) * Int128(right) }

  private static func reduced(_ numerator: Int128, _ denominator: Int128) -> Rational? {
    guard denominator != 0 else { return nil }
    var (first, second) = (numerator.magnitude, denominator.magnitude)
    while second != 0 { (first, second) = (second, first % second) }
    let divisor = Int128(first) * (denominator < 0 ? -1 : 1)
    guard let above = Int64(exactly: numerator / divisor), let below = Int64(exactly: denominator / divisor)
    else { return nil }
    return Rational(numerator: above, denominator: below)
  }
}

/// Interval arithmetic by the four corners.
enum Intervals {
  typealias Range = (low: End, high: End)

  static func add(_ left: Range, _ right: Range) -> Guess? {
    guard let low = sum(left.low, right.low), let high = sum(left.high, right.high) else { return nil }
    return Guess(.numbers(low, high))
  }

  static func negate(_ range: Range) -> Range? {
    guard let low = opposite(range.high), let high = opposite(range.low) else { return nil }
    return (low, high)
  }

  static func multiply(_ left: Range, _ right: Range) -> Guess? { corners(left, right, product) }

  static func divide(_ left: Range, _ right: Range) -> Guess? {
    let zero = End.at(.zero)
    if !End.isLess(zero, right.low) && !End.isLess(right.high, zero) { return nil }
    return corners(left, right, quotient)
  }

  static func round(_ range: Range, to step: Rational) -> Guess? {
    func rounded(_ end: End) -> End? {
      guard let number = end.number else { return end }
      return Exact.round(number, to: step).map(End.at)
    }
    guard let low = rounded(range.low), let high = rounded(range.high) else { return nil }
    return Guess(.numbers(low, high))
  }

  private static func corners(_ left: Range, _ right: Range, _ operation: (End, End) -> End?) -> Guess? {
    var ends: [End] = []
    for first in [left.low, left.high] {
      for second in [right.low, right.high] {
        guard let end = operation(first, second) else { return nil }
        ends.append(end)
      }
    }
    return Guess(.numbers(.least(ends), .greatest(ends)))
  }

  private static func sum(_ left: End, _ right: End) -> End? {
    switch (left, right) {
    case (.at(let first), .at(let second)): Exact.add(first, second).map(End.at)
    case (.at, _): right
    default: left
    }
  }

  private static func opposite(_ end: End) -> End? {
    switch end {
    case .minus: .plus
    case .plus: .minus
    case .at(let number): Exact.negate(number).map(End.at)
    }
  }

  private static func sign(_ end: End) -> Int {
    switch end {
    case .minus: -1
    case .plus: 1
    case .at(let number): number.numerator.signum() < 0 ? -1 : number.numerator == 0 ? 0 : 1
    }
  }

  private static func infinity(_ sign: Int) -> End { sign < 0 ? .minus : sign > 0 ? .plus : .at(.zero) }

  private static func product(_ left: End, _ right: End) -> End? {
    if let first = left.number, let second = right.number { return Exact.multiply(first, second).map(End.at) }
    return infinity(sign(left) * sign(right))
  }

  private static func quotient(_ left: End, _ right: End) -> End? {
    guard let second = right.number else { return .at(.zero) }
    guard let first = left.number else { return infinity(sign(left) * sign(right)) }
    return Exact.divide(first, second).map(End.at)
  }
}
