internal import Dispatch
internal import FoundationEssentials
internal import SourceText
internal import Synchronization

/// Workers that are threads; with one of them the work is done in order.
package struct Threads: Workers {
  package let count: Int

  /// Nil: as many as the computer has processors.
  package init(_ count: Int?) {
    self.count = max(1, count ?? min(ProcessInfo.processInfo.activeProcessorCount, Self.most))
  }

  /// More of them only wait for each other.
  private static let most = 16

  package func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    guard self.count > 1, count > 1 else { return InOrder().map(count, work) }
    let pieces = Pieces<Result>(count)
    DispatchQueue.concurrentPerform(iterations: min(self.count, count)) { _ in
      while let index = pieces.take() { pieces.put(work(index), at: index) }
    }
    return pieces.all
  }
}

/// Pieces of work: who is free takes the next one.
private final class Pieces<Result: Sendable>: Sendable {
  private let next = Atomic(0)
  private let results: Mutex<[Result?]>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    results = Mutex(Array(repeating: nil, count: count))
  }

  func take() -> Int? {
    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  func put(_ result: Result, at index: Int) { results.withLock { $0[index] = result } }

  var all: [Result] { results.withLock { $0.compactMap(\.self) } }
}
