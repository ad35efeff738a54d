import LocatedYAML
import SourceText
import Testing

/// A text, and what is said about it.
struct RefusalCase: Sendable, CustomTestStringConvertible {
  let text: String
  let places: [String]
  let message: String

  init(_ text: String, _ places: String..., says message: String) {
    self.text = text
    self.places = places
    self.message = message
  }

  var testDescription: String { text }
}

@Suite struct `What is refused` {
  static let syntax = [
    RefusalCase("a: [b, c\nd: e\n", "GL0101 1:4 [", says: "the list opened with `[` in line 1 is never closed"),
    RefusalCase("a: [b, c\n", "GL0101 1:4 [", says: "the list opened with `[` in line 1 is never closed"),
    RefusalCase("- {b: c\n- d\n", "GL0101 1:3 {", says: "the group opened with `{` in line 1 is never closed"),
    RefusalCase("a: {b: c\n", "GL0101 1:4 {", says: "the group opened with `{` in line 1 is never closed"),
    RefusalCase("a: {b: [c}\n", "GL0101 1:10 }", says: "a comma or the closing `]` is missing before this"),
    RefusalCase("a: {b: 1\n    c: 2}\n", "GL0101 2:6 :", says: "a comma or the closing `}` is missing before this"),
    RefusalCase("a: [any of [b], c]\n", "GL0101 1:12 [", says: "a `[` in the middle of a text"),
    RefusalCase("a: [b]]\n", "GL0101 1:7 ]", says: "`]` closes a bracket that was not opened"),
    RefusalCase(
      "a: \"b\nc: d\ne: \"f\"\n", "GL0101 1:4 \"",
      says: "the text opened with a quote in line 1 goes on to the next quote, in line 3"),
    RefusalCase("a: \"b\nc: d\n", "GL0101 1:4 \"", says: "this quote is never closed"),
    RefusalCase("a: 'b\nc: d\n", "GL0101 1:4 '", says: "this quote is never closed"),
    RefusalCase("a: note: b\n", "GL0101 1:8 :", says: "a `: ` inside this text"),
    RefusalCase("a: b\n  c: d\n", "GL0101 2:4 :", says: "a `: ` where no entry can begin"),
    RefusalCase("a:\n    b: c\n  d: e\n", "GL0101 3:3 d: e", says: "this line does not fit into its block"),
    RefusalCase("a: 'b' c\n", "GL0101 1:8 c", says: "the value ended before this"),
    RefusalCase("a: b\nc\n", "GL0101 2:1 c", says: "a `: ` is missing behind this"),
    RefusalCase("a: - b\n", "GL0101 1:4 -", says: "an item of a list cannot begin here"),
    RefusalCase("a: @b\n", "GL0101 1:4 @", says: "a text cannot begin with `@`"),
    RefusalCase("a: `b`\n", "GL0101 1:4 `", says: "a text cannot begin with ```"),
    RefusalCase("- a\nb: c\n", "GL0101 2:1 b: c", says: "this line does not fit into its block"),
    RefusalCase("a: ]\n", "GL0101 1:4 ]", says: "`]` closes a bracket that was not opened"),
    RefusalCase("a: [b, , c]\n", "GL0101 1:8 ,", says: "a value is missing here"),
    RefusalCase(
      "a: > 5 mg\n", "GL0101 1:4 > 5 mg", says: "`>` begins a text of several lines, and nothing may stand behind it"),
    RefusalCase("a: \"b\\qc\"\n", "GL0101 1:6 \\q", says: "`\\q` stands for no character"),
    RefusalCase("a: \"b\\ud83dc\"\n", "GL0101 1:6 \\u", says: "`\\u` stands for no character"),
    RefusalCase("{: a}\n", "GL0101 1:2 :", says: "nothing stands before this colon"),
    RefusalCase("{a # b\n : c}\n", "GL0101 2:2 :", says: "the colon stands on another line than its key"),
    RefusalCase("{\n\ta: @b}\n", "GL0101 2:5 @", says: "a text cannot begin with `@`"),
    RefusalCase(": a\n", "GL0101 1:1 :", says: "nothing stands before this colon"),
    RefusalCase("{a: b}\nc: d\n", "GL0101 2:1 c: d", says: "the document ended before this"),
  ]

