import ClinicalValues
import Testing

struct EstimateTests {
  private let yes = Estimate.term(1)
  private let anything = Estimate.terms(TermSet(allOf: 2), mayBeNone: true)

  @Test func `known is exactly one value that exists`() {
    #expect(yes.isKnown && !yes.isNone && !yes.isUnknown)
    #expect(Estimate.exactly(.one).isKnown)
    #expect(Estimate.text(TextID(index: 3)).isKnown)
    #expect(!anything.isKnown && anything.isUnknown)
    #expect(!Estimate.terms(TermSet(1), mayBeNone: true).isKnown)
    #expect(!Estimate.interval(.all).isKnown)
    #expect(!Estimate(values: .anyText, mayBeNone: false).isKnown)
  }

  @Test func `none is neither known nor unknown`() {
    #expect(Estimate.none.isNone && !Estimate.none.isKnown && !Estimate.none.isUnknown)
    #expect(!Estimate.terms(TermSet(1), mayBeNone: true).isNone)
  }

  @Test func `joining adds values and the chance of none`() {
    #expect(Estimate.term(0).joined(with: yes) == .terms(TermSet(allOf: 2)))
    #expect(yes.joined(with: .none) == .terms(TermSet(1), mayBeNone: true))
    #expect(Estimate.none.joined(with: yes) == .terms(TermSet(1), mayBeNone: true))
    #expect(Estimate.none.joined(with: .none) == .none)
    let (first, second) = (Estimate.text(TextID(index: 1)), Estimate.text(TextID(index: 2)))
    #expect(first.joined(with: first) == first)
    #expect(first.joined(with: second) == Estimate(values: .anyText, mayBeNone: false))
    #expect(
      Estimate.exactly(.zero).joined(with: .exactly(.one)) == .interval(Interval(between: .zero, and: .one)))
  }

  @Test func `kinds that do not agree widen and do not trap`() {
    let mixed = Estimate.exactly(.one).joined(with: .term(1))
    #expect(mixed == .interval(.all, mayBeNone: true))
    #expect(Estimate.term(1).joined(with: .exactly(.one)).isUnknown)
    #expect(Estimate.exactly(.one).compared(.less, to: .term(1)) == .unknown)
    #expect(Estimate.text(TextID(index: 1)).compared(.less, to: .text(TextID(index: 2))) == .unknown)
  }

  @Test(arguments: Comparator.allCases)
  func `a comparison with none is false`(comparator: Comparator) {
    #expect(Estimate.none.compared(comparator, to: .exactly(.one)) == .no)
    #expect(Estimate.exactly(.one).compared(comparator, to: .none) == .no)
    #expect(Estimate.none.compared(comparator, to: .none) == .no)
  }

  @Test func `a value that may be none is at most unknown`() {
    let perhapsOne = Estimate.interval(Interval(exactly: .one), mayBeNone: true)
    #expect(perhapsOne.compared(.equal, to: .exactly(.one)) == .unknown)
    #expect(perhapsOne.compared(.less, to: .exactly(.one)) == .no)
    #expect(perhapsOne.isMember(yes: TermSet(), maybe: TermSet()) == .unknown)
  }

  @Test func `texts are equal or not`() {
    let (first, second) = (Estimate.text(TextID(index: 1)), Estimate.text(TextID(index: 2)))
    #expect(first.compared(.equal, to: first) == .yes)
    #expect(first.compared(.equal, to: second) == .no)
    #expect(first.compared(.notEqual, to: second) == .yes)
    #expect(first.compared(.equal, to: Estimate(values: .anyText, mayBeNone: false)) == .unknown)
  }

  @Test func `open ends decide what they can`() {
    let atLeastTwo = Estimate.interval(Interval(low: .finite(Rational(2)), high: .positiveInfinity))
    #expect(atLeastTwo.compared(.greater, to: .exactly(.one)) == .yes)
    #expect(atLeastTwo.compared(.greaterOrEqual, to: .exactly(Rational(2))) == .yes)
    #expect(atLeastTwo.compared(.greater, to: .exactly(Rational(2))) == .unknown)
    #expect(atLeastTwo.compared(.less, to: .exactly(Rational(2))) == .no)
    #expect(atLeastTwo.compared(.equal, to: .exactly(.one)) == .no)
    #expect(Estimate.interval(.all).compared(.lessOrEqual, to: .interval(.all)) == .unknown)
  }
}
