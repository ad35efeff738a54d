import LocatedYAML
import SourceText
import Testing

/// The value of the key `a`, a part of its text, and how that part is written in the file.
struct PartCase: Sendable, CustomTestStringConvertible {
  let yaml: String
  let text: String
  let part: String
  let written: String

  init(_ yaml: String, _ text: String, _ part: String, _ written: String) {
    self.yaml = yaml
    self.text = text
    self.part = part
    self.written = written
  }

  var testDescription: String { yaml }
}

@Suite struct `Texts and their places` {
  static let parts = [
    PartCase("a: one two\n", "one two", "two", "two"),
    PartCase("ä: ü\na: größer als 😀 x\n", "größer als 😀 x", "😀", "😀"),
    PartCase("a: 'it''s so'\n", "it's so", "'s", "''s"),
    PartCase("a: 'it''s so'\n", "it's so", "so", "so"),
    PartCase(#"a: "x\ty\u00e4z\\""#, "x\tyäz\\", "ä", #"\u00e4"#),
    PartCase(#"a: "x\ty\u00e4z\\""#, "x\tyäz\\", "yäz", #"y\u00e4z"#),
    PartCase(
      #"a: "x\x41\U0001F600!\N\_\L\P\e\0\a\b\v\f\r\/\"""#,
      "xA😀!\u{85}\u{A0}\u{2028}\u{2029}\u{1B}\0\u{7}\u{8}\u{B}\u{C}\r/\"", "/\"", #"\/\""#),
    PartCase(#"{"a": "x\ud83d\ude00y"}"#, "x😀y", "😀", #"\ud83d\ude00"#),
    PartCase(#"{"a": "x\uD83D\uDE00y"}"#, "x😀y", "y", "y"),
    PartCase(#"{"a": "\ud83d\ude00\ue83d\uee00"}"#, "😀\u{E83D}\u{EE00}", "\u{EE00}", #"\uee00"#),
    PartCase(
      "b: \u{2028}\n".replacing("\u{2028}", with: "'\u{2028}'") + "a: \"x\u{2028}\\u0085\u{85}y\"\n",
      "x\u{2028}\u{85}\u{85}y", "y", "y"),
    PartCase(
      "a: '\\ud83d\\ude00 \u{2028} \u{E028} \u{3028} \u{400}'\n", "\\ud83d\\ude00 \u{2028} \u{E028} \u{3028} \u{400}",
      "ude00", "ude00"),
    PartCase("a: \\ud83d\\ude00\n", "\\ud83d\\ude00", "ude00", "ude00"),
    PartCase("a: |\n  \\ud83d\\ude00\n  x\n", "\\ud83d\\ude00\nx\n", "x", "x"),
    PartCase("a: \"one  \n   two\n\n  three\"\n", "one two\nthree", "two\nthr", "two\n\n  thr"),
    PartCase("a: \"one \\\n   two\\\r\n\r\n  \\ three\"\n", "one two\n three", "two", "two"),
    PartCase("a: 'one\n\n\n  two'\n", "one\n\ntwo", "one\n\nt", "one\n\n\n  t"),
    PartCase("a: |\n  one\n    two\n\n  three\n", "one\n  two\n\nthree\n", "two", "two"),
    PartCase("a: |2-\n   one\n  two", " one\ntwo", "two", "two"),
    PartCase("a: >\n  one\n  two\n\n  three\n", "one two\nthree\n", "two\nth", "two\n\n  th"),
    PartCase("a: >+\r\n  ä\r\n  two\r\n\r\n", "ä two\n\n", "two", "two"),
  ]

  @Test(arguments: parts)
  func `a part of a text is found in the file`(example: PartCase) throws {
    let reading = Reading(example.yaml)
    let id = try #require(reading.node("a"))
    #expect(reading.tree.text(id) == example.text)
    #expect(Array(reading.tree.textBytes(id)) == Array(example.text.utf8))
    let range = try #require(Self.bytes(of: example.part, in: example.text))
    let span = reading.tree.spanInFile(of: id, decodedBytes: range)
    #expect(reading.file.text(span) == example.written)
  }

  /// Where a part first stands in a text, in bytes.
  static func bytes(of part: String, in text: String) -> Range<Int>? {
    let (all, wanted) = (Array(text.utf8), Array(part.utf8))
    return (0...max(0, all.count - wanted.count)).first { all[$0...].starts(with: wanted) }
      .map { $0..<($0 + wanted.count) }
  }

  @Test func `an empty part has a place without length`() throws {
    let reading = Reading("a: 'b''c'\n")
    let id = try #require(reading.node("a"))
    let starts = (0...3).map { reading.tree.spanInFile(of: id, decodedBytes: $0..<$0) }
    #expect(starts.map(\.start) == [4, 5, 7, 8])
    #expect(starts.allSatisfy { $0.start == $0.end })
  }

  @Test func `a part outside of the text stays inside the scalar`() throws {
    let reading = Reading("a: bc\nd: e\n")
    let id = try #require(reading.node("a"))
    let span = reading.tree.spanInFile(of: id, decodedBytes: 1..<99)
    #expect(reading.file.text(span) == "c")
    #expect(reading.tree.spanInFile(of: id, decodedBytes: 50..<99).start == 5)
  }

  @Test(arguments: [#""\ud83d""#, #""\ude00""#, #""\\ud83d\ude00""#, #""\ud83d\u0041""#])
  func `half a surrogate pair is refused`(json: String) {
    #expect(Reading("[" + json + "]").codes == ["GL0101"])
  }

  @Test func `JSON reads as what it says`() {
    let json = "{\r\n\t\"a\" : [ 1, -2.5e3, true, null, \"\" ],\r\n\t\"b\":{\"c\":\"\\n\\u00fc\\/\"}\r\n}\r\n"
    let reading = Reading(json)
    #expect(reading.codes.isEmpty)
    #expect(reading.outline == #"{"a": ["1", "-2.5e3", "true", "null", ""], "b": {"c": "\nü/"}}"#)
  }
}
