package import SourceText

/// What a line of JSON holds.
package enum JSONLine: Hashable, Sendable {
  /// Exactly what `readData` makes of the same bytes.
  case data(DataSyntax)
  /// JSON in which something has to be judged by the reader of files: an escape, a letter beyond ASCII, a key that stands
  /// twice, deep nesting.
  case needsReader
  /// No JSON: the first place that does not fit, and what could stand there.
  case notJSON(at: Int, expected: String)
}

/// Reads a line that holds one JSON value, without the detour over YAML.
///
/// Batches have millions of lines, nearly all of them plain; for the others the answer is that they need the reader.
package func readJSONLine(_ bytes: [UInt8], file: FileID) -> JSONLine {
  var parser = JSONLineParser(bytes: bytes, file: file)
  do throws(JSONLineParser.Stop) {
    parser.skipBlanks()
    let data = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.place == bytes.count else { throw .misfit("the end of the line") }
    return parser.needsReader ? .needsReader : .data(data)
  } catch {
    switch error {
    case .tooDeep: return .needsReader
    case .misfit(let expected): return .notJSON(at: parser.place, expected: expected)
    }
  }
}

/// A strict reader of JSON (RFC 8259).
private struct JSONLineParser {
  enum Stop: Error {
    case tooDeep
    case misfit(String)
  }

  let bytes: [UInt8]
  let file: FileID
  private(set) var place = 0
  private(set) var needsReader = false

  init(bytes: [UInt8], file: FileID) {
    self.bytes = bytes
    self.file = file
  }

  /// Deeper, the reader of files refuses it.
  private static let deepest = 32
  /// A longer key is no key of YAML.
  private static let longestKey = 512

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    place += 1
    return true
  }

  private func span(from start: Int) -> Span {
    Span(file: file, start: UInt32(clamping: start), end: UInt32(clamping: place))
  }

  mutating func skipBlanks() {
    while let byte = next {
      if byte == 0x09 || byte == 0x0D || byte == 0x0A { needsReader = true } else if byte != 0x20 { return }
      place += 1
    }
  }

  mutating func value(depth: Int) throws(Stop) -> DataSyntax {
    guard depth < Self.deepest else { throw .tooDeep }
    guard let next else { throw .misfit("a value") }
    switch next {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""):
      let start = place
      return DataSyntax(.scalar(try string(), quoted: true), span(from: start))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try word("true")
    case UInt8(ascii: "f"): return try word("false")
    case UInt8(ascii: "n"): return try word("null")
    default: throw .misfit("a value in JSON, texts in double quotes")
    }
  }

  // MARK: Objects and lists

  private mutating func object(_ depth: Int) throws(Stop) -> DataSyntax {
    let start = place
    place += 1
    var entries: [DataEntry] = []
    var keys = SeenKeys()
    skipBlanks()
    if take("}") { return DataSyntax(.mapping([]), span(from: start)) }
    repeat {
      skipBlanks()
      let begin = place
      guard next == UInt8(ascii: "\"") else { throw .misfit("a name in double quotes") }
      let name = try string()
      let key = LocatedText(name, span(from: begin))
      if place - begin > Self.longestKey || !keys.insert(name) { needsReader = true }
      skipBlanks()
      guard take(":") else { throw .misfit("`:`") }
      skipBlanks()
      entries.append(DataEntry(key: key, value: try value(depth: depth + 1)))
      skipBlanks()
    } while take(",")
    guard take("}") else { throw .misfit("`,` or `}`") }
    return DataSyntax(.mapping(entries), span(from: start))
  }

  private mutating func array(_ depth: Int) throws(Stop) -> DataSyntax {
    let start = place
    place += 1
    var items: [DataSyntax] = []
    skipBlanks()
    if take("]") { return DataSyntax(.list([]), span(from: start)) }
    repeat {
      skipBlanks()
      items.append(try value(depth: depth + 1))
      skipBlanks()
    } while take(",")
    guard take("]") else { throw .misfit("`,` or `]`") }
    return DataSyntax(.list(items), span(from: start))
  }

  // MARK: Scalars

  private mutating func string() throws(Stop) -> String {
    place += 1
    let start = place
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        return String(decoding: bytes[start..<place - 1], as: UTF8.self)
      case UInt8(ascii: "\\"):
        needsReader = true
        place += 1
        try escape()
      case 0..<0x20: throw .misfit("no control character: write it as `\\n`, `\\t` or `\\u0000`")
      default:
        if byte >= 0x7F { needsReader = true }
        place += 1
      }
    }
    throw .misfit("`\"`, the end of the text")
  }

  private mutating func escape() throws(Stop) {
    guard let byte = next else { throw .misfit("what the backslash stands for") }
    if byte == UInt8(ascii: "u") {
      place += 1
      for _ in 0..<4 {
        guard let digit = next, Self.isHexadecimal(digit) else { throw .misfit("four hexadecimal digits") }
        place += 1
      }
    } else if "\"\\/bfnrt".utf8.contains(byte) {
      place += 1
    } else {
      throw .misfit("one of the signs `\" \\ / b f n r t u` behind the backslash")
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private mutating func number() throws(Stop) -> DataSyntax {
    let start = place
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return plain(from: start)
  }

  private mutating func digits() throws(Stop) {
    guard let first = next, Self.isDigit(first) else { throw .misfit("a digit") }
    while let byte = next, Self.isDigit(byte) { place += 1 }
  }

  private mutating func word(_ word: StaticString) throws(Stop) -> DataSyntax {
    let start = place
    for byte in word.description.utf8 {
      guard next == byte else { throw .misfit("`\(word)`") }
      place += 1
    }
    return plain(from: start)
  }

  private func plain(from start: Int) -> DataSyntax {
    DataSyntax(.scalar(String(decoding: bytes[start..<place], as: UTF8.self), quoted: false), span(from: start))
  }
}

/// The keys of one object: few of them are compared, many are looked up.
private struct SeenKeys {
  private var few: [String] = []
  private var many: Set<String> = []

  /// False: it is there already.
  mutating func insert(_ key: String) -> Bool {
    if few.count < 16 {
      guard !few.contains(key) else { return false }
      few.append(key)
      return true
    }
    if many.isEmpty { many = Set(few) }
    return many.insert(key).inserted
  }
}
