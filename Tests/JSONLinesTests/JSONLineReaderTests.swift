internal import CSimdJSON
internal import JSONLines
internal import TestSupport
internal import Testing

@Suite struct JSONLineReaderTests {
  static let seed = SeededRandom.announcedSeed(for: "JSONLineReaderTests")

  /// A line as it was read: nil, it was not; empty, nothing is in it.
  private func read(_ lines: [[UInt8]], _ reader: inout JSONLineReader) -> [String?]? {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for line in lines {
      ranges.append(bytes.count..<bytes.count + line.count)
      bytes += line + [0x0A]
    }
    var texts: [String?] = []
    let count = reader.read(bytes, lines: ranges, &texts) { texts, line, nodes, key in
      switch line {
      case .object:
        // The nodes of a line are one tree, and its texts lie in the line.
        let range = ranges[texts.count]
        for place in nodes.indices {
          let start = Int(nodes[place].start)
          #expect(range.lowerBound <= start && start + Int(nodes[place].length) <= range.upperBound)
          #expect(place < Int(nodes[place].next) && Int(nodes[place].next) <= nodes.count)
        }
        #expect(Int(nodes[0].next) == nodes.count)
        texts.append(print(0, nodes, bytes, key))
      case .blank: texts.append("")
      case .other: texts.append(nil)
      }
    }
    return count == lines.count ? texts : nil
  }

  private func read(_ line: String) -> String? {
    var reader = JSONLineReader()
    return read([Array(line.utf8)], &reader)?.first ?? nil
  }

  private func print(
    _ index: Int, _ nodes: Span<csimdjson_node>, _ bytes: [UInt8], _ key: (Int) -> String
  ) -> String {
    let node = nodes[index]
    let text = Array(bytes[Int(node.start)..<Int(node.start) + Int(node.length)])
    var parts: [String] = []
    var child = index + 1
    while child < Int(node.next) {
      let value = print(child, nodes, bytes, key)
      parts.append(Int(node.kind) == csimdjson_object ? "\"\(key(Int(nodes[child].key)))\":\(value)" : value)
      child = Int(nodes[child].next)
    }
    switch Int(node.kind) {
    case csimdjson_object: return "{" + parts.joined(separator: ",") + "}"
    case csimdjson_array: return "[" + parts.joined(separator: ",") + "]"
    case csimdjson_string:
      #expect(node.first == ends(text).first && node.last == ends(text).last)
      return "\"" + String(decoding: text, as: UTF8.self) + "\""
    default:
      #expect(node.first == ends(text).first)
      return String(decoding: text, as: UTF8.self)
    }
  }

