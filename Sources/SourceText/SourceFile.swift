/// A file in memory, as a door read it.
///
/// Lines end with LF, CRLF or CR, and with nothing else. Every offset is clamped to the file: asking never traps.
public struct SourceFile: Sendable {
  public let id: FileID
  /// As the door named it; shown to people, never opened.
  public let path: String
  public let bytes: [UInt8]
  /// The offset at which each line begins.
  private let lineStarts: [UInt32]

  public init(id: FileID, path: String, bytes: [UInt8]) {
    self.id = id
    self.path = path
    self.bytes = bytes
    lineStarts = Self.findLines(bytes)
  }

  private static func findLines(_ bytes: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      if byte == 0x0A || byte == 0x0D { starts.append(UInt32(truncatingIfNeeded: index)) }
    }
    return starts
  }

  public var lineCount: Int { lineStarts.count }

  /// The whole file.
  public var span: Span { Span(file: id, start: 0, end: UInt32(truncatingIfNeeded: bytes.count)) }

  /// Line and column in code points.
  public func position(at offset: UInt32) -> Position {
    let line = lineIndex(of: offset)
    return Position(line: line + 1, column: 1 + codePoints(from: lineStarts[line], to: clamped(offset)))
  }

  /// Line and column in UTF-16 units, as editors and SARIF count.
  public func utf16Position(at offset: UInt32) -> Position {
    let line = lineIndex(of: offset)
    let before = String(decoding: bytes[Int(lineStarts[line])..<Int(clamped(offset))], as: UTF8.self)
    return Position(line: line + 1, column: 1 + before.utf16.count)
  }

  /// Line and column in bytes.
  public func bytePosition(at offset: UInt32) -> Position {
    let line = lineIndex(of: offset)
    return Position(line: line + 1, column: 1 + Int(clamped(offset) - lineStarts[line]))
  }

  /// What stands there; bytes that are not UTF-8 are shown as replacement characters.
  public func text(_ span: Span) -> String {
    let start = Int(clamped(span.start))
    let end = max(start, Int(clamped(span.end)))
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A line without its end; empty when there is no such line.
  public func lineText(_ line: Int) -> String {
    guard lineStarts.indices.contains(line - 1) else { return "" }
    var end = line < lineStarts.count ? Int(lineStarts[line]) : bytes.count
    let start = Int(lineStarts[line - 1])
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The offset at which a line begins.
  public func lineStart(_ line: Int) -> UInt32 {
    lineStarts[min(max(line - 1, 0), lineStarts.count - 1)]
  }

  private func clamped(_ offset: UInt32) -> UInt32 { min(offset, UInt32(truncatingIfNeeded: bytes.count)) }

  private func lineIndex(of offset: UInt32) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func codePoints(from start: UInt32, to end: UInt32) -> Int {
    guard start < end else { return 0 }
    return bytes[Int(start)..<Int(end)].count { $0 & 0xC0 != 0x80 }
  }
}

/// All files of a library.
public struct SourceFiles: Sendable {
  public private(set) var all: [SourceFile] = []

  public init() {}

  /// Takes in a file; its id is its place in the order of adding.
  @discardableResult
  public mutating func add(path: String, bytes: [UInt8]) -> FileID {
    let id = FileID(all.count)
    all.append(SourceFile(id: id, path: path, bytes: bytes))
    return id
  }

  /// The file; an id of another library gives an empty file.
  public subscript(id: FileID) -> SourceFile {
    let index = Int(id.index)
    return all.indices.contains(index) ? all[index] : SourceFile(id: id, path: "?", bytes: [])
  }

  public func position(_ span: Span) -> Position { self[span.file].position(at: span.start) }

  public func text(_ span: Span) -> String { self[span.file].text(span) }

  /// `path:line:column`.
  public func describe(_ span: Span) -> String {
    let position = position(span)
    return "\(self[span.file].path):\(position.line):\(position.column)"
  }
}
