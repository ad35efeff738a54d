import Testing

@testable import ClinicalValues

struct UnitTests {
  private func quantity(_ text: String) throws -> Quantity { try Quantity.parse(text) }

  @Test func `every definition of the table resolves, once`() {
    #expect(UnitAtoms.shared.unresolved == [])
    let symbols = UnitDefinition.all.map(\.symbol)
    #expect(Set(symbols).count == symbols.count)
  }

  @Test(arguments: [
    ("1 wk", "d", "7"), ("1 mo", "d", "30.4375"), ("1 a", "d", "365.25"), ("18 a", "mo", "216"), ("36 h", "d", "1.5"),
    ("1 kg", "g", "1000"), ("120 mg/d", "ug/h", "5000"), ("2 mg/kg/d", "mg/kg/wk", "14"), ("13.5 g/dL", "g/L", "135"),
    ("6.0 10*9/L", "10*3/uL", "6"), ("6.0 10*9/L", "/uL", "6000"), ("90.12 fL", "um3", "90.12"),
    ("28.53 pg", "ng", "0.02853"), ("40 U/L", "nkat/mL", "0.666666666667"), ("60 mL/min", "L/h", "3.6"),
    ("120 mm[Hg]", "kPa", "15.99864"), ("7 meq/L", "mmol/L", "7"), ("2500 kcal/d", "kJ/d", "10460"),
    ("1 L", "cm3", "1000"), ("150 W", "J/s", "150"), ("1 [lb_av]", "g", "453.59237"), ("1 [in_i]", "cm", "2.54"),
    ("5 m[IU]/mL", "[iU]/L", "5"), ("60 /min", "Hz", "1"), ("1 mg/kg", "ug/g", "1"), ("8.64 10*4.s", "d", "1"),
    ("1 s/m.mg", "s.mg/m", "1"), ("1 10^9/L", "10*9/L", "1"), ("10 mL/min/{1.73_m2}", "mL/min", "10"),
    ("3 {cells}/uL", "/uL", "3"), ("1 g/(12.h)", "g/d", "2"), ("50 %", "%", "50"), ("37.5 Cel", "Cel", "37.5"),
  ])
  func `units convert exactly`(text: String, unit: String, expected: String) throws {
    #expect(try quantity(text).value(in: Unit.parse(unit))?.canonicalDecimal == expected)
  }

  @Test(arguments: [
    "10*9/L", "g/dL", "fL", "U/L", "mg/dL", "mL/min", "g/L", "a", "kg", "%", "mg/d", "mg/kg/d", "d", "[iU]/L", "pg",
    "ng/mL", "mmol/L", "umol/L", "mm[Hg]", "kg/m2", "wk", "mo", "h", "/min", "mosm/kg", "kat/L", "1",
  ])
  func `the units of medicine are units, and their numbers fit`(symbol: String) throws {
    let unit = try Unit.parse(symbol)
    #expect(unit.symbol == symbol)
    let value = try #require(Rational(decimal: "999.5"))
    #expect(unit.canonical(value).flatMap(unit.value(ofCanonical:)) == value)
  }

  @Test func `the canonical unit of time is the day`() throws {
    #expect(try quantity("2 wk").canonical() == Rational(14))
    #expect(try Unit.parse("d").factor == .one)
    #expect(Unit.day == (try Unit.parse("d")))
    #expect(Unit.one == (try Unit.parse("1")))
  }

  @Test(arguments: [
    ("mol", "1"), ("%", "1"), ("[iU]", "U"), ("[iU]", "1"), ("mg", "mL"), ("d", "kg"), ("Cel", "K"), ("[pH]", "1"),
    ("10*9/L", "mol/L"), ("[CFU]/mL", "[PFU]/mL"), ("mg", "mg/d"),
  ])
  func `different things are not comparable`(first: String, second: String) throws {
    let (first, second) = (try Unit.parse(first), try Unit.parse(second))
    #expect(!first.isComparable(with: second) && !second.isComparable(with: first))
    #expect(Quantity(.one, first).value(in: second) == nil)
  }

  @Test func `a percentage dissolves in a product with a quantity`() throws {
    let (percent, dose) = (try Unit.parse("%"), try Unit.parse("mg/d"))
    let product = try #require(percent.multiplied(by: dose))
    #expect(product.isComparable(with: dose))
    let value = try #require(Rational(30).multiplied(by: Rational(120)))
    #expect(Quantity(value, product).value(in: dose) == Rational(36))
    #expect(dose.divided(by: percent)?.isComparable(with: dose) == true)
  }

  @Test func `a percentage of a bare number stays one, and percentages among themselves give numbers`() throws {
    let percent = try Unit.parse("%")
    #expect(percent.multiplied(by: .one) == percent)
    #expect(Unit.one.multiplied(by: percent) == percent)
    #expect(percent.divided(by: .one) == percent)
    #expect(percent.multiplied(by: percent)?.isComparable(with: .one) == true)
    #expect(percent.divided(by: percent)?.isComparable(with: .one) == true)
    #expect(Unit.one.divided(by: percent)?.isPercent == false)
    #expect(try Unit.parse("%{saturation}").isComparable(with: percent))
  }

