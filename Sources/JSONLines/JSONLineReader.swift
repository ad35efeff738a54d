package import CSimdJSON

/// Reads blocks of lines that hold a JSON object each, as flat nodes (`CSimdJSON.h`).
///
/// What is not plain, or no JSON, is not read: a line that is read holds what any reader of JSON finds in it.
@safe package struct JSONLineReader: ~Copyable, @unchecked Sendable {
  // Whoever has the struct is alone with it.
  private let reader: OpaquePointer?

  package init() { unsafe reader = csimdjson_make() }

  deinit { unsafe csimdjson_free(reader) }

  /// What became of a line.
  package enum Line {
    /// Nothing but blanks.
    case blank
    /// Something that is left to a reader who explains.
    case other
    /// An object, with its nodes.
    case object
  }

  /// Reads ranges of the bytes, in rising order; `body` gets for each line what became of it, its nodes, and the texts of
  /// keys by their numbers.
  ///
  /// The answer is how many lines were read: all, unless a range is none or there is no memory.
  package mutating func read<State: ~Copyable>(
    _ bytes: [UInt8], lines: [Range<Int>], _ state: inout State,
    _ body: (
      _ state: inout State, _ line: Line, _ nodes: Span<csimdjson_node>, _ keyText: (Int) -> String
    ) -> Void
  ) -> Int {
    guard bytes.count <= UInt32.max else { return 0 }
    let ranges = lines.map { line in
      csimdjson_range(start: UInt32(clamping: line.lowerBound), end: UInt32(clamping: line.upperBound))
    }
    let reader = unsafe reader
    var count = 0
    unsafe bytes.withUnsafeBufferPointer { all in
      unsafe ranges.withUnsafeBufferPointer { ranges in
        let begun = unsafe csimdjson_begin(reader, all.baseAddress, all.count, ranges.baseAddress, ranges.count)
        guard begun else { return }
        var nodes: UnsafePointer<csimdjson_node>?
        var nodeCount = 0
        while true {
          let line: Line
          switch Int(unsafe csimdjson_next(reader, &nodes, &nodeCount)) {
          case csimdjson_read_whole: line = .object
          case csimdjson_blank: line = .blank
          case csimdjson_not_read: line = .other
          default: return
          }
          let found = unsafe UnsafeBufferPointer(start: nodes, count: nodeCount)
          unsafe body(&state, line, found.span) { unsafe Self.key($0, reader) }
          count += 1
        }
      }
    }
    return count
  }

  /// How many different keys were read.
  package var keyCount: Int { unsafe csimdjson_key_count(reader) }

  /// The text of a key, by its number; empty: there is no such key.
  package func key(_ number: Int) -> String { unsafe Self.key(number, reader) }

  private static func key(_ number: Int, _ reader: OpaquePointer?) -> String {
    var length = 0
    guard number >= 0, let text = unsafe csimdjson_key(reader, number, &length) else { return "" }
    return unsafe String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self)
  }
}
