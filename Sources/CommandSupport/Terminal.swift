#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Whether to colour what is printed.
package enum ColorChoice: String, CaseIterable, Sendable {
  /// On a terminal, unless `NO_COLOR` is set.
  case auto
  case always
  case never
}

/// One of the two streams that a command writes to.
package enum OutputStream: Sendable {
  case output
  case errors

  private var descriptor: Int32 { self == .output ? 1 : 2 }

  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// The columns of the terminal; nil when it is none.
  package var columns: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  package func usesColor(_ choice: ColorChoice) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: isTerminal && !Environment.has("NO_COLOR") && Environment.value("TERM") != "dumb"
    }
  }

  package func write(_ text: String) throws(Stop) { try write(Array(text.utf8)) }

  /// Writes all bytes, or says that it cannot: a report cut short must not look like a whole one.
  package func write(_ bytes: [UInt8]) throws(Stop) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe sysWrite(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Stop(.unreadable, "the output cannot be written: \(describeError(errno))") }
      rest = rest.dropFirst(count)
    }
  }

  /// Tells people something; where nobody can be told, nothing is lost.
  package func tell(_ text: String) { try? write(text) }
}

private func sysWrite(_ descriptor: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, base, count)
}

/// The variables of the environment.
package enum Environment {
  /// Whether a variable is set to anything.
  static func has(_ name: String) -> Bool { value(name).map { !$0.isEmpty } ?? false }

  package static func value(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }
}
