import ClinicalValues
import Testing

struct RationalTests {
  private static let extremes: [Int64] = [.min, .min + 1, -3, -1, 0, 1, 2, 3, .max - 1, .max]

  /// Small fractions, whose sums and products always fit, and extreme ones, whose mostly do not.
  private static func some(_ random: inout RandomSource, isSmall: Bool) -> Rational {
    while true {
      let numerator =
        isSmall
        ? Int64.random(in: -50...50, using: &random) : extremes[Int.random(in: extremes.indices, using: &random)]
      let denominator =
        isSmall ? Int64.random(in: 1...20, using: &random) : extremes[Int.random(in: extremes.indices, using: &random)]
      if let rational = Rational(numerator: numerator, denominator: denominator) { return rational }
    }
  }

  private func half(_ numerator: Int64) -> Rational { fraction(numerator, 2) }

  @Test func `fractions are reduced and their denominator is positive`() throws {
    let fraction = try #require(Rational(numerator: 6, denominator: -4))
    #expect(fraction.numerator == -3)
    #expect(fraction.denominator == 2)
    #expect(Rational(numerator: 0, denominator: -7) == .zero)
  }

  @Test func `a denominator of nought and what does not fit are refused`() {
    #expect(Rational(numerator: 1, denominator: 0) == nil)
    #expect(Rational(numerator: 1, denominator: .min) == nil)
    #expect(Rational(numerator: .min, denominator: -1) == nil)
    #expect(Rational(numerator: .min, denominator: .min) == .one)
    #expect(Rational(numerator: .min, denominator: 2)?.numerator == Int64.min / 2)
    #expect(Rational(numerator: 2, denominator: .min)?.denominator == 1 << 62)
  }

  @Test func `the least whole number has no opposite and no absolute value`() {
    let least = Rational(.min)
    #expect(least.negated == nil)
    #expect(least.abs == nil)
    #expect(least.multiplied(by: Rational(-1)) == nil)
    #expect(least.divided(by: Rational(-1)) == nil)
    #expect(least.subtracting(.one) == nil)
    #expect(least.divided(by: least) == .one)
    #expect(least.adding(.one)?.negated == Rational(.max))
    #expect(Rational.one.divided(by: least) == nil)
    #expect(least.rounded(toMultipleOf: least) == least)
    #expect(least.rounded(toMultipleOf: Rational(3)) == nil)
  }

  @Test func `overflow is judged on the reduced result`() throws {
    let large = try #require(Rational(numerator: .max, denominator: 2))
    #expect(large.adding(large) == Rational(.max))
    #expect(large.multiplied(by: fraction(2, .max)) == .one)
    #expect(large.adding(fraction(1, 3)) == nil)
    #expect(Rational(.max).adding(.one) == nil)
    #expect(Rational(.max).multiplied(by: Rational(2)) == nil)
  }

  @Test(arguments: seeds)
  func `sums and products commute, associate and distribute`(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    for _ in 0..<500 {
      let (a, b, c) = (
        Self.some(&random, isSmall: true), Self.some(&random, isSmall: true), Self.some(&random, isSmall: true)
      )
      let note = Comment("seed \(seed): \(a), \(b), \(c)")
      let sum = try #require(a.adding(b))
      let product = try #require(a.multiplied(by: b))
      #expect(sum == b.adding(a), note)
      #expect(product == b.multiplied(by: a), note)
      #expect(sum.adding(c) == b.adding(c).flatMap { a.adding($0) }, note)
      #expect(product.multiplied(by: c) == b.multiplied(by: c).flatMap { a.multiplied(by: $0) }, note)
      let distributed = try #require(a.multiplied(by: c)).adding(try #require(b.multiplied(by: c)))
      #expect(sum.multiplied(by: c) == distributed, note)
      #expect(sum.subtracting(b) == a, note)
      if !b.isZero { #expect(product.divided(by: b) == a, note) }
    }
  }

  @Test(arguments: seeds)
  func `no operation on extreme numbers traps, and what fits is exact`(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    for _ in 0..<2000 {
      let (a, b) = (Self.some(&random, isSmall: false), Self.some(&random, isSmall: false))
      let note = Comment("seed \(seed): \(a), \(b)")
      if let sum = a.adding(b) { #expect(sum.subtracting(b) == a, note) }
      if let product = a.multiplied(by: b), !b.isZero { #expect(product.divided(by: b) == a, note) }
      if let quotient = a.divided(by: b) { #expect(quotient.multiplied(by: b) == a, note) }
      if let rounded = a.rounded(toMultipleOf: b) { #expect(rounded.divided(by: b)?.isWhole ?? true, note) }
      #expect(Rational(a.floor) <= a && a <= Rational(a.ceiling), note)
      #expect((a < b) == (b > a) && (a < b || b < a || a == b), note)
      _ = a.canonicalDecimal
    }
  }

  @Test func `comparison is exact where doubles would agree`() throws {
    let first = try #require(Rational(numerator: .max, denominator: .max - 1))
    let second = try #require(Rational(numerator: .max - 1, denominator: .max - 2))
    #expect(first < second)
    #expect(!(second < first))
  }

  @Test func `floor goes down and ceiling up, also below nought`() {
    #expect(half(7).floor == 3 && half(7).ceiling == 4)
    #expect(half(-7).floor == -4 && half(-7).ceiling == -3)
    #expect(Rational(-4).floor == -4 && Rational(-4).ceiling == -4)
  }

  @Test(arguments: [
    ("2.5", "1", "3"), ("-2.5", "1", "-3"), ("2.4", "1", "2"), ("62.5", "25", "75"), ("62.4", "25", "50"),
    ("0.125", "0.05", "0.15"), ("7", "-5", "5"), ("-7.5", "5", "-10"), ("0", "5", "0"),
  ])
  func `rounding goes to the nearest multiple, halves away from nought`(
    number: String, step: String, expected: String
  ) throws {
    let number = try #require(Rational(decimal: number))
    let step = try #require(Rational(decimal: step))
    #expect(number.rounded(toMultipleOf: step)?.canonicalDecimal == expected)
  }

  @Test func `there is no rounding to multiples of nought`() {
    #expect(Rational(3).rounded(toMultipleOf: .zero) == nil)
  }

  @Test func `powers divide for negative exponents and stop at overflow`() {
    #expect(Rational(10).power(3) == Rational(1000))
    #expect(Rational(10).power(-2) == Rational(numerator: 1, denominator: 100))
    #expect(Rational(10).power(19) == nil)
    #expect(Rational.zero.power(-1) == nil)
    #expect(Rational.zero.power(1_000_000_000) == .zero)
    #expect(Rational(5).power(0) == .one)
  }
}
