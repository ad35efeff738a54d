import FoundationEssentials
import Testing

@testable import ClinicalValues

/// The functional tests of UCUM and its table of atoms, read from the folder that `GUIDELINE_SUITES` names.
struct UCUMTests {
  /// Valid UCUM that we refuse: π and logarithms have no exact factor; the others are beyond 64 bits.
  private static let refused: Set = [
    "4.[pi].10*-7.N/A2", "deg", "dB", "dB[10.nV]", "dB[SPL]", "10*23", "eV", "fg",
  ]
  /// Conversions that need π, or numbers beyond 64 bits.
  private static let unsupportedConversions: Set = ["3-122", "3-123", "3-124", "3-127", "3-128"]
  /// Cases in all, so that a file that is not read does not pass.
  private static let counts = (validations: 529, conversions: 30, products: 5, atoms: 305, missingAtoms: 108)

  @Test func `units are valid or not as the suite says`() throws {
    guard let suite = try Self.suite("UcumFunctionalTests.xml") else { return }
    let cases = Self.elements("case", in: suite).filter { $0["valid"] != nil }
    var refused: Set<String> = []
    for test in cases {
      let symbol = try #require(test["unit"])
      let isValid = (try? Unit.parse(symbol)) != nil
      if test["valid"] == "true" {
        if !isValid { refused.insert(symbol) }
      } else {
        #expect(!isValid, "\(test["id"] ?? "?"): `\(symbol)` is no unit")
      }
    }
    #expect(refused == Self.refused)
    #expect(cases.count == Self.counts.validations)
  }

  @Test func `conversions give what the suite says`() throws {
    guard let suite = try Self.suite("UcumFunctionalTests.xml") else { return }
    let cases = Self.elements("case", in: suite).filter { $0["srcUnit"] != nil }
    var unsupported: Set<String> = []
    for test in cases {
      let id = try #require(test["id"])
      let value = try #require(Rational(decimal: test["value"] ?? ""))
      guard let source = try? Unit.parse(test["srcUnit"] ?? ""), let target = try? Unit.parse(test["dstUnit"] ?? ""),
        let result = Quantity(value, source).value(in: target)
      else {
        unsupported.insert(id)
        continue
      }
      try Self.expect(result, test["outcome"], id)
    }
    #expect(unsupported == Self.unsupportedConversions)
    #expect(cases.count == Self.counts.conversions)
  }

  @Test func `products and quotients give what the suite says`() throws {
    guard let suite = try Self.suite("UcumFunctionalTests.xml") else { return }
    let cases = ["multiplication", "division"].flatMap { part in
      Self.elements("case", in: Self.body(of: part, in: suite)).map { (part, $0) }
    }
    for (part, test) in cases {
      let id = try #require(test["id"])
      let first = try #require(Rational(decimal: test["v1"] ?? ""))
      let second = try #require(Rational(decimal: test["v2"] ?? ""))
      let (left, right) = (try Unit.parse(test["u1"] ?? ""), try Unit.parse(test["u2"] ?? ""))
      let isProduct = part == "multiplication"
      let unit = try #require(isProduct ? left.multiplied(by: right) : left.divided(by: right))
      let value = try #require(isProduct ? first.multiplied(by: second) : first.divided(by: second))
      let symbol = test["uRes"] ?? ""
      let target = try Unit.parse(symbol.isEmpty ? "1" : symbol)
      try Self.expect(try #require(Quantity(value, unit).value(in: target)), test["vRes"], "\(part) \(id)")
    }
    #expect(cases.count == Self.counts.products)
  }

  @Test func `every atom of ours has the definition of UCUM`() throws {
    guard let essence = try Self.suite("ucum-essence.xml") else { return }
    let atoms = Self.atoms(in: essence)
    var missing = 0
    for atom in atoms {
      guard let unit = try? Unit.parse(atom.symbol) else {
        missing += 1
        continue
      }
      try check(atom, unit)
      for prefixed in ["m" + atom.symbol, "k" + atom.symbol] {
        let isValid = (try? Unit.parse(prefixed)) != nil
        #expect(isValid == (atom.isMetric && !unit.isScale), "\(prefixed)")
      }
    }
    #expect(missing == Self.counts.missingAtoms)
    #expect(atoms.count == Self.counts.atoms)
  }

  @Test func `no atom of ours is unknown to UCUM`() throws {
    guard let essence = try Self.suite("ucum-essence.xml") else { return }
    let base = Self.elements("base-unit", in: essence).compactMap { $0["Code"] }
    let known = Set(Self.atoms(in: essence).map(\.symbol) + base)
    #expect(Set(UnitDefinition.all.map(\.symbol)).subtracting(known) == [])
  }

  private func check(_ atom: Atom, _ unit: Unit) throws {
    // What is arbitrary, on a scale or a percentage is comparable with its like only; so is the mole, here.
    if atom.isArbitrary || unit.isScale || unit.isPercent || atom.symbol == "mol" {
      #expect(!unit.isComparable(with: .one), "\(atom.symbol)")
      return
    }
    let base = try Unit.parse(atom.unit)
    #expect(unit.isComparable(with: base), "\(atom.symbol)")
    let value = try #require(Self.number(atom.value), "\(atom.symbol)")
    #expect(Quantity(value, base).value(in: unit) == .one, "\(atom.symbol) is \(atom.value) \(atom.unit)")
  }
}

// Reading the files.
extension UCUMTests {
  private struct Atom {
    var symbol: String
    var isMetric: Bool
    var isArbitrary: Bool
    var value: String
    var unit: String
  }

