/// A number with its unit.
public struct Quantity: Hashable, Sendable {
  public let value: Rational
  public let unit: Unit

  public init(_ value: Rational, _ unit: Unit) {
    self.value = value
    self.unit = unit
  }

  /// The number in the canonical unit of its dimension; `nil` when it does not fit.
  public func canonical() -> Rational? { unit.canonical(value) }

  /// The number in another unit; `nil` when the units are not comparable or it does not fit.
  public func value(in other: Unit) -> Rational? {
    guard unit.isComparable(with: other) else { return nil }
    guard unit.factor != other.factor else { return value }
    // The quotient of the factors fits where the canonical number may not.
    return unit.factor.divided(by: other.factor).flatMap { value.multiplied(by: $0) }
  }

  /// A number, blanks and a unit in UCUM, such as `6.0 10*9/L`; without a unit it is a bare number.
  public static func parse(_ text: some StringProtocol) throws(QuantityError) -> Quantity {
    let (value, symbol) = try split(text)
    guard let symbol else { return Quantity(value, .one) }
    do throws(UnitError) {
      return Quantity(value, try Unit.parse(symbol))
    } catch {
      throw .unit(error)
    }
  }

  /// As `parse`, but the unit may be spelled as laboratories do.
  ///
  /// For the facts of patients only.
  public static func parseAsSentByLaboratories(_ text: some StringProtocol) throws(QuantityError) -> Quantity {
    let (value, symbol) = try split(text)
    guard let symbol else { return Quantity(value, .one) }
    do throws(UnitError) {
      return Quantity(value, try Unit.parseAsSentByLaboratories(symbol).unit)
    } catch {
      throw .unit(error)
    }
  }

  private static func split(_ text: some StringProtocol) throws(QuantityError) -> (Rational, String?) {
    let number = text.prefix { $0 != " " }
    guard let value = Rational(decimal: number) else { throw .number(String(number)) }
    let rest = text.dropFirst(number.count).drop { $0 == " " }
    return (value, rest.isEmpty ? nil : String(rest))
  }
}

/// Why a text is no quantity.
public enum QuantityError: Error, Hashable, Sendable {
  /// The number is malformed or does not fit.
  case number(String)
  case unit(UnitError)
}
