/// A file among the files of a library: an index into `SourceFiles`.
public struct FileID: Hashable, Sendable, Comparable {
  public let index: UInt32

  public init(_ index: Int) { self.index = UInt32(truncatingIfNeeded: index) }

  public static func < (left: FileID, right: FileID) -> Bool { left.index < right.index }
}

/// A piece of a file: byte offsets, the end not included.
public struct Span: Hashable, Sendable, Comparable {
  public var file: FileID
  public var start: UInt32
  public var end: UInt32

  public init(file: FileID, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }

  /// The smallest piece that contains both; pieces of another file are left out.
  public func joined(with other: Span) -> Span {
    guard other.file == file else { return self }
    return Span(file: file, start: min(start, other.start), end: max(end, other.end))
  }

  public static func < (left: Span, right: Span) -> Bool {
    (left.file, left.start, left.end) < (right.file, right.start, right.end)
  }
}

/// A place that a person can find: line and column, both from 1.
public struct Position: Hashable, Sendable {
  public var line: Int
  /// In code points, unless the function that gives it says otherwise.
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