  @Test func `products and quotients are written so that they can be read again`() throws {
    for first in ["mg", "mg/d", "1", "10*9/L", "%", "kg.m2"] {
      for second in ["kg", "mg/kg/d", "1", "{cells}/uL", "%", "s2"] {
        let (left, right) = (try Unit.parse(first), try Unit.parse(second))
        for result in [left.multiplied(by: right), left.divided(by: right)] {
          let unit = try #require(result)
          #expect(try Unit.parse(unit.symbol) == unit, "\(first) and \(second)")
        }
      }
    }
  }

  @Test(arguments: ["Cel", "[pH]"])
  func `scales take part in no product`(symbol: String) throws {
    let scale = try Unit.parse(symbol)
    #expect(scale.isScale)
    #expect(scale.multiplied(by: .day) == nil && Unit.day.multiplied(by: scale) == nil)
    #expect(scale.divided(by: scale) == nil && Unit.one.divided(by: scale) == nil)
    #expect(scale.multiplied(by: .one) == scale && Unit.one.multiplied(by: scale) == scale)
    for text in ["\(symbol)/d", "\(symbol)2", "d.\(symbol)", "m\(symbol)", "/\(symbol)"] {
      #expect(throws: UnitError.self) { try Unit.parse(text) }
    }
  }

  @Test(arguments: ["deg", "[degF]", "[pi]", "mB", "dB[SPL]", "%[slope]", "mg/deg", "[m/s2/Hz^(1/2)]"])
  func `units without an exact factor are refused as such`(text: String) {
    guard case .inexactOrSpecial = problem(text) else {
      Issue.record("\(text): \(String(describing: problem(text)))")
      return
    }
  }

  @Test(arguments: [
    "", " ", "m/", "/", "m//s", "m..s", ".m", "(m", "m)", "()", "{a}rad", "{a", "m}", "m{a{b}}", "[iU", "m g", "mg ",
    "{\u{e9}}", "0", "m/0", "((((((((((m))))))))))", "-1", "+2", "m(s)", "(m)s", "{}1", "(m)2",
  ])
  func `what does not follow the grammar is malformed`(text: String) {
    guard case .malformed = problem(text) else {
      Issue.record("\(text): \(String(describing: problem(text)))")
      return
    }
  }

  @Test(arguments: [
    "iU", "12h", "mg/12h", "molv", "[BETH'U]", "10+3", "kg[H20]", "DL", "KG", "m-", "mmin", "kd", "mh", "µg", "cmo",
  ])
  func `atoms are taken as UCUM writes them, with its prefixes only where it allows them`(text: String) {
    guard case .unknownAtom = problem(text) else {
      Issue.record("\(text): \(String(describing: problem(text)))")
      return
    }
  }

  @Test(arguments: [
    "10*19", "10*-19", "m99999999999999999999", "m41", "9223372036854775808", "Yg", "m40.m40", "kg-9223372036854775808",
  ])
  func `what our numbers cannot hold is an overflow`(text: String) {
    #expect(problem(text) == .overflow)
  }

  @Test func `a very long text ends quickly`() {
    #expect(throws: UnitError.self) { try Unit.parse(String(repeating: "(", count: 100_000)) }
    #expect(throws: UnitError.self) { try Unit.parse(String(repeating: "m.", count: 100_000)) }
  }

  @Test(arguments: [
    ("mcg", "ug"), ("mg/day", "mg/d"), ("G/DL", "G/dL"), ("mg/DL", "mg/dL"), ("mmHg", "mm[Hg]"),
    ("KG", "kg"), ("iU/L", "[iU]/L"), ("µg/L", "ug/L"), ("x10^9/L", "10*9/L"), ("mmoll/L", "mmol/L"),
    ("g/12h", "g/(12.h)"), ("years", "a"), ("mmin", "min"), ("umoI/L", "umol/L"), ("[degF]", "Cel"), ("mg /d", "mg/d"),
  ])
  func `a near miss is told what was meant`(text: String, expected: String) {
    #expect(problem(text)?.suggestions.first == expected)
  }

  @Test(arguments: [("K/uL", "10*3/uL"), ("ft", "[ft_i]"), ("mg/dL", nil), ("10^9/L", nil), ("K", nil)])
  func `UCUM that laboratories use for something else is told apart`(symbol: String, meant: String?) {
    #expect((try? Unit.parse(symbol))?.laboratoryReading == meant)
  }

  @Test func `what looks like nothing gets no suggestion`() {
    #expect(problem("bananas")?.suggestions == [])
    #expect(problem(String(repeating: "z", count: 300))?.suggestions == [])
  }

  @Test(arguments: [
    ("mg/dL", "mass per volume"), ("1", "pure number"), ("/uL", "number per volume"), ("kg/m2", "mass per area"),
    ("d", "time"), ("[iU]/L", "`[iU]` per volume"), ("mol", "amount of substance"), ("mL/min", "volume per time"),
    ("s2", "time to the 2"), ("g.m", "mass times length"),
  ])
  func `dimensions have names`(symbol: String, name: String) throws {
    #expect(try Unit.parse(symbol).dimension.name == name)
  }

  private func problem(_ text: String) -> UnitError? {
    do throws(UnitError) {
      _ = try Unit.parse(text)
      return nil
    } catch {
      return error
    }
  }
}
