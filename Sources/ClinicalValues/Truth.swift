/// What is known of a condition: it holds, it does not, or the facts do not decide.
///
/// The order is `no < unknown < yes`; *and* is the lesser, *or* the greater (strong Kleene logic).
public enum Truth: UInt8, Comparable, Sendable {
  case no = 0
  case unknown = 1
  case yes = 2

  public init(_ holds: Bool) {
    self = holds ? .yes : .no
  }

  public static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

  public static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }

  /// The lesser of the two.
  public func and(_ other: Truth) -> Truth { min(self, other) }

  /// The greater of the two.
  public func or(_ other: Truth) -> Truth { max(self, other) }

  /// The least of many truths; of none: `yes`.
  public static func all(_ truths: some Sequence<Truth>) -> Truth {
    var result = Truth.yes
    for truth in truths where truth < result {
      if truth == .no { return .no }
      result = truth
    }
    return result
  }

  /// The greatest of many truths; of none: `no`.
  public static func any(_ truths: some Sequence<Truth>) -> Truth {
    var result = Truth.no
    for truth in truths where truth > result {
      if truth == .yes { return .yes }
      result = truth
    }
    return result
  }

  /// What is known when either of two truths may be the right one: equal truths stay, others leave the question open.
  public func joined(with other: Truth) -> Truth { self == other ? self : .unknown }
}
