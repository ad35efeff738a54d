package import CSimdJSON

/// Reads blocks of lines that hold a JSON object each, as flat nodes (`CSimdJSON.h`).
///
/// What is not plain, or no JSON, is not read: a line that is read holds what any reader of JSON finds in it.
@safe package struct JSONLineReader: ~Copyable, @unchecked Sendable {
  // Whoever has the struct is alone with it.
  private let reader: OpaquePointer?

  package init() { unsafe reader = csimdjson_make() }

  deinit { unsafe csimdjson_free(reader) }

  /// Reads ranges of the bytes, in rising order; `body` gets the nodes of all lines, for each line where it begins, and
  /// the texts of keys by their numbers.
  ///
  /// Nil: nothing could be read.
  package mutating func read<State: ~Copyable, Result>(
    _ bytes: [UInt8], lines: [Range<Int>], _ state: inout State,
    _ body: (
      _ state: inout State, _ nodes: Span<csimdjson_node>, _ lines: Span<csimdjson_line>, _ keyText: (Int) -> String
    ) -> Result
  ) -> Result? {
    guard bytes.count <= UInt32.max else { return nil }
    let ranges = lines.map { line in
      csimdjson_range(start: UInt32(clamping: line.lowerBound), end: UInt32(clamping: line.upperBound))
    }
    let isRead = unsafe bytes.withUnsafeBufferPointer { all in
      unsafe ranges.withUnsafeBufferPointer { ranges in
        unsafe csimdjson_read(reader, all.baseAddress, all.count, ranges.baseAddress, ranges.count)
      }
    }
    guard isRead else { return nil }
    var nodeCount = 0
    var lineCount = 0
    let nodes = unsafe UnsafeBufferPointer(start: csimdjson_nodes(reader, &nodeCount), count: nodeCount)
    let found = unsafe UnsafeBufferPointer(start: csimdjson_lines(reader, &lineCount), count: lineCount)
    return unsafe body(&state, nodes.span, found.span) { unsafe Self.key($0, reader) }
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