  private static func suite(_ name: String) throws -> String? {
    guard let folder = ProcessInfo.processInfo.environment["GUIDELINE_SUITES"] else {
      print("skipped: GUIDELINE_SUITES is not set")
      return nil
    }
    let text = try String(contentsOfFile: "\(folder)/ucum/\(name)", encoding: .utf8)
    return text.replacing(try Regex("(?s)<!--.*?-->"), with: "")
  }

  private static func body(of element: String, in text: String) -> String {
    guard let regex = try? Regex("(?s)<\(element)>(.*?)</\(element)>"), let match = text.firstMatch(of: regex) else {
      return ""
    }
    return String(text[match.range])
  }

  /// The attributes of all elements of a name.
  private static func elements(_ name: String, in text: String) -> [[String: String]] {
    text.matches(of: #/<([a-z-]+)\s([^>]*)>/#).filter { $0.1 == name }.map { attributes(String($0.2)) }
  }

  private static func attributes(_ text: String) -> [String: String] {
    var result: [String: String] = [:]
    for match in text.matches(of: #/([A-Za-z0-9]+)\s*=\s*"([^"]*)"/#) {
      result[String(match.1)] = String(match.2.replacing("&lt;", with: "<").replacing("&amp;", with: "&"))
    }
    return result
  }

  private static func atoms(in text: String) -> [Atom] {
    text.matches(of: #/(?s)<unit\s([^>]*)>(.*?)</unit>/#).map { match in
      let unit = attributes(String(match.1))
      let value = elements("value", in: String(match.2)).first ?? [:]
      return Atom(
        symbol: unit["Code"] ?? "", isMetric: unit["isMetric"] == "yes", isArbitrary: unit["isArbitrary"] == "yes",
        value: value["value"] ?? "", unit: value["Unit"] ?? "")
    }
  }

  /// A number that may have an exponent.
  private static func number(_ text: String) -> Rational? {
    let parts = text.split(separator: "e")
    guard let mantissa = parts.first.flatMap({ Rational(decimal: $0) }) else { return nil }
    guard parts.count == 2 else { return mantissa }
    return Int(parts[1]).flatMap { Rational(10).power($0) }.flatMap { mantissa.multiplied(by: $0) }
  }

  /// The suite writes outcomes with as many digits as it holds significant: they agree to half of the last one.
  private static func expect(_ result: Rational, _ outcome: String?, _ id: String) throws {
    let outcome = try #require(outcome)
    let parts = outcome.split(separator: "e")
    let decimals = parts[0].split(separator: ".").dropFirst().first?.count ?? 0
    let exponent = (parts.count == 2 ? Int(parts[1]) ?? 0 : 0) - decimals
    let lastPlace = try #require(Double("1e\(exponent)"))
    let tolerance = 0.500_001 * lastPlace
    let expected = try #require(Double(outcome))
    let value = Double(result.numerator) / Double(result.denominator)
    #expect(
      Swift.abs(value - expected) <= max(tolerance, Swift.abs(expected) * 1e-14), "\(id): \(value), not \(outcome)")
  }
}
