import LocatedYAML
import SourceText
import Testing

@Suite struct `Limits and encodings` {
  @Test(arguments: ["[", "{a: ", "- ", "[{a: ", "a: [", "? "])
  func `nesting is refused beyond the limit and the file is abandoned`(opening: String) {
    let reading = Reading(String(repeating: opening, count: 100_000))
    #expect(reading.codes.count == 1)
    #expect(["GL0110", "GL0101"].contains(reading.codes.first))
    #expect(reading.tree.root == nil)
  }

  @Test func `64 levels are read and 65 are not`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(Reading(nested(64)).codes.isEmpty)
    #expect(Reading(nested(65)).places == ["GL0110 1:65 ["])
  }

  @Test func `a file that is too large is refused`() {
    let reading = Reading("a: bcd\n", limits: YAMLLimits(bytes: 6))
    #expect(reading.places == ["GL0111 1:1 "])
    #expect(Reading("a: bcd", limits: YAMLLimits(bytes: 6)).codes.isEmpty)
    #expect(YAMLLimits.standard.bytes == 5 * 1024 * 1024)
  }

  @Test func `a file with too many values is refused`() {
    #expect(Reading("[a, b, c]", limits: YAMLLimits(nodes: 3)).codes == ["GL0111"])
    #expect(Reading("[a, b]", limits: YAMLLimits(nodes: 3)).codes.isEmpty)
  }

  @Test func `a file with too many problems is left unread`() {
    let text = String(repeating: "- *a\n", count: 10)
    let reading = Reading(text, limits: YAMLLimits(problems: 4))
    #expect(reading.codes == ["GL0108", "GL0108", "GL0108", "GL0108"])
    #expect(reading.tree.root == nil)
    #expect(Reading(text).codes.count == 10)
    #expect(Reading(text).tree.root != nil)
  }

  @Test func `a message quotes only the beginning of a long text`() {
    let long = String(repeating: "ä", count: 500)
    let reading = Reading("? \(long)\n\(long.dropLast(400)):\n")
    #expect(reading.diagnostics.allSatisfy { $0.message.count < 80 })
    #expect(reading.diagnostics.last?.message == "`\(long.prefix(40))…` has no value")
  }

  @Test(
    arguments: [
      [0x80], [0xC3], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8],
      [0xE0, 0x80, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xE2, 0x28, 0xA1],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are named with their place`(bad: [UInt8]) {
    let reading = Reading(bytes: Array("a: b\nü: c".utf8) + bad)
    let hex = String(bad[0], radix: 16, uppercase: true)
    #expect(reading.codes == ["GL0112"])
    #expect(reading.diagnostics.first?.message == "the byte 0x\(hex) in line 2, column 5 is not UTF-8")
    #expect(reading.diagnostics.first?.span == Span(file: FileID(0), start: 10, end: 11))
    #expect(reading.tree.root == nil)
  }

  @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61]] as [[UInt8]])
  func `UTF-16 is refused by its name`(bytes: [UInt8]) {
    let reading = Reading(bytes: bytes)
    #expect(reading.diagnostics.first?.message == "the file is stored as UTF-16, not as UTF-8")
    #expect(reading.codes == ["GL0112"])
  }

  @Test func `a byte order mark is accepted and counted`() throws {
    let reading = Reading("\u{FEFF}ä: [ö, 😀]\n")
    #expect(reading.codes.isEmpty)
    #expect(reading.pieces == ["ä: [ö, 😀]", "ä", "[ö, 😀]", "ö", "😀"])
    #expect(try reading.tree.span(#require(reading.tree.root)).start == 3)
  }

  @Test func `every code has an id and a name of its own`() {
    #expect(Set(YAMLCode.all.map(\.id)).count == YAMLCode.all.count)
    #expect(Set(YAMLCode.all.map(\.name)).count == YAMLCode.all.count)
    #expect(YAMLCode.all.count == 18)
    #expect(YAMLCode.all.allSatisfy { $0.id.hasPrefix("GL01") && $0.severity == .error })
  }
}
