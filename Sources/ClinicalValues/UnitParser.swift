/// Reads the expressions of UCUM (§1–§14): atoms with prefix and exponent, products, quotients, annotations.
///
/// Operators have equal rank and group to the left: `s/m.mg` is `(s/m).mg`.
struct UnitParser {
  private static let longestText = 200
  private static let deepestNesting = 8
  private static let largestExponent = 40

  private let bytes: [UInt8]
  private let atoms: UnitAtoms
  private var place = 0
  private var depth = 0

  init(_ text: String, atoms: UnitAtoms) {
    bytes = Array(text.utf8)
    self.atoms = atoms
  }

  /// The measure of the whole text.
  mutating func parse() throws(UnitError) -> Measure {
    guard !bytes.isEmpty else { throw malformed("a unit is missing") }
    guard bytes.count <= Self.longestText else { throw malformed("a unit has at most \(Self.longestText) characters") }
    let measure = try term(startingAt: next == UInt8(ascii: "/") ? .one : nil)
    guard place == bytes.count else { throw malformed("there is a `)` too many") }
    return measure
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skip(_ byte: Character) -> Bool {
    guard let next, next == byte.asciiValue else { return false }
    place += 1
    return true
  }

  /// Components joined by `.` and `/`, up to a `)` or the end.
  private mutating func term(startingAt start: Measure?) throws(UnitError) -> Measure {
    var result: Measure
    if let start { result = start } else { result = try component() }
    while let next, next != UInt8(ascii: ")") {
      if skip(".") {
        result = try product(result, try component(), 1)
      } else if skip("/") {
        result = try product(result, try component(), -1)
      } else {
        throw malformed("units are joined by `.` or `/`")
      }
    }
    return result
  }

  private mutating func component() throws(UnitError) -> Measure {
    if skip("(") { return try parenthesised() }
    if try annotation() { return .one }
    let measure = try simple(token())
    _ = try annotation()
    return measure
  }

  private mutating func parenthesised() throws(UnitError) -> Measure {
    depth += 1
    guard depth <= Self.deepestNesting else { throw malformed("parentheses are nested too deeply") }
    let measure = try term(startingAt: nil)
    guard skip(")") else { throw malformed("a `)` is missing") }
    depth -= 1
    return measure
  }

  /// Skips a text in braces, which means nothing (UCUM §6).
  private mutating func annotation() throws(UnitError) -> Bool {
    guard skip("{") else { return false }
    while !skip("}") {
      guard let next else { throw malformed("a `}` is missing") }
      guard (32...126).contains(next), next != UInt8(ascii: "{") else {
        throw malformed("an annotation holds plain ASCII characters only")
      }
      place += 1
    }
    return true
  }

  /// The characters of one atom with its prefix and exponent; what stands in brackets belongs together.
  private mutating func token() throws(UnitError) -> String {
    let start = place
    var isInBrackets = false
    scan: while let next {
      switch next {
      case UInt8(ascii: "["): isInBrackets = true
      case UInt8(ascii: "]"): isInBrackets = false
      case _ where isInBrackets: break
      case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"): break scan
      case UInt8(ascii: " "): throw malformed("a unit has no blanks")
      case UInt8(ascii: "}"): throw malformed("there is a `}` too many")
      default: break
      }
      place += 1
    }
    if isInBrackets { throw malformed("a `]` is missing") }
    guard place > start else {
      throw malformed(
        next == nil ? "a unit must follow the operator at the end" : "a unit is missing before an operator")
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private func simple(_ token: String) throws(UnitError) -> Measure {
    let (symbol, exponent) = Self.split(token)
    guard !symbol.isEmpty else { return try number(exponent) }
    let atom = try atoms.measure(of: symbol)
    guard !exponent.isEmpty else { return atom }
    guard let power = Int(exponent), power.magnitude <= Self.largestExponent else { throw .overflow }
    return power == 1 ? atom : try product(.one, atom, power)
  }

  private func number(_ digits: String) throws(UnitError) -> Measure {
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      throw malformed("an exponent stands behind no unit")
    }
    guard let number = Int64(digits) else { throw .overflow }
    guard number > 0 else { throw malformed("a factor in a unit is above 0") }
    return Measure(dimension: .none, factor: Rational(number))
  }

  /// An atom and the digits behind it with their sign; the atom is empty for a mere number.
  private static func split(_ token: String) -> (symbol: String, exponent: String) {
    var symbol = Substring(token)
    while let last = symbol.utf8.last, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(last) { symbol.removeLast() }
    if symbol.count < token.count, let last = symbol.last, last == "+" || last == "-" { symbol.removeLast() }
    return (String(symbol), String(token.dropFirst(symbol.count)))
  }

  private func product(_ left: Measure, _ right: Measure, _ exponent: Int) throws(UnitError) -> Measure {
    do throws(MeasureProblem) {
      return try left.multiplied(by: right, toThe: exponent)
    } catch {
      switch error {
      case .scale: throw .inexactOrSpecial(String(decoding: bytes, as: UTF8.self), suggestions: [])
      case .overflow: throw .overflow
      }
    }
  }

  private func malformed(_ reason: String) -> UnitError { .malformed(reason, suggestions: []) }
}
