/// What an operation on intervals gives.
public enum IntervalResult: Hashable, Sendable {
  case value(Interval)
  /// The divisor may be 0.
  case undefined
  /// An end does not fit 64-bit numerator and denominator.
  case overflow

  /// The interval, if there is one.
  public var interval: Interval? {
    guard case .value(let interval) = self else { return nil }
    return interval
  }

  fileprivate init(_ low: Bound?, _ high: Bound?) {
    guard let low, let high else {
      self = .overflow
      return
    }
    self = .value(Interval(low: low, high: high))
  }
}

extension Interval {
  public func adding(_ other: Interval) -> IntervalResult {
    IntervalResult(low.adding(other.low), high.adding(other.high))
  }

  public func subtracting(_ other: Interval) -> IntervalResult {
    IntervalResult(low.subtracting(other.high), high.subtracting(other.low))
  }

  /// The smallest interval around all products, where 0 × ∞ is 0.
  public func multiplied(by other: Interval) -> IntervalResult {
    span(of: other) { $0.multiplied(by: $1) }
  }

  /// The smallest closed interval around all quotients; undefined when the divisor contains 0.
  public func divided(by other: Interval) -> IntervalResult {
    if other.contains(Rational.zero) { return .undefined }
    return span(of: other) { $0.divided(by: $1) }
  }

  /// The interval of the lesser of two numbers.
  public func minimum(_ other: Interval) -> Interval {
    Interval(low: min(low, other.low), high: min(high, other.high))
  }

  /// The interval of the greater of two numbers.
  public func maximum(_ other: Interval) -> Interval {
    Interval(low: max(low, other.low), high: max(high, other.high))
  }

  /// Both ends rounded to a multiple of a step, half away from zero; undefined for a step of 0.
  public func rounded(toMultipleOf step: Rational) -> IntervalResult {
    if step.isZero { return .undefined }
    return IntervalResult(low.rounded(toMultipleOf: step), high.rounded(toMultipleOf: step))
  }

  /// The interval around the four results at the ends, which is exact for operations monotone in each operand.
  private func span(of other: Interval, _ operation: (Bound, Bound) -> Bound?) -> IntervalResult {
    guard let first = operation(low, other.low), let second = operation(low, other.high),
      let third = operation(high, other.low), let fourth = operation(high, other.high)
    else { return .overflow }
    return .value(Interval(low: min(first, second, third, fourth), high: max(first, second, third, fourth)))
  }
}

extension Bound {
  private var sign: Int {
    switch self {
    case .negativeInfinity: -1
    case .positiveInfinity: 1
    case .finite(let number): number.numerator.signum() < 0 ? -1 : number.isZero ? 0 : 1
    }
  }

  private static func infinity(sign: Int) -> Bound {
    sign < 0 ? .negativeInfinity : sign > 0 ? .positiveInfinity : .finite(.zero)
  }

  /// The sum of two low or two high ends, which are never infinities of opposite sign.
  fileprivate func adding(_ other: Bound) -> Bound? {
    switch (self, other) {
    case (.finite(let first), .finite(let second)): first.adding(second).map(Bound.finite)
    case (.finite, _): other
    default: self
    }
  }

  /// The difference of opposite ends, which are never infinities of equal sign.
  fileprivate func subtracting(_ other: Bound) -> Bound? {
    switch (self, other) {
    case (.finite(let first), .finite(let second)): first.subtracting(second).map(Bound.finite)
    case (.finite, _): Self.infinity(sign: -other.sign)
    default: self
    }
  }

  fileprivate func multiplied(by other: Bound) -> Bound? {
    if case .finite(let first) = self, case .finite(let second) = other {
      return first.multiplied(by: second).map(Bound.finite)
    }
    return Self.infinity(sign: sign * other.sign)
  }

  /// The quotient by an end other than 0.
  ///
  /// A number by ∞ is 0. So is ∞ by ∞: the other three quotients tell how far the result reaches.
  fileprivate func divided(by other: Bound) -> Bound? {
    guard case .finite(let divisor) = other else { return .finite(.zero) }
    guard case .finite(let dividend) = self else { return Self.infinity(sign: sign * other.sign) }
    return dividend.divided(by: divisor).map(Bound.finite)
  }

  fileprivate func rounded(toMultipleOf step: Rational) -> Bound? {
    guard case .finite(let number) = self else { return self }
    return number.rounded(toMultipleOf: step).map(Bound.finite)
  }
}
