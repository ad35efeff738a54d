/// Those who do work that falls into independent parts.
///
/// The rooms know no threads: a door that has some brings its own workers along.
public protocol Workers: Sendable {
  /// What the work gives for each number below `count`, in this order.
  func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result]
}

/// One after the other.
public struct InOrder: Workers {
  public init() {}

  public func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    (0..<max(0, count)).map(work)
  }
}
