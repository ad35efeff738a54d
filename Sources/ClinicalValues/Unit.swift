/// A unit of measurement, in the case-sensitive code of UCUM.
///
/// A unit is a dimension and an exact factor to the canonical unit of that dimension. The canonical units multiply as
/// dimensions do, so canonical numbers may be multiplied and divided without a look at their units. Units whose factor is
/// not rational (degrees of angle, by π) are refused. Degrees Celsius and pH are scales: they compare with themselves
/// only, and take part in no product (UCUM §21–22).
public struct Unit: Hashable, Sendable {
  let measure: Measure
  /// The unit as it was written, in valid UCUM.
  public let symbol: String

  /// The unit of a bare number.
  public static let one = Unit(measure: .one, symbol: "1")
  /// The unit of durations.
  public static let day = Unit(measure: Measure(dimension: Dimension(.time), factor: .one), symbol: "d")

  init(measure: Measure, symbol: String) {
    self.measure = measure
    self.symbol = symbol
  }

  public var dimension: Dimension { measure.dimension }

  /// How much of the canonical unit one of this unit is.
  ///
  /// Canonical are the day, the decimetre (hence the litre), ten kilograms, mole, coulomb, kelvin, candela and radian:
  /// with these, both the volume of a red cell and the energy of a day's food fit the numbers we compute with.
  public var factor: Rational { measure.factor }

  /// Whether this is `%`, which is 1/100 and yet not comparable with a bare number.
  public var isPercent: Bool { measure.kind == .percent }

  /// Whether this is a scale such as `Cel`, which takes part in no product.
  public var isScale: Bool { measure.kind == .scale }

  /// The unit written in strict UCUM.
  public static func parse(_ text: some StringProtocol) throws(UnitError) -> Unit {
    let symbol = String(text)
    do throws(UnitError) {
      return try parseStrictly(symbol)
    } catch {
      throw error.with(suggestions: UnitSuggestions.suggestions(for: symbol, after: error))
    }
  }

  /// The unit written in UCUM or in one of the spellings of laboratories, and its UCUM.
  ///
  /// For the facts of patients only; content is written in UCUM. `declared`: a unit that was read before; most values are
  /// sent in it, and then nothing has to be known of any other.
  public static func parseAsSentByLaboratories(
    _ text: some StringProtocol, declared: Unit? = nil
  ) throws(UnitError) -> (unit: Unit, canonical: String) {
    let written = String(text)
    do throws(UnitError) {
      let unit = try ReadUnits.laboratory(written) { symbol throws(UnitError) in
        if let declared, declared.symbol == symbol { return declared }
        return try parseStrictly(symbol)
      }
      return (unit, unit.symbol)
    } catch {
      throw error.with(suggestions: UnitSuggestions.suggestions(for: written, after: error))
    }
  }

  static func parseStrictly(_ symbol: String) throws(UnitError) -> Unit {
    try ReadUnits.strict(symbol) { symbol throws(UnitError) in
      var parser = UnitParser(symbol, atoms: UnitAtoms.shared)
      return Unit(measure: try parser.parse(), symbol: symbol)
    }
  }

  /// What a laboratory would mean by this symbol, where that is something else than UCUM says.
  ///
  /// In content `K/uL` is kelvin per microlitre, which nobody ever wants: worth a word to the author.
  public var laboratoryReading: String? {
    guard let other = try? Unit.parseAsSentByLaboratories(symbol), !isComparable(with: other.unit) else { return nil }
    return other.canonical
  }

  /// Whether quantities in the two units can be compared and added.
  public func isComparable(with other: Unit) -> Bool {
    dimension == other.dimension && isPercent == other.isPercent
  }

  /// The unit of a product; `nil` for scales or when its factor does not fit.
  public func multiplied(by other: Unit) -> Unit? {
    guard let product = try? measure.multiplied(by: other.measure) else { return nil }
    if other.symbol == "1" { return self }
    if symbol == "1" { return other }
    return Unit(measure: product, symbol: symbol + "." + other.symbolAsOperand)
  }

  /// The unit of a quotient; `nil` for scales or when its factor does not fit.
  public func divided(by other: Unit) -> Unit? {
    guard let quotient = try? measure.multiplied(by: other.measure, toThe: -1) else { return nil }
    if other.symbol == "1" { return self }
    return Unit(measure: quotient, symbol: (symbol == "1" ? "" : symbol) + "/" + other.symbolAsOperand)
  }

  /// The canonical number of so many of this unit; `nil` when it does not fit.
  public func canonical(_ value: Rational) -> Rational? { value.multiplied(by: factor) }

  /// How many of this unit a canonical number is; `nil` when it does not fit.
  public func value(ofCanonical canonical: Rational) -> Rational? { canonical.divided(by: factor) }

  /// The symbol so that a sign before it governs all of it.
  private var symbolAsOperand: String {
    symbol.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") } ? "(\(symbol))" : symbol
  }
}