  @Test(arguments: syntax)
  func `a syntax error is explained at its place`(example: RefusalCase) {
    let reading = Reading(example.text)
    #expect(reading.places == example.places)
    #expect(reading.diagnostics.first?.message == example.message)
    #expect(reading.diagnostics.allSatisfy { !$0.help.isEmpty })
    #expect(reading.tree.root == nil)
  }

  @Test(arguments: [
    "a: [b\nc: d\n|a: [b]\nc: d\n", "a: [b,\n  c\n\nd: e\n|a: [b,\n  c]\n\nd: e\n", "a: {b: c\n|a: {b: c}\n",
  ])
  func `a bracket that is never closed can be closed where the next line begins`(example: String) throws {
    let texts = example.split(separator: "|").map(String.init)
    let fix = try #require(Reading(texts[0]).diagnostics.first?.fixes.first)
    let edit = try #require(fix.edits.first)
    var bytes = Array(texts[0].utf8)
    bytes.insert(contentsOf: edit.replacement.utf8, at: Int(edit.span.start))
    #expect(String(decoding: bytes, as: UTF8.self) == texts[1])
  }

  @Test func `no closing bracket is proposed behind a comment`() {
    #expect(Reading("a: [b # why\nc: d\n").diagnostics.first?.fixes == [])
  }

