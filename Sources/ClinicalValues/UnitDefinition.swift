/// The definition of one atom of UCUM.
struct UnitDefinition: Sendable {
  enum Meaning: Sendable {
    /// A base quantity and how much of its canonical unit the atom is.
    case base(Dimension.Base, Rational)
    /// So many of a unit that is defined by earlier atoms.
    case multiple(String, String)
    case scale, percent
    /// An atom of UCUM whose factor is not rational, or that stands on a logarithmic or shifted scale.
    case refused
  }

  let symbol: String
  let isMetric: Bool
  let meaning: Meaning

  /// The whole table, each atom after those that define it.
  static let all: [UnitDefinition] =
    base + number + si + time + customary + clinical + arbitrary + refused

  static func base(_ symbol: String, _ base: Dimension.Base, _ factor: Rational) -> UnitDefinition {
    UnitDefinition(symbol: symbol, isMetric: true, meaning: .base(base, factor))
  }

  static func metric(_ symbol: String, _ number: String, _ unit: String) -> UnitDefinition {
    UnitDefinition(symbol: symbol, isMetric: true, meaning: .multiple(number, unit))
  }

  static func plain(_ symbol: String, _ number: String, _ unit: String) -> UnitDefinition {
    UnitDefinition(symbol: symbol, isMetric: false, meaning: .multiple(number, unit))
  }

  static func fraction(_ denominator: Int64) -> Rational {
    Rational(numerator: 1, denominator: denominator) ?? .one
  }

  static func arbitrary(_ symbol: String, isMetric: Bool = false) -> UnitDefinition {
    UnitDefinition(symbol: symbol, isMetric: isMetric, meaning: .base(.arbitrary(symbol), .one))
  }

  static func refused(_ symbol: String, isMetric: Bool = false) -> UnitDefinition {
    UnitDefinition(symbol: symbol, isMetric: isMetric, meaning: .refused)
  }
}
