internal import SourceText

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// How far a file has been read, and a fingerprint of all that stands before (FNV-1a, 64 bits).
package struct InputPlace: Hashable, Sendable {
  package var offset = 0
  /// The number of lines before.
  package var lines = 0
  package var fingerprint = FNV().value

  package init() {}

  package init(offset: Int, lines: Int, fingerprint: UInt64) {
    self.offset = offset
    self.lines = lines
    self.fingerprint = fingerprint
  }

  /// `isPrinted`: the fingerprint follows.
  package mutating func pass(_ bytes: ArraySlice<UInt8>, isPrinted: Bool = true) {
    offset += bytes.count
    guard isPrinted else { return }
    var hash = FNV(fingerprint)
    hash.pass(bytes)
    fingerprint = hash.value
  }
}

/// Some lines of a file, one behind the other.
package struct LineBlock: Sendable {
  package let bytes: [UInt8]
  /// Where the lines stand in `bytes`, without their ends.
  package let lines: [Range<Int>]
  package let start: InputPlace
  package let end: InputPlace
  /// The only line of the block is longer than a line may be, and its bytes are not kept.
  package let isTooLong: Bool

  /// How far the file has been read when only the first lines of the block count.
  package func place(before line: Int) -> InputPlace {
    guard lines.indices.contains(line), line > 0 else { return line > 0 ? end : start }
    var place = start
    place.pass(bytes[..<lines[line].lowerBound])
    place.lines += line
    return place
  }
}

/// Reads a file, or standard input, in blocks of lines; never more of it than a few blocks is in memory.
package struct LineSource: ~Copyable {
  /// The bytes of the file; nil when nobody knows.
  package let size: Int?
  package private(set) var place = InputPlace()

  private let path: String
  private let descriptor: Int32
  private let status: stat
  /// What was read stands before `filled`; behind it is room.
  private var buffer: [UInt8] = []
  private var filled = 0
  /// What stands before was handed out.
  private var start = 0
  private var isAtEnd = false

  /// A longer line is no patient.
  package static let longestLine = 4 << 20
  private static let readBytes = 128 << 10
  /// A block has no more bytes than these and a line.
  private static let blockBytes = 512 << 10

  /// Whether places have fingerprints: it takes a while to make them, and who does not go on with what was begun needs
  /// none.
  package var makesFingerprints = true

  package init(_ path: String) throws(Stop) {
    self.path = path == "-" ? "standard input" : path
    descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    var status = stat()
    let isKnown = unsafe fstat(descriptor, &status) == 0
    if isKnown, status.st_mode & S_IFMT == S_IFDIR { throw unreadable(path, EISDIR) }
    size = isKnown && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    self.status = status
  }

  deinit { if descriptor > 2 { close(descriptor) } }

  /// Whether what is read is the file that stands at a path.
  package func isFile(at path: String) -> Bool {
    var other = stat()
    return unsafe stat(path, &other) == 0 && other.st_ino == status.st_ino && other.st_dev == status.st_dev
  }

  /// The next lines, at most so many; nil: the file has ended.
  package mutating func next(lines most: Int) throws(Stop) -> LineBlock? {
    var lines: [Range<Int>] = []
    var begin = start
    var seen = start
    while true {
      while lines.count < most, begin - start < Self.blockBytes, let end = lineEnd(from: seen) {
        lines.append(begin..<end)
        begin = end + 1
        seen = begin
      }
      if lines.count == most || begin - start >= Self.blockBytes { return block(lines, until: begin) }
      if isAtEnd {
        if begin < filled { lines.append(begin..<filled) }
        return lines.isEmpty ? nil : block(lines, until: filled)
      }
      if filled - begin > Self.longestLine {
        return lines.isEmpty ? try passLongLine() : block(lines, until: begin)
      }
      seen = filled
      let moved = start
      try fill()
      begin -= moved - start
      seen -= moved - start
      if moved != start { lines = lines.map { $0.lowerBound - moved + start..<$0.upperBound - moved + start } }
    }
  }

  /// Reads on to a place that was reached in an earlier run; false: what stands before is not what it was.
  package mutating func skip(to known: InputPlace) throws(Stop) -> Bool {
    while place.offset < known.offset {
      if start == filled {
        guard !isAtEnd else { return false }
        try fill()
        continue
      }
      let end = min(filled, start + known.offset - place.offset)
      place.pass(buffer[start..<end])
      start = end
    }
    guard place.fingerprint == known.fingerprint else { return false }
    place.lines = known.lines
    return true
  }

  private func lineEnd(from index: Int) -> Int? {
    guard index < filled else { return nil }
    return unsafe buffer.withUnsafeBytes { all in
      guard let base = all.baseAddress, let found = unsafe memchr(base + index, 0x0A, filled - index) else {
        return nil
      }
      return unsafe base.distance(to: UnsafeRawPointer(found))
    }
  }

  private mutating func block(_ lines: [Range<Int>], until end: Int) -> LineBlock {
    let bytes = Array(buffer[start..<end])
    let before = place
    place.pass(buffer[start..<end], isPrinted: makesFingerprints)
    place.lines += lines.count
    let own = lines.map { line in content(line.lowerBound - start..<line.upperBound - start, bytes, before) }
    start = end
    return LineBlock(bytes: bytes, lines: own, start: before, end: place, isTooLong: false)
  }

  /// A line without a carriage return behind it or a byte order mark before the first.
  private func content(_ line: Range<Int>, _ bytes: [UInt8], _ before: InputPlace) -> Range<Int> {
    var line = line
    if let last = line.last, bytes[last] == 0x0D { line = line.lowerBound..<last }
    let isFirst = before.offset == 0 && line.lowerBound == 0
    if isFirst, bytes[line].starts(with: [0xEF, 0xBB, 0xBF]) { line = 3..<line.upperBound }
    return line
  }

  private mutating func passLongLine() throws(Stop) -> LineBlock? {
    let before = place
    while true {
      if let end = lineEnd(from: start) {
        place.pass(buffer[start...end])
        start = end + 1
        break
      }
      place.pass(buffer[start..<filled])
      start = filled
      if isAtEnd { break }
      try fill()
    }
    place.lines += 1
    return LineBlock(bytes: [], lines: [0..<0], start: before, end: place, isTooLong: true)
  }

  /// Reads on; what was handed out makes room.
  private mutating func fill() throws(Stop) {
    if start > 0 {
      let (first, count) = (start, filled - start)
      unsafe buffer.withUnsafeMutableBytes { all in
        if let base = all.baseAddress { unsafe memmove(base, base + first, count) }
      }
      filled -= start
      start = 0
    }
    if buffer.count < filled + Self.readBytes {
      buffer += [UInt8](repeating: 0, count: max(buffer.count, filled + Self.readBytes - buffer.count))
    }
    let old = filled
    var count = -1
    repeat {
      count = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress.map { unsafe $0 + old }, Self.readBytes)
      }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw unreadable(path, errno) }
    filled += count
    isAtEnd = count == 0
  }
}
