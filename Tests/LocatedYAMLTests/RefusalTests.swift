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
    RefusalCase("a: [b, c\nd: e\n", "GL0101 2:2 :", says: "a comma or the closing `]` is missing before this"),
    RefusalCase("a: [b, c\n", "GL0101 2:1 ", says: "the closing `]` is missing"),
    RefusalCase("a: {b: c\n", "GL0101 2:1 ", says: "the closing `}` is missing"),
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

  @Test(arguments: features)
  func `what is allowed in YAML but not here is refused at its place`(example: RefusalCase) {
    let reading = Reading(example.text)
    #expect(reading.places == example.places)
    #expect(reading.diagnostics.first?.message == example.message)
    #expect(reading.diagnostics.allSatisfy { !$0.help.isEmpty })
  }
}
