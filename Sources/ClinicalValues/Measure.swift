/// What a unit is worth, apart from how it is written.
struct Measure: Hashable, Sendable {
  /// Which arithmetic a unit takes part in.
  enum Kind: Hashable, Sendable {
    case plain
    /// `%` alone: 1/100, but not comparable with a bare number.
    case percent
    /// A scale with a zero or a curve of its own, such as `Cel`: it can be compared and that is all.
    case scale
  }

  let dimension: Dimension
  let factor: Rational
  let kind: Kind

  static let one = Measure(dimension: .none, factor: .one, kind: .plain)

  init(dimension: Dimension, factor: Rational, kind: Kind = .plain) {
    self.dimension = dimension
    self.factor = factor
    self.kind = kind
  }

  /// The product with a power of another measure.
  ///
  /// The bare unit `1` changes nothing, so `2 * 30 %` is a percentage; with any other partner the percentage becomes the
  /// fraction it stands for. A scale multiplies with nothing (UCUM §22).
  func multiplied(by other: Measure, toThe exponent: Int = 1) throws(MeasureProblem) -> Measure {
    if other == .one { return self }
    if self == .one, exponent == 1 { return other }
    guard kind != .scale, other.kind != .scale else { throw .scale }
    guard let dimension = dimension.multiplied(by: other.dimension, toThe: exponent),
      let factor = other.factor.power(exponent).flatMap({ self.factor.multiplied(by: $0) })
    else { throw .overflow }
    return Measure(dimension: dimension, factor: factor)
  }
}

/// Why two measures have no product.
enum MeasureProblem: Error {
  case scale, overflow
}
