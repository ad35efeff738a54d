// How numbers are written: in content and facts as plain decimals, in results in the canonical form (no exponent, no
// trailing zeros, no minus before a zero).

private let zeroDigit = UInt8(ascii: "0")

extension Rational {
  /// The exact value of a plain decimal such as `-12.50`; `nil` when it is malformed or does not fit.
  ///
  /// A digit must stand before the point and, if there is a point, after it. There is no exponent and no plus sign.
  public init?(decimal text: some StringProtocol) {
    guard let number = Self.read(text) else { return nil }
    self = number
  }

  /// The same for a whole text: what is generic is not specialized for other modules.
  public init?(decimal text: String) {
    guard let number = Self.read(text) else { return nil }
    self = number
  }

  private static func read(_ text: some StringProtocol) -> Rational? {
    var digits = DecimalDigits()
    guard digits.read(text), digits.whole > 0, digits.fraction > 0 || !digits.hasPoint else { return nil }
    return Rational(reducingMagnitude: digits.value, over: digits.scale, isNegative: digits.isNegative)
  }

  /// The canonical decimal: exact with up to 12 decimals, else rounded to 12, half to even.
  public var canonicalDecimal: String {
    let divisor = UInt128(denominator)
    var (whole, remainder) = UInt128(numerator.magnitude).quotientAndRemainder(dividingBy: divisor)
    let scale: UInt128 = 1_000_000_000_000
    var fraction: UInt128
    // The remainder is below 2^63 and the scale below 2^40.
    (fraction, remainder) = (remainder * scale).quotientAndRemainder(dividingBy: divisor)
    if 2 * remainder > divisor || (2 * remainder == divisor && fraction % 2 == 1) { fraction += 1 }
    if fraction == scale { (whole, fraction) = (whole + 1, 0) }
    let sign = isNegative && (whole != 0 || fraction != 0) ? "-" : ""
    guard fraction != 0 else { return sign + String(whole) }
    return sign + String(whole) + "." + Self.decimals(fraction)
  }

  /// Twelve digits without the zeros at their end.
  private static func decimals(_ fraction: UInt128) -> String {
    let digits = String(fraction)
    var text = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    while text.last == "0" { text.removeLast() }
    return text
  }
}

/// The digits of a decimal while they are read.
private struct DecimalDigits {
  var isNegative = false
  var hasPoint = false
  var whole = 0
  var fraction = 0
  var value: UInt128 = 0
  var scale: UInt128 = 1
  /// Zeros at the end of the fraction that wait until another digit shows that they count.
  private var pendingZeros = 0

  /// Reads all of a text; false when it is no decimal or has more digits than can count.
  mutating func read(_ text: some StringProtocol) -> Bool {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "-") where !isNegative && whole == 0 && !hasPoint: isNegative = true
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      case zeroDigit...UInt8(ascii: "9"):
        guard append(byte - zeroDigit) else { return false }
      default: return false
      }
    }
    return true
  }

  private mutating func append(_ digit: UInt8) -> Bool {
    guard hasPoint else {
      whole += 1
      return shift(adding: digit)
    }
    fraction += 1
    guard digit != 0 else {
      pendingZeros += 1
      return true
    }
    for _ in 0..<pendingZeros {
      guard shiftFraction(adding: 0) else { return false }
    }
    pendingZeros = 0
    return shiftFraction(adding: digit)
  }

  private mutating func shiftFraction(adding digit: UInt8) -> Bool {
    let (product, overflows) = scale.multipliedReportingOverflow(by: 10)
    scale = product
    return !overflows && shift(adding: digit)
  }

  private mutating func shift(adding digit: UInt8) -> Bool {
    let (product, overflows) = value.multipliedReportingOverflow(by: 10)
    let (sum, carries) = product.addingReportingOverflow(UInt128(digit))
    value = sum
    return !overflows && !carries
  }
}