  private func ends(_ text: [UInt8]) -> (first: UInt64, last: UInt64) {
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
    }
    return (word(text.prefix(8)), text.count < 8 ? 0 : word(text.suffix(8)))
  }

  @Test(arguments: [
    "{}", "{\"a\":1}", "{\"a\":[],\"b\":{}}", "{\"a\":[{\"b\":\"c\"},-1.5e+3,true,false,null],\"\":\"\"}",
    "{\"a\":\"\\\\\\\"x\\u12AB\"}", "{\"a\":\"ä𝒳\"}",
    "{\"eight888\":\"eight888\",\"sixteen789012345\":\"seventeen78901234\"}",
    "{\"a\":{\"a\":{\"a\":[[[[0]]]]}},\"a\":1}",
  ])
  func `a plain line is read whole`(line: String) { #expect(read(line) == line) }

  @Test func `blanks mean nothing`() {
    #expect(read("  { \"a\" : [ 1 , \"b \" ] , \"c\":true }  ") == "{\"a\":[1,\"b \"],\"c\":true}")
    #expect(read("") == "")
    #expect(read(" \t\r ") == "")
  }

  @Test(arguments: [
    "{", "}", "{}}", "{}{}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{a:1}", "{\"a\":01}",
    "{\"a\":1.}",
    "{\"a\":-}", "{\"a\":1e}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":tru}", "{\"a\":truex}", "{\"a\":nul}", "{\"a\":1 2}",
    "{\"a\":\"b\"c}", "{\"a\":[1,]}", "{\"a\":[1}", "{\"a\":1]", "[1]", "1", "\"a\"", "null", "{\"a\":\"",
    "{\"a\":\"\u{1}\"}",
    "{\"a\":\t1}", "\t{}", "{}\r ", "{\"\\u0061\":1}", "{\"ä\":1}", "x", "{\"a\":'b'}", "{\"a\":1}#",
  ])
  func `what is none, or not plain, is not read`(line: String) { #expect(read(line) == nil) }

  @Test func `a bad line harms no other`() {
    var reader = JSONLineReader()
    let bad: [[UInt8]] = [
      Array("{\"a\":\"".utf8), [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], Array("\"".utf8), [0xEF, 0xBB],
      Array("]".utf8), [0],
      Array("{\"a\":\"\\".utf8),
    ]
    for line in bad {
      let lines = [Array("{\"a\":1}".utf8), line, Array("{\"b\":\"c\"}".utf8), [], Array("{\"d\":[2]}".utf8)]
      #expect(read(lines, &reader) == ["{\"a\":1}", nil, "{\"b\":\"c\"}", "", "{\"d\":[2]}"])
    }
  }

  @Test func `nesting has an end`() {
    func nested(_ depth: Int) -> String {
      "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    }
    #expect(read(nested(csimdjson_deepest)) == nested(csimdjson_deepest))
    #expect(read(nested(csimdjson_deepest + 1)) == nil)
    #expect(read(nested(1_000_000)) == nil)
  }

  @Test func `keys without end are no keys`() {
    var reader = JSONLineReader()
    var isRead = 0
    for number in 0..<10_000 where read([Array("{\"key\(number)\":1}".utf8)], &reader)?.first ?? nil != nil {
      isRead += 1
    }
    #expect(isRead == reader.keyCount)
    #expect(isRead > 1_000 && isRead < 10_000)
    #expect(read([Array("{\"key7\":1}".utf8)], &reader) == ["{\"key7\":1}"])
    #expect(read("{\"" + String(repeating: "k", count: 5_000) + "\":1}") == nil)
    #expect(reader.key(-1) == "" && reader.key(1 << 20) == "")
  }

  @Test func `ranges that are none are refused`() {
    var reader = JSONLineReader()
    var none = 0
    for ranges in [[0..<9], [2..<3, 0..<1], [-5..<1], [0..<2, 1..<3]] as [[Range<Int>]] {
      let count = reader.read(Array("{}\n{}".utf8), lines: ranges, &none) { _, _, _, _ in }
      #expect(count == 0 || ranges[0].lowerBound < 0)
    }
    #expect(reader.read([], lines: [], &none) { _, _, _, _ in } == 0)
    var isBlank = false
    let count = reader.read([], lines: [0..<0], &none) { _, line, _, _ in isBlank = line == .blank }
    #expect(count == 1 && isBlank)
  }

  /// Damaged lines: never a trap, and what is read holds together; sound lines beside them are read as before.
  @Test func `whatever is damaged`() {
    var random = SeededRandom(seed: Self.seed)
    let sound =
      "{\"@id\":\"17\",\"a\":[{\"value\":\"1.5 mg\",\"on\":\"2025-06-01\"},{}],\"b\":{\"c\":[true,null,-1e3]}}"
    var reader = JSONLineReader()
    for _ in 0..<4_000 {
      var lines: [[UInt8]] = []
      for _ in 0...random.below(5) {
        var line = Array(sound.utf8)
        for _ in 0..<random.below(4) {
          let place = random.below(line.count + 1)
          switch random.below(4) {
          case 0 where place < line.count: line[place] = UInt8(random.below(256))
          case 1 where place < line.count: line.remove(at: place)
          case 2: line.insert(random.pick(Array("{}[]\",:\\ \u{7F}é\t0".utf8)), at: place)
          default: line.removeSubrange(place...)
          }
        }
        lines.append(line.filter { $0 != 0x0A })
      }
      lines.append(Array(sound.utf8))
      guard let found = read(lines, &reader) else {
        Issue.record("seed \(Self.seed): not read")
        return
      }
      #expect(found.count == lines.count)
      #expect(found.last == sound, "seed \(Self.seed)")
    }
  }
}
