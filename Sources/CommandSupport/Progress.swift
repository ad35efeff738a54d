internal import Synchronization

/// Does work, and says so on a terminal when it takes more than a second; the words vanish when it is done.
package func withProgress<Result>(_ words: String, _ work: () throws -> Result) rethrows -> Result {
  guard OutputStream.errors.isTerminal else { return try work() }
  let state = ProgressLine()
  let ticker = Task.detached {
    try? await Task.sleep(for: .seconds(1))
    state.show(words)
  }
  defer {
    ticker.cancel()
    state.finish()
  }
  return try work()
}

/// The line is shown at most once, and never after the work is done.
private final class ProgressLine: Sendable {
  private enum Phase { case waiting, shown, done }

  private let phase = Mutex(Phase.waiting)

  func show(_ words: String) {
    phase.withLock { phase in
      guard phase == .waiting, !Task.isCancelled else { return }
      phase = .shown
      OutputStream.errors.tell(words + " …")
    }
  }

  func finish() {
    phase.withLock { phase in
      if phase == .shown { OutputStream.errors.tell("\r\u{1B}[K") }
      phase = .done
    }
  }
}
