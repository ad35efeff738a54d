import ClinicalValues
import Testing

struct LaboratoryUnitsTests {
  @Test(arguments: [
    ("K/uL", "10*3/uL"), ("k/ul", "10*3/ul"), ("M/uL", "10*6/uL"), ("thou/cumm", "10*3/mm3"), ("K/µL", "10*3/uL"),
    ("x10^9/L", "10*9/L"), ("X10*9/L", "10*9/L"), ("10^9/L", "10*9/L"), ("10e9/L", "10*9/L"), ("10E9/L", "10*9/L"),
    ("x 10^9 / L", "10*9/L"), ("×10^12/L", "10*12/L"), ("10**3/uL", "10*3/uL"), ("x10E3/mm^3", "10*3/mm3"),
    ("g/dl", "g/dl"), ("gm/dL", "g/dL"), ("mg/day", "mg/d"), ("mcg", "ug"), ("mcg/kg/min", "ug/kg/min"),
    ("µg/L", "ug/L"), ("μmol/L", "umol/L"), ("cells/uL", "{cells}/uL"), ("cells/mm³", "{cells}/mm3"),
    ("copies/mL", "{copies}/mL"), ("IU/L", "[iU]/L"), ("mIU/mL", "m[iU]/mL"), ("uIU/mL", "u[iU]/mL"),
    ("mEq/L", "meq/L"), ("mOsm/kg", "mosm/kg"), ("mmHg", "mm[Hg]"), ("mm Hg", "mm[Hg]"), ("mm/hr", "mm/h"),
    ("mL/min/1.73m2", "mL/min/{1.73_m2}"), ("mL/min/1.73 m²", "mL/min/{1.73_m2}"),
    ("years", "a"), ("months", "mo"), ("weeks", "wk"), ("days", "d"), ("Day", "d"), ("yrs", "a"), ("hours", "h"),
    ("kgs", "kg"), ("lb", "[lb_av]"), ("lbs", "[lb_av]"), ("inches", "[in_i]"), ("ft", "[ft_i]"), ("percent", "%"),
    ("°C", "Cel"), ("beats/min", "{beats}/min"), ("bpm", "{beats}/min"), ("Units/L", "U/L"), ("/HPF", "/[HPF]"),
    ("kg/m^2", "kg/m2"), ("10*9/L", "10*9/L"), ("mg/kg/d", "mg/kg/d"), (" mg ", "mg"), ("K", "K"),
    ("mL/min/{1.73_m2}", "mL/min/{1.73_m2}"),
  ])
  func `spellings of laboratories are understood`(written: String, ucum: String) throws {
    let (unit, canonical) = try Unit.parseAsSentByLaboratories(written)
    #expect(canonical == ucum)
    #expect(try Unit.parse(ucum) == unit)
    #expect(try Unit.parseAsSentByLaboratories(written, declared: unit).unit == unit)
  }

  @Test func `a unit that laboratories mean otherwise is read as they mean it, also where it is declared`() throws {
    let kelvin = try Unit.parse("K/uL")
    #expect(try Unit.parseAsSentByLaboratories("K/uL", declared: kelvin).canonical == "10*3/uL")
  }

  @Test(arguments: [
    "MG/DL", "MIU/L", "°F", "10 9/L", "", "/", "units of insulin", "x10^/L", "10^999/L", "bananas", "mg/dL/",
  ])
  func `what has no meaning or more than one is refused`(written: String) {
    #expect(throws: UnitError.self) { try Unit.parseAsSentByLaboratories(written) }
  }

  @Test(arguments: ["K/uL", "mg/day", "mcg", "years", "IU/L", "mm Hg", "10e9/L"])
  func `content may not be written like that`(written: String) {
    let isThousands = written == "K/uL"
    let strict = try? Unit.parse(written)
    // `K/uL` is UCUM for something else: it must not become a count.
    #expect(isThousands ? strict?.dimension.name == "temperature per volume" : strict == nil)
  }
}
