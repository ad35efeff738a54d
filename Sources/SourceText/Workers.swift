/// Those who do work that falls into independent parts.
///
/// The rooms know no threads: a door that has some brings its own workers along.
public protocol Workers: Sendable {
  /// What the work gives for each number below `count`, in this order.
  func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result]
}

extension Workers {
  /// Two pieces of work, one beside the other.
  public func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    var (left, right): (First?, Second?) = (nil, nil)
    for piece in map(2, { $0 == 0 ? Piece<First, Second>.first(first()) : .second(second()) }) {
      switch piece {
      case .first(let result): left = result
      case .second(let result): right = result
      }
    }
    return (left ?? first(), right ?? second())
  }
}

private enum Piece<First: Sendable, Second: Sendable>: Sendable {
  case first(First)
  case second(Second)
}

/// One after the other.
public struct InOrder: Workers {
  public init() {}

  public func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    (0..<max(0, count)).map(work)
  }
}
