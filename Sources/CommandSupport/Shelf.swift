internal import Synchronization

/// Tools of which each is used by one worker at a time.
package final class Shelf<Tool: ~Copyable & Sendable>: Sendable {
  private final class Place: Sendable {
    let tool: Mutex<Tool>

    init(_ tool: consuming sending Tool) { self.tool = Mutex(tool) }
  }

  private let free: Mutex<[Place]>
  private let make: @Sendable () -> Tool

  /// Tools are made when they are needed first.
  package init(_ make: @escaping @Sendable () -> Tool) {
    self.make = make
    free = Mutex([])
  }

  package func withTool<Result: Sendable>(_ work: (inout Tool) -> Result) -> Result {
    let place = free.withLock { $0.popLast() } ?? Place(make())
    let result = place.tool.withLock { work(&$0) }
    free.withLock { $0.append(place) }
    return result
  }
}
