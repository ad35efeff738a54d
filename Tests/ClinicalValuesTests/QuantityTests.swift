import ClinicalValues
import Testing

struct QuantityTests {
  @Test func `a quantity is a number, blanks and a unit`() throws {
    let count = try Quantity.parse("6.0 10*9/L")
    #expect(count.value == Rational(6) && count.unit.symbol == "10*9/L")
    #expect(try Quantity.parse("-10   %").value == Rational(-10))
    #expect(try Quantity.parse("3").unit == .one)
    #expect(try Quantity.parse("3 ").unit == .one)
  }

  @Test(arguments: ["", " 3 d", "d", "3d", "3,5 d", "1e3 d", "99999999999999999999 d"])
  func `a number that is none is told apart`(text: String) {
    guard case .number = problem(text) else {
      Issue.record("\(text): \(String(describing: problem(text)))")
      return
    }
  }

  @Test func `a unit that is none keeps its suggestions`() {
    guard case .unit(let error) = problem("120 mg/day") else {
      Issue.record("no complaint about the unit")
      return
    }
    #expect(error.suggestions == ["mg/d"])
  }

  @Test func `facts may be spelled as laboratories do`() throws {
    let count = try Quantity.parseAsSentByLaboratories("6.0 K/uL")
    #expect(count.value(in: try Unit.parse("10*9/L")) == Rational(6))
    #expect(try Quantity.parseAsSentByLaboratories("55 years").unit.symbol == "a")
    #expect(try Quantity.parseAsSentByLaboratories("120 mm Hg").unit.symbol == "mm[Hg]")
  }

  @Test func `what does not fit in the other unit is nil and no trap`() throws {
    #expect(Quantity(Rational(.max), try Unit.parse("wk")).canonical() == nil)
    #expect(Quantity(Rational(.min), try Unit.parse("kg")).value(in: try Unit.parse("g")) == nil)
    #expect(Quantity(Rational(.max), try Unit.parse("Eg")).value(in: try Unit.parse("Eg")) == Rational(.max))
  }

  private func problem(_ text: String) -> QuantityError? {
    do throws(QuantityError) {
      _ = try Quantity.parse(text)
      return nil
    } catch {
      return error
    }
  }
}
