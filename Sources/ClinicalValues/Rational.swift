/// An exact fraction of two 64-bit whole numbers, always reduced.
///
/// Nothing is ever rounded behind the author's back: an operation whose reduced result does not fit answers `nil`, and
/// the caller makes an unknown with the cause *overflow* of it.
public struct Rational: Hashable, Sendable {
  // INVARIANT: `denominator` > 0 and the two have no common divisor; hence equal numbers have equal fields.
  public let numerator: Int64
  public let denominator: Int64

  public static let zero = Rational(0)
  public static let one = Rational(1)

  public init(_ whole: Int64) {
    numerator = whole
    denominator = 1
  }

  /// The quotient of two whole numbers; `nil` for a divisor of 0 or when the reduced fraction does not fit.
  public init?(numerator: Int64, denominator: Int64) {
    self.init(reducing: Int128(numerator), over: Int128(denominator))
  }

  /// The quotient of two wide numbers, if it fits once reduced.
  ///
  /// INVARIANT: neither is `Int128.min`; products of two 64-bit numbers and sums of two such products never are.
  init?(reducing numerator: Int128, over denominator: Int128) {
    guard denominator != 0 else { return nil }
    let isNegative = (numerator < 0) != (denominator < 0)
    self.init(
      reducingMagnitude: numerator.magnitude, over: denominator.magnitude, isNegative: isNegative)
  }

  /// The quotient of two wide magnitudes with a sign, if it fits once reduced.
  init?(reducingMagnitude numerator: UInt128, over denominator: UInt128, isNegative: Bool) {
    guard denominator != 0 else { return nil }
    let divisor = greatestCommonDivisor(numerator, denominator)
    guard let reducedDenominator = Int64(exactly: denominator / divisor) else { return nil }
    let magnitude = numerator / divisor
    guard magnitude <= UInt128(Int64.max) + 1 else { return nil }
    let signed = isNegative ? -Int128(magnitude) : Int128(magnitude)
    guard let reducedNumerator = Int64(exactly: signed) else { return nil }
    self.numerator = reducedNumerator
    self.denominator = reducedDenominator
  }

  public var isZero: Bool { numerator == 0 }
  public var isNegative: Bool { numerator < 0 }
  public var isWhole: Bool { denominator == 1 }

  /// The number as a whole number, if it is one.
  public var whole: Int64? { denominator == 1 ? numerator : nil }
}

extension Rational: Comparable {
  public static func < (left: Rational, right: Rational) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    return Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator) * Int128(left.denominator)
  }
}

/// Euclid's algorithm, which leaves the wide numbers (whose division is slow) as soon as both fit one word.
private func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
  var (larger, smaller) = (first, second)
  while smaller != 0 {
    if let wordLarger = UInt64(exactly: larger), let wordSmaller = UInt64(exactly: smaller) {
      return UInt128(greatestCommonDivisor(wordLarger, wordSmaller))
    }
    (larger, smaller) = (smaller, larger % smaller)
  }
  return larger
}

private func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
  var (larger, smaller) = (first, second)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}
