import ClinicalValues
import Testing

struct RationalTextTests {
  @Test(arguments: [
    ("0", 0, 1), ("-0", 0, 1), ("007", 7, 1), ("-12.50", -25, 2), ("0.1", 1, 10), ("2.0", 2, 1),
    ("9223372036854775807", Int64.max, 1), ("-9223372036854775808", Int64.min, 1),
    ("0.000000000000000001", 1, 1_000_000_000_000_000_000),
    ("1.00000000000000000000000000000000000000000000000000000", 1, 1),
  ])
  func `a plain decimal is read exactly`(text: String, numerator: Int64, denominator: Int64) throws {
    let number = try #require(Rational(decimal: text))
    #expect(number.numerator == numerator)
    #expect(number.denominator == denominator)
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "+1", "1e3", "1,5", " 1", "1 ", "--1", "1-", "1.2.3", "0x10", "١", "-.5", "NaN",
    "9223372036854775808", "-9223372036854775809", "0.0000000000000000001",
    "99999999999999999999999999999999999999999999999999", "0.333333333333333333333333333333333333333333333333",
  ])
  func `what is no decimal or too long is refused`(text: String) {
    #expect(Rational(decimal: text) == nil)
  }

  @Test(arguments: [
    (1, 1, "1"), (0, 5, "0"), (-1, 2, "-0.5"), (100, 1, "100"), (1, 8, "0.125"), (5, 100, "0.05"),
    (1, 3, "0.333333333333"), (2, 3, "0.666666666667"), (-2, 3, "-0.666666666667"),
    (1, 1_000_000_000_000, "0.000000000001"), (-1, 1_000_000_000_000, "-0.000000000001"),
    // Half of the last place goes to the even neighbour.
    (1, 2_000_000_000_000, "0"), (-1, 2_000_000_000_000, "0"), (3, 2_000_000_000_000, "0.000000000002"),
    (5, 2_000_000_000_000, "0.000000000002"), (-5, 2_000_000_000_000, "-0.000000000002"),
    // What is rounded up carries into the whole.
    (1_999_999_999_999_999, 2_000_000_000_000_000, "1"), (1, Int64.max, "0"), (-1, Int64.max, "0"),
    (Int64.min, 1, "-9223372036854775808"), (Int64.max, 10, "922337203685477580.7"),
    (Int64.max - 1, Int64.max, "1"),
  ])
  func `numbers are written in canonical form`(numerator: Int64, denominator: Int64, expected: String) throws {
    #expect(try #require(Rational(numerator: numerator, denominator: denominator)).canonicalDecimal == expected)
  }

  @Test(arguments: seeds)
  func `what has at most twelve decimals is written exactly`(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    for _ in 0..<1000 {
      var denominator: Int64 = 1
      for _ in 0..<Int.random(in: 0...12, using: &random) { denominator *= 10 }
      let numerator = Int64.random(in: -1_000_000_000_000_000...1_000_000_000_000_000, using: &random)
      let number = try #require(Rational(numerator: numerator, denominator: denominator))
      #expect(Rational(decimal: number.canonicalDecimal) == number, "seed \(seed): \(number)")
    }
  }
}
