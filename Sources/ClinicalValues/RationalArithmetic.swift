// Every operation works on 128 bits inside, so that only the reduced result decides about overflow: whether a number
// fits does not depend on the way it was computed in one step.

extension Rational {
  /// The sum, or `nil` when it does not fit.
  public func adding(_ other: Rational) -> Rational? {
    if denominator == 1, other.denominator == 1 {
      let (sum, overflows) = numerator.addingReportingOverflow(other.numerator)
      return overflows ? nil : Rational(sum)
    }
    let sum = Self.product(numerator, other.denominator) + Self.product(other.numerator, denominator)
    return Rational(reducing: sum, over: Self.product(denominator, other.denominator))
  }

  /// The difference, or `nil` when it does not fit.
  public func subtracting(_ other: Rational) -> Rational? {
    if denominator == 1, other.denominator == 1 {
      let (difference, overflows) = numerator.subtractingReportingOverflow(other.numerator)
      return overflows ? nil : Rational(difference)
    }
    let difference = Self.product(numerator, other.denominator) - Self.product(other.numerator, denominator)
    return Rational(reducing: difference, over: Self.product(denominator, other.denominator))
  }

  /// The product, or `nil` when it does not fit.
  public func multiplied(by other: Rational) -> Rational? {
    if denominator == 1, other.denominator == 1 {
      let (product, overflows) = numerator.multipliedReportingOverflow(by: other.numerator)
      return overflows ? nil : Rational(product)
    }
    return Rational(
      reducing: Self.product(numerator, other.numerator), over: Self.product(denominator, other.denominator))
  }

  /// The quotient; `nil` for a divisor of 0 or when it does not fit.
  public func divided(by other: Rational) -> Rational? {
    Rational(reducing: Self.product(numerator, other.denominator), over: Self.product(denominator, other.numerator))
  }

  /// The number with its sign turned; `nil` only for a numerator of `Int64.min`.
  public var negated: Rational? { Rational.zero.subtracting(self) }

  /// The number without its sign; `nil` only for a numerator of `Int64.min`.
  public var abs: Rational? { isNegative ? negated : self }

  /// The greatest whole number that is not above.
  public var floor: Int64 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    // A remainder is there only if the denominator is at least 2, so one less still fits.
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The least whole number that is not below.
  public var ceiling: Int64 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder > 0 ? quotient + 1 : quotient
  }

  /// The nearest multiple of a step, halves going away from zero; `nil` for a step of 0 or when it does not fit.
  public func rounded(toMultipleOf step: Rational) -> Rational? {
    guard !step.isZero else { return nil }
    let dividend = Self.product(numerator, step.denominator).magnitude
    let divisor = Self.product(denominator, step.numerator).magnitude
    // Both magnitudes are at most 2^126, so twice one plus the other still fits 128 unsigned bits.
    let steps = (2 * dividend + divisor) / (2 * divisor)
    let (product, overflows) = steps.multipliedReportingOverflow(by: UInt128(step.numerator.magnitude))
    guard !overflows else { return nil }
    return Rational(reducingMagnitude: product, over: UInt128(step.denominator), isNegative: isNegative)
  }

  /// The number multiplied with itself, or `nil` when that does not fit.
  ///
  /// A negative exponent divides, which `nil` answers for 0.
  public func power(_ exponent: Int) -> Rational? {
    var result = Rational.one
    if self == .one { return result }
    for _ in 0..<exponent.magnitude {
      guard let next = result.multiplied(by: self) else { return nil }
      if next == result { break }
      result = next
    }
    return exponent < 0 ? Rational.one.divided(by: result) : result
  }

  private static func product(_ first: Int64, _ second: Int64) -> Int128 {
    let (high, low) = first.multipliedFullWidth(by: second)
    return Int128(truncatingIfNeeded: high) << 64 | Int128(low)
  }
}
