/// Why a command ends before its work is done.
package struct Stop: Error {
  package let ending: Ending
  /// For people: a sentence, then perhaps a line about what to do.
  package let message: String

  package init(_ ending: Ending, _ message: String) {
    self.ending = ending
    self.message = message
  }
}

/// How a command ends: its exit code.
package enum Ending: Int32, Sendable {
  case success = 0
  /// A test failed, a finding was found, a statement is missing.
  case failure = 1
  /// The command was not used as it is meant to be, or the content is invalid.
  case misuse = 2
  /// Something could not be read or written.
  case unreadable = 3
  /// The command itself is broken.
  case broken = 4
  /// Somebody interrupted it; what is done so far can be continued.
  case interrupted = 130
}
