/// A text among the texts of a program, named by its place among them.
public struct TextID: Hashable, Sendable {
  public let index: UInt32

  public init(index: UInt32) {
    self.index = index
  }
}

/// The values an expression may still have.
///
/// A fact that nobody gave may have every value of its type; a lab of two values on one day lies between them; a
/// look-up without a row is *none*: known not to exist. Learning a fact only ever makes estimates smaller.
public struct Estimate: Hashable, Sendable {
  /// The possible values besides *none*.
  public enum Values: Hashable, Sendable {
    case nothing
    case terms(TermSet)
    /// Numbers in the canonical unit of their dimension; dates by day number, durations in days.
    case interval(Interval)
    case text(TextID)
    case anyText
  }

  public var values: Values
  /// Whether it may also be that there is no value.
  public var mayBeNone: Bool

  public init(values: Values, mayBeNone: Bool) {
    self.values = values
    self.mayBeNone = mayBeNone
  }

  /// Known not to exist.
  public static let none = Estimate(values: .nothing, mayBeNone: true)

  public static func term(_ index: Int) -> Estimate { .terms(TermSet(index)) }

  public static func terms(_ terms: TermSet, mayBeNone: Bool = false) -> Estimate {
    Estimate(values: .terms(terms), mayBeNone: mayBeNone)
  }

  public static func exactly(_ number: Rational) -> Estimate { .interval(Interval(exactly: number)) }

  public static func interval(_ interval: Interval, mayBeNone: Bool = false) -> Estimate {
    Estimate(values: .interval(interval), mayBeNone: mayBeNone)
  }

  public static func text(_ text: TextID) -> Estimate { Estimate(values: .text(text), mayBeNone: false) }

  /// Exactly one value, which exists.
  public var isKnown: Bool {
    guard !mayBeNone else { return false }
    return switch values {
    case .nothing, .anyText: false
    case .terms(let terms): terms.single != nil
    case .interval(let interval): interval.single != nil
    case .text: true
    }
  }

  /// Known not to exist.
  public var isNone: Bool { !hasValues }

  /// Neither one value nor none.
  public var isUnknown: Bool { !isKnown && !isNone }

  /// Whether there may be a value at all.
  var hasValues: Bool {
    switch values {
    case .nothing: false
    case .terms(let terms): !terms.isEmpty
    case .interval, .text, .anyText: true
    }
  }

  /// The smallest estimate that contains both.
  ///
  /// The kinds agree, because types are checked before anything runs. Should they not, the answer is as wide as this
  /// kind can say, and never a trap.
  public func joined(with other: Estimate) -> Estimate {
    guard other.hasValues else { return Estimate(values: values, mayBeNone: mayBeNone || other.mayBeNone) }
    guard hasValues else { return Estimate(values: other.values, mayBeNone: mayBeNone || other.mayBeNone) }
    let eitherMayBeNone = mayBeNone || other.mayBeNone
    return switch (values, other.values) {
    case (.terms(let first), .terms(let second)): .terms(first.union(second), mayBeNone: eitherMayBeNone)
    case (.interval(let first), .interval(let second)):
      .interval(first.joined(with: second), mayBeNone: eitherMayBeNone)
    case (.text(let first), .text(let second)) where first == second:
      Estimate(values: .text(first), mayBeNone: eitherMayBeNone)
    case (.text, _), (.anyText, _): Estimate(values: .anyText, mayBeNone: eitherMayBeNone)
    case (.interval, _): .interval(.all, mayBeNone: true)
    default: Estimate(values: values, mayBeNone: true)
    }
  }
}
