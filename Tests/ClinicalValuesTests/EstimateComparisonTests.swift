import ClinicalValues
import Testing

/// Comparisons against brute force over all values.
struct EstimateComparisonTests {
  private static func holds(_ comparator: Comparator, _ first: Int, _ second: Int) -> Bool {
    switch comparator {
    case .less: first < second
    case .lessOrEqual: first <= second
    case .greater: first > second
    case .greaterOrEqual: first >= second
    case .equal: first == second
    case .notEqual: first != second
    }
  }

  /// The truth of a test over cases: `yes` if it holds in all, `no` if in none.
  private static func truth(_ cases: [Bool]) -> Truth {
    cases.allSatisfy { $0 } ? .yes : cases.contains(true) ? .unknown : .no
  }

  private static func subsets(of count: Int) -> [[Int?]] {
    let choices: [Int?] = Array(0..<count) + [nil]
    return (1..<(1 << choices.count)).map { (bits: Int) -> [Int?] in
      choices.indices.filter { bits & (1 << $0) != 0 }.map { choices[$0] }
    }
  }

  private static func estimate(_ values: [Int?]) -> Estimate {
    let terms = TermSet(values.compactMap { $0 })
    return terms.isEmpty ? .none : .terms(terms, mayBeNone: values.contains(nil))
  }

  @Test(arguments: Comparator.allCases)
  func `terms agree with brute force over all pairs, none included`(comparator: Comparator) {
    for first in Self.subsets(of: 4) {
      for second in Self.subsets(of: 4) {
        let cases = first.flatMap { a in
          second.map { b in
            guard let a, let b else { return false }
            return Self.holds(comparator, a, b)
          }
        }
        let result = Self.estimate(first).compared(comparator, to: Self.estimate(second))
        #expect(result == Self.truth(cases), "\(first) \(comparator) \(second)")
      }
    }
  }

  @Test(arguments: Comparator.allCases)
  func `intervals agree with brute force over a grid`(comparator: Comparator) {
    let ranges = (0..<5).flatMap { low in (low..<5).map { low...$0 } }
    for first in ranges {
      for second in ranges {
        // Doubled, so that the grid also has points between the ends.
        let cases = (first.lowerBound * 2...first.upperBound * 2).flatMap { a in
          (second.lowerBound * 2...second.upperBound * 2).map { b in Self.holds(comparator, a, b) }
        }
        let result = Self.interval(first).compared(comparator, to: Self.interval(second))
        #expect(result == Self.truth(cases), "\(first) \(comparator) \(second)")
      }
    }
  }

  private static func interval(_ range: ClosedRange<Int>) -> Estimate {
    .interval(Interval(between: Rational(Int64(range.lowerBound)), and: Rational(Int64(range.upperBound))))
  }

  @Test func `membership agrees with brute force`() {
    for values in Self.subsets(of: 3) {
      for yes in Self.subsets(of: 3).filter({ !$0.contains(nil) }) + [[]] {
        for maybe in Self.subsets(of: 3).filter({ !$0.contains(nil) }) + [[]] {
          let truths = values.map { value -> Truth in
            guard let value else { return .no }
            return yes.contains(value) ? .yes : maybe.contains(value) ? .unknown : .no
          }
          let expected = truths.dropFirst().reduce(truths[0]) { $0.joined(with: $1) }
          let result = Self.estimate(values).isMember(
            yes: TermSet(yes.compactMap { $0 }), maybe: TermSet(maybe.compactMap { $0 }))
          #expect(result == expected, "\(values) in \(yes), perhaps \(maybe)")
        }
      }
    }
  }

  @Test func `learning never turns a decided comparison`() {
    for wide in Self.subsets(of: 3) {
      for narrow in Self.subsets(of: 3) where Set(narrow).isSubset(of: wide) {
        for comparator in Comparator.allCases {
          let before = Self.estimate(wide).compared(comparator, to: .term(1))
          let after = Self.estimate(narrow).compared(comparator, to: .term(1))
          #expect(before == .unknown || before == after, "\(wide) to \(narrow)")
        }
      }
    }
  }
}
