/// What a unit measures: exponents of the base quantities.
///
/// UCUM (§28–31) reckons from seven base units and knows further *arbitrary* units (§24), each of which is comparable
/// with nothing but itself. We differ in one point: UCUM reads the mole as a pure number, 6.02 × 10²³; here the amount
/// of substance is a dimension of its own, so that a count of cells is never comparable with moles.
public struct Dimension: Hashable, Sendable {
  /// A quantity that others are made of.
  public enum Base: Hashable, Comparable, Sendable {
    case mass, amount, charge, luminousIntensity, planeAngle, temperature, length, time
    /// What an arbitrary unit or a scale measures, named by its symbol.
    case arbitrary(String)
  }

  /// A base quantity and its exponent.
  public struct Power: Hashable, Sendable {
    public let base: Base
    public let exponent: Int
  }

  // INVARIANT: sorted by base, no exponent is 0, none exceeds the limit; hence equal dimensions have equal fields.
  public let powers: [Power]

  /// The dimension of a pure number.
  public static let none = Dimension(powers: [])

  private static let largestExponent = 60

  private init(powers: [Power]) {
    self.powers = powers
  }

  init(_ base: Base) {
    powers = [Power(base: base, exponent: 1)]
  }

  public var isNone: Bool { powers.isEmpty }

  /// The dimension of a product with a power of another; `nil` when an exponent grows beyond all use.
  func multiplied(by other: Dimension, toThe exponent: Int = 1) -> Dimension? {
    var product = powers
    for power in other.powers {
      let (raised, overflows) = power.exponent.multipliedReportingOverflow(by: exponent)
      guard !overflows, raised.magnitude <= Self.largestExponent else { return nil }
      let place = product.firstIndex { $0.base >= power.base } ?? product.count
      let isThere = place < product.count && product[place].base == power.base
      let sum = isThere ? product[place].exponent + raised : raised
      guard sum.magnitude <= Self.largestExponent else { return nil }
      if isThere { product.remove(at: place) }
      if sum != 0 { product.insert(Power(base: power.base, exponent: sum), at: place) }
    }
    return Dimension(powers: product)
  }
}

extension Dimension {
  /// The dimension in words, such as "mass per volume" or "pure number".
  public var name: String {
    if isNone { return "pure number" }
    let above = Self.words(for: powers.filter { $0.exponent > 0 })
    let below = Self.words(for: powers.filter { $0.exponent < 0 })
    let product = above.isEmpty ? "number" : above.joined(separator: " times ")
    return ([product] + below).joined(separator: " per ")
  }

  private static func words(for powers: [Power]) -> [String] {
    powers.map { power in
      let exponent = power.exponent.magnitude
      return switch (power.base, exponent) {
      case (_, 1): power.base.name
      case (.length, 2): "area"
      case (.length, 3): "volume"
      default: "\(power.base.name) to the \(exponent)"
      }
    }
  }
}

extension Dimension.Base {
  fileprivate var name: String {
    switch self {
    case .mass: "mass"
    case .amount: "amount of substance"
    case .charge: "electric charge"
    case .luminousIntensity: "luminous intensity"
    case .planeAngle: "plane angle"
    case .temperature: "temperature"
    case .length: "length"
    case .time: "time"
    case .arbitrary(let symbol): "`\(symbol)`"
    }
  }
}
