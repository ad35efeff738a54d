internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

private let interruptions = [SIGINT, SIGTERM, SIGHUP]

/// Lets an interruption end the command, even when the program that started it has held interruptions back.
package func allowInterrupts() {
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  for signal in interruptions { unsafe sigaddset(&signals, signal) }
  unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

/// Notes an interruption instead of being ended by it, so that work ends where it can be continued; a second one ends
/// the command at once.
package final class InterruptWatch: Sendable {
  private let seen = Seen()

  private final class Seen: Sendable {
    let flag = Atomic(false)
  }

  package init() {
    allowInterrupts()
    for number in interruptions {
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      // The handler keeps the source: it has to last as long as the command.
      source.setEventHandler { [seen] in
        _ = source
        seen.flag.store(true, ordering: .relaxed)
        _ = signal(number, SIG_DFL)
      }
      source.resume()
    }
  }

  package var isInterrupted: Bool { seen.flag.load(ordering: .relaxed) }
}
