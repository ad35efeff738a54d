internal import Synchronization

/// Values that live as long as the process.
///
/// To take a library apart object by object takes a tenth of the time in which it was loaded, and gives memory back that
/// nobody will ask for.
package enum UntilExit {
  private static let kept = Mutex<[any Sendable]>([])

  package static func keep(_ value: any Sendable) { kept.withLock { $0.append(value) } }
}
