import ClinicalValues
import RuleEngine

/// One of the finitely many values between which a program cannot tell any difference.
struct DomainValue: Hashable, Sendable {
  /// A value that stands for all of them.
  var estimate: Estimate
  /// The smallest closed estimate that holds all of them.
  var hull: Estimate
  /// For a whole series: its points; nil: it is not given, or this is no series.
  var points: [SeriesPoint]?
  /// All series with more points than those that are listed: each question about them is left open.
  var isLongerSeries = false

  init(_ estimate: Estimate, hull: Estimate? = nil, points: [SeriesPoint]? = nil) {
    self.estimate = estimate
    self.hull = hull ?? estimate
    self.points = points
  }
}

extension DomainValue {
  static func longerSeries(_ full: Estimate) -> DomainValue {
    var value = DomainValue(full)
    value.isLongerSeries = true
    return value
  }
}

/// The pieces into which numbers fall when they are cut where they are compared.
///
/// Each cut is a piece of its own, and so is what lies between two of them: no comparison with a cut changes inside a
/// piece.
struct NumberPieces {
  /// Ascending.
  var cuts: [Rational]
  var low: Rational?
  var high: Rational?
  /// Only whole numbers (days, counts) exist: a piece without one is left out.
  var isWhole: Bool

  func values() -> [DomainValue] {
    let inside = cuts.filter { cut in (low.map { cut >= $0 } ?? true) && (high.map { cut <= $0 } ?? true) }
    guard let first = inside.first, let last = inside.last else { return [whole()].compactMap { $0 } }
    var values: [DomainValue] = []
    if low != first, let below = below(first) { values.append(below) }
    for (index, cut) in inside.enumerated() {
      values.append(DomainValue(.exactly(cut)))
      if inside.indices.contains(index + 1), let between = between(cut, inside[index + 1]) { values.append(between) }
    }
    if high != last, let above = above(last) { values.append(above) }
    return values
  }

  /// Nothing is compared: one value stands for all.
  private func whole() -> DomainValue? {
    let number = low.flatMap { low in high.flatMap { middle(low, $0) } } ?? low ?? high ?? Rational(1)
    return DomainValue(.exactly(rounded(number)), hull: .interval(Interval(low: lowBound, high: highBound)))
  }

  private var lowBound: Bound { low.map { .finite($0) } ?? .negativeInfinity }
  private var highBound: Bound { high.map { .finite($0) } ?? .positiveInfinity }

  private func below(_ cut: Rational) -> DomainValue? {
    let hull = Estimate.interval(Interval(low: lowBound, high: .finite(cut)))
    let step = isWhole ? cut.subtracting(Rational(1)) : cut > .zero ? middle(.zero, cut) : cut.subtracting(Rational(1))
    guard var number = step else { return nil }
    if let low, number < low {
      guard let inner = isWhole ? low : middle(low, cut) else { return nil }
      number = inner
    }
    return DomainValue(.exactly(number), hull: hull)
  }

  private func above(_ cut: Rational) -> DomainValue? {
    let hull = Estimate.interval(Interval(low: .finite(cut), high: highBound))
    let step = isWhole || cut <= .zero ? cut.adding(Rational(1)) : cut.multiplied(by: Rational(2))
    guard var number = step else { return nil }
    if let high, number > high {
      guard let inner = isWhole ? high : middle(cut, high) else { return nil }
      number = inner
    }
    return DomainValue(.exactly(number), hull: hull)
  }

  private func between(_ low: Rational, _ high: Rational) -> DomainValue? {
    guard let number = middle(low, high) else { return nil }
    let inner = rounded(number)
    guard inner > low, inner < high else { return nil }
    return DomainValue(.exactly(inner), hull: .interval(Interval(between: low, and: high)))
  }

  private func middle(_ low: Rational, _ high: Rational) -> Rational? {
    low.adding(high)?.divided(by: Rational(2))
  }

  /// The whole number at or below it, where only whole numbers exist.
  private func rounded(_ number: Rational) -> Rational {
    guard isWhole, let near = number.rounded(toMultipleOf: Rational(1)) else { return number }
    return near > number ? near.subtracting(Rational(1)) ?? near : near
  }
}
