/// How two values are compared.
public enum Comparator: Sendable, CaseIterable {
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
}

extension Estimate {
  /// Whether a comparison holds for all pairs of values (`yes`), for none (`no`), or for some.
  ///
  /// A comparison says "there is a value and …": *none* on either side makes it false, `notEqual` not excepted. (What
  /// the language calls `is not` is the opposite of `equal`, and hence true of *none*.) Terms are ordered by their place
  /// in the group; texts can only be equal or not.
  public func compared(_ comparator: Comparator, to other: Estimate) -> Truth {
    guard hasValues, other.hasValues else { return .no }
    let truth = comparedValues(comparator, to: other)
    return mayBeNone || other.mayBeNone ? truth.and(.unknown) : truth
  }

  /// Whether the value belongs to a set, where for some values that is open.
  ///
  /// A value in `yes` belongs, one in `maybe` may belong, any other does not, nor does *none*. The result is `yes` or
  /// `no` if that is the answer for every value. Asked of anything but terms it is `unknown`.
  public func isMember(yes: TermSet, maybe: TermSet) -> Truth {
    guard hasValues else { return .no }
    guard case .terms(let terms) = values else { return .unknown }
    if !terms.intersects(yes), !terms.intersects(maybe) { return .no }
    return terms.isSubset(of: yes) && !mayBeNone ? .yes : .unknown
  }

  private func comparedValues(_ comparator: Comparator, to other: Estimate) -> Truth {
    switch (values, other.values) {
    case (.interval(let first), .interval(let second)):
      Self.compare(comparator, (first.low, first.high), (second.low, second.high), meet: first.intersects(second))
    case (.terms(let first), .terms(let second)):
      Self.compare(comparator, first, second)
    case (.text(let first), .text(let second)) where comparator == .equal: Truth(first == second)
    case (.text(let first), .text(let second)) where comparator == .notEqual: Truth(first != second)
    default: .unknown
    }
  }

  private static func compare(_ comparator: Comparator, _ first: TermSet, _ second: TermSet) -> Truth {
    guard let low = first.lowest, let high = first.highest, let otherLow = second.lowest,
      let otherHigh = second.highest
    else { return .no }
    return compare(comparator, (low, high), (otherLow, otherHigh), meet: first.intersects(second))
  }

  /// Compares two ranges by their ends; `meet` says whether they have a value in common.
  private static func compare<End: Comparable>(
    _ comparator: Comparator, _ first: (low: End, high: End), _ second: (low: End, high: End),
    meet: @autoclosure () -> Bool
  ) -> Truth {
    switch comparator {
    case .less: Truth(always: first.high < second.low, sometimes: first.low < second.high)
    case .lessOrEqual: Truth(always: first.high <= second.low, sometimes: first.low <= second.high)
    case .greater: compare(.less, second, first, meet: meet())
    case .greaterOrEqual: compare(.lessOrEqual, second, first, meet: meet())
    case .equal:
      Truth(always: first == second && first.low == first.high, sometimes: meet())
    case .notEqual: !compare(.equal, first, second, meet: meet())
    }
  }
}

extension Truth {
  fileprivate init(always: Bool, sometimes: Bool) {
    self = always ? .yes : sometimes ? .unknown : .no
  }
}
