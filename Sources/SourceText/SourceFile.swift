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
    starts.reserveCapacity(bytes.count / 24)
    var isBehindReturn = false
    var index: UInt32 = 0
    for byte in bytes {
      index &+= 1
      guard byte <= 0x0D else {
        isBehindReturn = false
        continue
      }
      if byte == 0x0A, isBehindReturn {
        starts[starts.count - 1] = index
      } else if byte == 0x0A || byte == 0x0D {
        starts.append(index)
      }
      isBehindReturn = byte == 0x0D
    }
    return starts
  }

  public var lineCount: Int { lineStarts.count }

  /// The whole file.
  public var span: Span { Span(file: id, start: 0, end: UInt32(truncatingIfNeeded: bytes.count)) }

  /// The line, from 1.
  func line(at offset: UInt32) -> Int { lineIndex(of: offset) + 1 }

  /// Line and column in code points; a byte order mark takes no column.
  public func position(at offset: UInt32) -> Position {
    let before = lineBefore(offset)
    return Position(line: before.line, column: 1 + before.bytes.count { $0 & 0xC0 != 0x80 })
  }

  /// Line and column in UTF-16 units, as editors and SARIF count.
  public func utf16Position(at offset: UInt32) -> Position {
    let before = lineBefore(offset)
    return Position(line: before.line, column: 1 + String(decoding: before.bytes, as: UTF8.self).utf16.count)
  }

  /// Line and column in bytes; here a byte order mark counts, as it does for tools that read bytes.
  public func bytePosition(at offset: UInt32) -> Position {
    let line = lineIndex(of: offset)
    return Position(line: line + 1, column: 1 + Int(min(clamped(offset), contentEnd(line)) - lineStarts[line]))
  }

  /// What stands in the line before an offset: nothing of the line's end, and no byte order mark.
  private func lineBefore(_ offset: UInt32) -> (line: Int, bytes: ArraySlice<UInt8>) {
    let line = lineIndex(of: offset)
    let content = lineSpan(line + 1)
    let end = max(content.start, min(clamped(offset), content.end))
    return (line + 1, bytes[Int(content.start)..<Int(end)])
  }

  /// What stands there; bytes that are not UTF-8 are shown as replacement characters.
  public func text(_ span: Span) -> String {
    let start = Int(clamped(span.start))
    let end = max(start, Int(clamped(span.end)))
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A line without its end; empty when there is no such line.
  public func lineText(_ line: Int) -> String {
    guard (1...lineCount).contains(line) else { return "" }
    return text(lineSpan(line))
  }

  /// Where the text of a line stands: without its end, without a byte order mark.
  ///
  /// A line that does not exist counts as
  /// the nearest one that does.
  public func lineSpan(_ line: Int) -> Span {
    let index = min(max(line, 1), lineCount) - 1
    let mark: UInt32 = index == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return Span(file: id, start: lineStarts[index] + mark, end: contentEnd(index))
  }

  /// The offset at which a line begins.
  public func lineStart(_ line: Int) -> UInt32 {
    lineStarts[min(max(line, 1), lineCount) - 1]
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

  /// Where the end of a line begins.
  private func contentEnd(_ index: Int) -> UInt32 {
    let start = Int(lineStarts[index])
    var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return UInt32(truncatingIfNeeded: end)
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

  /// Takes in several files, in this order.
  public mutating func add(_ files: [(path: String, bytes: [UInt8])], on workers: some Workers) {
    let first = all.count
    all += workers.map(files.count) { index in
      SourceFile(id: FileID(first + index), path: files[index].path, bytes: files[index].bytes)
    }
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