  static let features = [
    RefusalCase("a: 1\nb: 2\na: 3\n", "GL0102 3:1 a", says: "`a` stands here a second time"),
    RefusalCase("a:\n\tb: c\n", "GL0103 2:1 \t", says: "this line is indented with a tab"),
    RefusalCase("a:\n  b:\n  \t- c\n", "GL0103 3:3 \t", says: "this line is indented with a tab"),
    RefusalCase("<<: {a: b}\n", "GL0107 1:1 <<", says: "`<<` takes over entries from elsewhere, which is not allowed"),
    RefusalCase("a: *b\n", "GL0108 1:4 *b", says: "`*b` repeats a value that stands elsewhere, which is not allowed"),
    RefusalCase("a: * b\n", "GL0108 1:4 * b", says: "a text cannot begin with `*`"),
    RefusalCase("a: &b c\n", "GL0117 1:4 &b", says: "a value may not be given a name with `&`"),
    RefusalCase("a: &\n", "GL0117 1:4 &", says: "a text cannot begin with `&`"),
    RefusalCase("a: !b c\n", "GL0116 1:4 !b", says: "a value may not be given a type with `!`"),
    RefusalCase("a: !b!c d\n", "GL0116 1:4 !b!c d", says: "a value may not be given a type with `!`"),
    RefusalCase("a: !!seq [b]\n", "GL0116 1:4 !!seq", says: "a value may not be given a type with `!`"),
    RefusalCase(
      "a: b\u{200B}c\n", "GL0113 1:5 \u{200B}",
      says: "this text contains the invisible character U+200B (a character without width)"),
    RefusalCase(
      "a\u{A0}b: c\n", "GL0113 1:2 \u{A0}", says: "this text contains the invisible character U+00A0 (no-break space)"),
    RefusalCase(
      "\"a\u{202E}b\": c\n", "GL0113 1:1 \"a\u{202E}b\"",
      says: "this text contains the invisible character U+202E (a mark that turns the direction of writing)"),
    RefusalCase(
      "a: b\u{2028}c: d\n", "GL0113 1:5 \u{2028}", "GL0101 1:7 :",
      says: "this text contains the invisible character U+2028 (an invisible line end)"),
    RefusalCase(
      "a: b\u{85}c\n", "GL0113 1:5 \u{85}",
      says: "this text contains the invisible character U+0085 (an invisible line end)"),
    RefusalCase(
      "a: b\u{FEFF}c\n", "GL0113 1:5 \u{FEFF}",
      says: "this text contains the invisible character U+FEFF (a character without width)"),
    RefusalCase(
      "a: is \u{430}zathioprine\n", "GL0114 1:7 \u{430}",
      says: "`\u{430}zathioprine` has a letter that looks like `a` and is another (U+0430, Cyrillic)"),
    RefusalCase(
      "\u{3A4}PMT: b\n", "GL0114 1:1 \u{3A4}",
      says: "`\u{3A4}PMT` has a letter that looks like `T` and is another (U+03A4, Greek)"),
    RefusalCase(
      "a: cb\u{FF43}_1\n", "GL0114 1:6 \u{FF43}",
      says: "`cb\u{FF43}_1` has a letter that looks like `c` and is another (U+FF43, full-width)"),
    RefusalCase("a: b\u{7}c\n", "GL0113 1:5 \u{7}", says: "the file contains the control character U+0007"),
    RefusalCase("a: b\n---\nc: d\n", "GL0115 2:1 ---", says: "a second document begins here; a file has one"),
    RefusalCase("a:\nb: c\n", "GL0118 1:1 a", says: "`a` has no value"),
    RefusalCase("- a\n-\n", "GL0118 2:2 ", says: "this item of the list is empty"),
    RefusalCase("{? : a}\n", "GL0118 1:4 ", says: "nothing stands before this colon"),
    RefusalCase("{a: b, c, d: e}\n", "GL0118 1:8 c", says: "a comma ended the value: `c` stands alone"),
    RefusalCase("{a, d: e}\n", "GL0118 1:2 a", says: "`a` stands alone inside `{…}`: a `: ` and a value are missing"),
    RefusalCase("{a: , d: e}\n", "GL0118 1:2 a", says: "`a` has no value"),
    RefusalCase("[a, b]: c\n", "GL0120 1:1 [a, b]", says: "what stands before a colon has to be a simple text"),
    RefusalCase("? a\n: b\n", "GL0120 1:1 ? a", says: "a key may not be written behind `? `"),
    RefusalCase("? - a\n: b\n", "GL0120 1:3 - a", says: "what stands before a colon has to be a simple text"),
    RefusalCase(
      "%YAML 1.1\n---\na: b\n", "GL0121 1:1 %YAML 1.1", says: "a line that begins with `%` is not allowed here"),
    RefusalCase("%FOO\n---\na: b\n", "GL0121 1:1 %FOO", says: "a line that begins with `%` is not allowed here"),
    RefusalCase("a: b\n  c\nd: e\n", "GL0122 1:4 b\n  c", says: "a text without quotes goes on over several lines"),
    RefusalCase("", "GL0123 1:1 ", says: "the file says nothing"),
    RefusalCase("# only a comment\n", "GL0123 1:1 ", says: "the file says nothing"),
    RefusalCase("---\n", "GL0123 1:1 ", says: "the file says nothing"),
  ]

  @Test(arguments: [
    "a: TNFα, IFN-γ and 5 µg", "a: 5 μg of Fcγ", "a: \u{441}\u{43E}\u{43A}", "a: '\u{430}b'", "a: Sjögren ﬁ",
    "a: \u{430}-b",
  ])
  func `letters of other alphabets that deceive nobody are no fault`(text: String) {
    #expect(Reading(text + "\n").places == [])
  }

  @Test func `a text that deceives is read as people see it`() {
    let text = "a: [\u{430}zathi\u{43E}prine, \u{200B}cbc, pft\u{A0}fvc, 'b\u{200B}\u{430}c']\n"
    let reading = Reading(text)
    #expect(reading.outline == "{\"a\": [\"azathioprine\", \"cbc\", \"pft fvc\", \"b\u{200B}\u{430}c\"]}")
    #expect(reading.codes == ["GL0114", "GL0113", "GL0113"])
  }

  @Test(arguments: features)
  func `what is allowed in YAML but not here is refused at its place`(example: RefusalCase) {
    let reading = Reading(example.text)
    #expect(reading.places == example.places)
    #expect(reading.diagnostics.first?.message == example.message)
    #expect(reading.diagnostics.allSatisfy { !$0.help.isEmpty })
  }
}
