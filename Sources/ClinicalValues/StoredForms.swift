extension TermSet {
  /// The set as bits, the first 64 terms first; the last word of several is not 0.
  package var words: [UInt64] { bits }

  /// The set of these bits; `nil` when the last word of several is 0.
  package init?(words: [UInt64]) {
    guard words.count == 1 || words.count > 1 && words.last != 0 else { return nil }
    self.init(bits: words)
  }
}

/// What a unit is made of, for whoever stores it.
package struct UnitParts: Hashable, Sendable {
  package var symbol: String
  /// Exponents of the base quantities, in the order of their cases; those of arbitrary units by symbol.
  package var powers: [(base: Int, symbol: String, exponent: Int)]
  package var factor: Rational
  /// 0 plain, 1 percent, 2 scale.
  package var kind: Int

  package init(symbol: String, powers: [(base: Int, symbol: String, exponent: Int)], factor: Rational, kind: Int) {
    self.symbol = symbol
    self.powers = powers
    self.factor = factor
    self.kind = kind
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.symbol == right.symbol && left.factor == right.factor && left.kind == right.kind
      && left.powers.elementsEqual(right.powers) { $0 == $1 }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(symbol) }
}

extension Unit {
  private static let bases: [Dimension.Base] = [
    .mass, .amount, .charge, .luminousIntensity, .planeAngle, .temperature, .length, .time,
  ]
  private static let kinds: [Measure.Kind] = [.plain, .percent, .scale]

  package var parts: UnitParts {
    let powers = dimension.powers.map { power -> (base: Int, symbol: String, exponent: Int) in
      if case .arbitrary(let symbol) = power.base { return (Self.bases.count, symbol, power.exponent) }
      return (Self.bases.firstIndex(of: power.base) ?? 0, "", power.exponent)
    }
    return UnitParts(
      symbol: symbol, powers: powers, factor: factor, kind: Self.kinds.firstIndex(of: measure.kind) ?? 0)
  }

  /// `nil`: there is no such unit.
  package init?(_ parts: UnitParts) {
    guard Self.kinds.indices.contains(parts.kind), Rational.zero < parts.factor else { return nil }
    var dimension = Dimension.none
    for power in parts.powers {
      let base: Dimension.Base
      if Self.bases.indices.contains(power.base) {
        base = Self.bases[power.base]
      } else {
        base = .arbitrary(power.symbol)
      }
      guard let product = dimension.multiplied(by: Dimension(base), toThe: power.exponent) else { return nil }
      dimension = product
    }
    self.init(
      measure: Measure(dimension: dimension, factor: parts.factor, kind: Self.kinds[parts.kind]), symbol: parts.symbol)
  }
}
