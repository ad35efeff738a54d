import ClinicalValues
import Testing

struct IntervalTests {
  /// A random interval, now and then open to a side, and a way to draw numbers out of it.
  private static func some(_ random: inout RandomSource) -> Interval {
    let ends = [number(&random), number(&random)].sorted()
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return Interval(low: .negativeInfinity, high: .finite(ends[1]))
    case 1: return Interval(low: .finite(ends[0]), high: .positiveInfinity)
    case 2: return .all
    case 3: return Interval(exactly: ends[0])
    default: return Interval(between: ends[0], and: ends[1])
    }
  }

  private static func number(_ random: inout RandomSource) -> Rational {
    fraction(.random(in: -12...12, using: &random), .random(in: 1...4, using: &random))
  }

  private static func members(of interval: Interval, _ random: inout RandomSource) -> [Rational] {
    let ends = [interval.low.number, interval.high.number].compactMap { $0 }
    let drawn = (0..<6).map { _ in fraction(.random(in: -40...40, using: &random), .random(in: 1...4, using: &random)) }
    return (ends + drawn).filter(interval.contains)
  }

  @Test(arguments: seeds)
  func `arithmetic encloses the results of all members`(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    for _ in 0..<400 {
      let (first, second) = (Self.some(&random), Self.some(&random))
      let sum = try #require(first.adding(second).interval)
      let difference = try #require(first.subtracting(second).interval)
      let product = try #require(first.multiplied(by: second).interval)
      let rounded = try #require(first.rounded(toMultipleOf: fraction(5, 2)).interval)
      let quotient = first.divided(by: second)
      #expect((quotient == .undefined) == second.contains(Rational.zero), "seed \(seed): \(second)")
      for a in Self.members(of: first, &random) {
        #expect(rounded.contains(a.rounded(toMultipleOf: fraction(5, 2))!))
        for b in Self.members(of: second, &random) {
          let note = Comment("seed \(seed): \(a) in \(first), \(b) in \(second)")
          #expect(sum.contains(a.adding(b)!), note)
          #expect(difference.contains(a.subtracting(b)!), note)
          #expect(product.contains(a.multiplied(by: b)!), note)
          #expect(first.minimum(second).contains(min(a, b)), note)
          #expect(first.maximum(second).contains(max(a, b)), note)
          if let quotient = quotient.interval { #expect(quotient.contains(a.divided(by: b)!), note) }
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `finite arithmetic is no wider than its members`(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    for _ in 0..<400 {
      let first = Interval(between: Self.number(&random), and: Self.number(&random))
      let second = Interval(between: Self.number(&random), and: Self.number(&random))
      let ends = [first.low, first.high].flatMap { a in [second.low, second.high].map { (a.number!, $0.number!) } }
      let products = ends.map { $0.multiplied(by: $1)! }
      let note = Comment("seed \(seed): \(first), \(second)")
      let product = try #require(first.multiplied(by: second).interval)
      #expect(product.low.number == products.min() && product.high.number == products.max(), note)
      guard let quotient = first.divided(by: second).interval else { continue }
      let quotients = ends.map { $0.divided(by: $1)! }
      #expect(quotient.low.number == quotients.min() && quotient.high.number == quotients.max(), note)
    }
  }

  @Test func `nought times everything is nought`() {
    #expect(Interval(exactly: .zero).multiplied(by: .all).interval == Interval(exactly: .zero))
  }

  @Test func `infinite ends go through arithmetic`() {
    let atLeastTwo = Interval(low: .finite(Rational(2)), high: .positiveInfinity)
    let three = Interval(exactly: Rational(3))
    #expect(atLeastTwo.adding(three).interval == Interval(low: .finite(Rational(5)), high: .positiveInfinity))
    #expect(three.subtracting(atLeastTwo).interval == Interval(low: .negativeInfinity, high: .finite(.one)))
    #expect(
      three.divided(by: atLeastTwo).interval
        == Interval(between: .zero, and: fraction(3, 2)))
    #expect(
      atLeastTwo.divided(by: Interval(exactly: Rational(-2))).interval
        == Interval(low: .negativeInfinity, high: .finite(Rational(-1))))
    #expect(
      atLeastTwo.divided(by: atLeastTwo).interval == Interval(low: .finite(.zero), high: .positiveInfinity))
    #expect(Interval.all.rounded(toMultipleOf: .one).interval == .all)
  }

  @Test func `a divisor that touches nought is undefined, also at its end`() {
    let touching = Interval(between: .zero, and: .one)
    #expect(Interval(exactly: .one).divided(by: touching) == .undefined)
    #expect(Interval(exactly: .one).divided(by: .all) == .undefined)
    #expect(Interval(exactly: .one).rounded(toMultipleOf: .zero) == .undefined)
  }

  @Test func `an end that does not fit is an overflow`() {
    let largest = Interval(between: .one, and: Rational(.max))
    #expect(largest.adding(largest) == .overflow)
    #expect(largest.multiplied(by: largest) == .overflow)
    #expect(Interval(exactly: Rational(.min)).subtracting(Interval(exactly: .one)) == .overflow)
    #expect(Interval(exactly: Rational(.min)).divided(by: Interval(exactly: Rational(-1))) == .overflow)
    #expect(Interval(exactly: Rational(.max)).rounded(toMultipleOf: Rational(2)) == .overflow)
  }

  @Test(arguments: seeds)
  func `joining gives the least interval around both`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    for _ in 0..<500 {
      let (a, b, c) = (Self.some(&random), Self.some(&random), Self.some(&random))
      let note = Comment("seed \(seed): \(a), \(b), \(c)")
      let joined = a.joined(with: b)
      #expect(joined.contains(a) && joined.contains(b), note)
      #expect(!(c.contains(a) && c.contains(b)) || c.contains(joined), note)
      #expect(joined == b.joined(with: a) && joined.joined(with: a) == joined, note)
      #expect(joined.joined(with: c) == a.joined(with: b.joined(with: c)), note)
    }
  }

  @Test func `one number is single, a range and an open end are not`() {
    #expect(Interval(exactly: Rational(4)).single == Rational(4))
    #expect(Interval(between: .zero, and: .one).single == nil)
    #expect(Interval.all.single == nil)
  }
}
