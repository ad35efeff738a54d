import LocatedYAML
import SourceText
import Testing

/// A text, and the source text of each of its nodes, parents first.
struct SpanCase: Sendable, CustomTestStringConvertible {
  let text: String
  let pieces: [String]

  init(_ text: String, _ pieces: String...) {
    self.text = text
    self.pieces = pieces
  }

  var testDescription: String { text }
}

@Suite struct `Places of nodes` {
  static let cases = [
    SpanCase("a: b\n", "a: b", "a", "b"),
    SpanCase("a:   b   # why\nc: d\n", "a:   b   # why\nc: d", "a", "b", "c", "d"),
    SpanCase("a:\n  b: c\n\n# end\nd: e\n", "a:\n  b: c\n\n# end\nd: e", "a", "b: c", "b", "c", "d", "e"),
    SpanCase("a:\n- b\n- c # why\n\n\n", "a:\n- b\n- c", "a", "- b\n- c", "b", "c"),
    SpanCase("- - a\n  - b\n- c\n", "- - a\n  - b\n- c", "- a\n  - b", "a", "b", "c"),
    SpanCase("a: [b, {c: d}] # e\n", "a: [b, {c: d}]", "a", "[b, {c: d}]", "b", "{c: d}", "c", "d"),
    SpanCase("a: [ b: c , d ]\n", "a: [ b: c , d ]", "a", "[ b: c , d ]", "b: c", "b", "c", "d"),
    SpanCase("a: [\n  b, # c\n  d\n  ]\n", "a: [\n  b, # c\n  d\n  ]", "a", "[\n  b, # c\n  d\n  ]", "b", "d"),
    SpanCase("a: []\nb: {}\n", "a: []\nb: {}", "a", "[]", "b", "{}"),
    SpanCase("\"a\": 'b'\n", "\"a\": 'b'", "\"a\"", "'b'"),
    SpanCase("a: \"b\n  c\"\n", "a: \"b\n  c\"", "a", "\"b\n  c\""),
    SpanCase("a: |\n  b\n  c\n\n\nd: e\n", "a: |\n  b\n  c\n\n\nd: e", "a", "|\n  b\n  c", "d", "e"),
    SpanCase("a: >-  # f\n  b\n\n# c\nd: e\n", "a: >-  # f\n  b\n\n# c\nd: e", "a", ">-  # f\n  b", "d", "e"),
    SpanCase("a: |\nb: c\n", "a: |\nb: c", "a", "|", "b", "c"),
    SpanCase("ä: ö # ü\r\n😀: [ß]\r\n", "ä: ö # ü\r\n😀: [ß]", "ä", "ö", "😀", "[ß]", "ß"),
    SpanCase("a: b\rc: d\r", "a: b\rc: d", "a", "b", "c", "d"),
    SpanCase("---\na: b\n...\n", "a: b", "a", "b"),
    SpanCase("text\n", "text"),
    SpanCase(
      "{\"a\":[1,2],\n\t\"b\"\t:\t{}}", "{\"a\":[1,2],\n\t\"b\"\t:\t{}}", "\"a\"", "[1,2]", "1", "2", "\"b\"", "{}"),
  ]

  @Test(arguments: cases)
  func `a node stands from its first byte to its last`(example: SpanCase) {
    let reading = Reading(example.text)
    #expect(reading.codes.isEmpty)
    #expect(reading.pieces == example.pieces)
  }

  @Test func `keys lead to values`() throws {
    let reading = Reading("a:\n  b: [c, d]\n  e: f\n")
    #expect(reading.node("a", "b", "1").map(reading.tree.text) == "d")
    #expect(reading.node("a", "x") == nil)
    #expect(reading.node("a", "b", "2") == nil)
    let root = try #require(reading.tree.root)
    #expect(reading.tree.items(root).isEmpty)
    #expect(reading.tree.entries(try #require(reading.node("a", "b"))).isEmpty)
  }

  @Test func `a node of another tree is broken`() throws {
    let large = Reading("[a, b, c]")
    let small = Reading("a")
    let id = try #require(large.node("2"))
    #expect(small.tree[id].kind == .broken)
    #expect(small.tree.text(id).isEmpty)
    #expect(small.tree.items(id).isEmpty)
  }

  @Test func `what is refused inside a file leaves the rest readable`() {
    let reading = Reading("a: *x\nb: &y c\n<<: d\ne:\nf: [g, ]\nb: h\n[i]: j\nk: !z l\n")
    #expect(reading.codes == ["GL0108", "GL0117", "GL0107", "GL0118", "GL0120", "GL0116", "GL0102"])
    #expect(reading.outline == #"{"a": !, "b": "c", "e": !, "f": ["g"], "k": "l"}"#)
  }

  @Test func `both places of a repeated key are shown`() {
    let reading = Reading("a: 1\n'a': 2\n\"\\u0061\": 3\n")
    #expect(reading.places == ["GL0102 2:1 'a'", "GL0102 3:1 \"\\u0061\""])
    #expect(reading.diagnostics.map { $0.related.map(\.span.start) } == [[0], [0]])
    #expect(reading.outline == #"{"a": "1"}"#)
  }
}

@Suite struct `Comments` {
  @Test func `comments are what stands outside of texts`() {
    let text = """
      # one
      a: b#c # two\u{20}
      d: "# no" # three
      e: '# no'
      f: |  # four
        # no
        text # no
      # five
      g: [h, # six
        i#j]# seven
      k: >
      # eight
      l: m
        #nine
      """
    let reading = Reading(text)
    let comments = reading.tree.comments.map { reading.file.text($0.span) }
    #expect(reading.codes.isEmpty)
    #expect(
      comments == ["# one", "# two", "# three", "# four", "# five", "# six", "# seven", "# eight", "#nine"])
  }

  @Test func `a comment with an umlaut in CRLF ends before the line end`() {
    let reading = Reading("a: ü # Größe \r\nb: c #\r\n")
    #expect(reading.tree.comments.map { reading.file.text($0.span) } == ["# Größe", "#"])
  }
}
