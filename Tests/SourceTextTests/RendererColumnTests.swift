import SourceText
import Testing

@Suite("Where carets stand")
struct RendererColumnTests {
  @Test(arguments: [
    ("name: Größe x", " 1 | name: Größe x\n   |             ^"),
    ("name: Gro\u{308}ße x", " 1 | name: Gro\u{308}ße x\n   |             ^"),
    ("名前: 間質性肺炎 x", " 1 | 名前: 間質性肺炎 x\n   |                  ^"),
    ("ｗｉｄｅ ｶﾅ x", " 1 | ｗｉｄｅ ｶﾅ x\n   |             ^"),
    ("한국 한 x", " 1 | 한국 한 x\n   |         ^"),
    ("🫁 x", " 1 | 🫁 x\n   |    ^"),
    ("👩🏽‍⚕️👨‍👩‍👧🇩🇪❤️ x", " 1 | 👩🏽‍⚕️👨‍👩‍👧🇩🇪❤️ x\n   |          ^"),
    ("\tx", " 1 |     x\n   |     ^"),
    ("ab\t\tx", " 1 | ab      x\n   |         ^"),
    ("äöü\tx", " 1 | äöü x\n   |     ^"),
    ("肺\tx", " 1 | 肺  x\n   |     ^"),
    ("\u{FEFF}a: x", " 1 | a: x\n   |    ^"),
    ("– ≥ µ x", " 1 | – ≥ µ x\n   |       ^"),
  ])
  func `carets count the columns of the screen`(text: String, expected: String) {
    let fixture = Fixture(text)
    #expect(fixture.excerpt(fixture.span("x")) == expected)
  }

  @Test(arguments: [
    ("Größe", " 1 | a Größe b\n   |   ^^^^^"), ("肺炎", " 1 | a 肺炎 b\n   |   ^^^^"),
    ("🫁", " 1 | a 🫁 b\n   |   ^^"), ("e\u{301}", " 1 | a e\u{301} b\n   |   ^"),
    ("\t1", " 1 | a   1 b\n   |   ^^^"),
  ])
  func `a place is underlined over its whole width`(text: String, expected: String) {
    let fixture = Fixture("a \(text) b")
    #expect(fixture.excerpt(fixture.span(text)) == expected)
  }

  @Test func `a place that begins inside a sign is shown at that sign`() {
    let fixture = Fixture("ab 👨‍👩‍👧 c")
    #expect(fixture.excerpt(fixture.place(9, 11)) == " 1 | ab 👨‍👩‍👧 c\n   |    ^^")
  }

  @Test func `the position counts code points, the caret columns`() {
    let fixture = Fixture("肺🫁e\u{301}\tx")
    #expect(
      fixture.render(Diagnostic(unknown, "m", at: fixture.span("x"))) == """
        error GL0301 unknown-fact: m
          --> rules.yaml:1:6
           |
         1 | 肺🫁e\u{301}   x
           |         ^

        """)
  }

  @Test(arguments: [
    ("a\u{1B}[31mx", " 1 | a␛[31mx\n   |       ^"), ("\u{0}\u{7F}x", " 1 | ␀␡x\n   |   ^"),
    ("\u{9B}31mx", " 1 | <U+009B>31mx\n   |            ^"), ("\u{202E}x", " 1 | <U+202E>x\n   |         ^"),
    ("a\u{200B}x", " 1 | a<U+200B>x\n   |          ^"), ("a\u{2028}x", " 1 | a<U+2028>x\n   |          ^"),
    ("a\u{E0041}x", " 1 | a<U+E0041>x\n   |           ^"), ("a\u{8}x", " 1 | a␈x\n   |   ^"),
  ])
  func `what could steer the terminal or hide is made visible`(text: String, expected: String) {
    let fixture = Fixture(text)
    #expect(fixture.excerpt(fixture.span("x")) == expected)
  }

  @Test(arguments: [DiagnosticRenderer.Style.full, .short])
  func `no text of a finding reaches the terminal as a command`(style: DiagnosticRenderer.Style) {
    let evil = "\u{1B}]0;owned\u{7}\u{9B}2J\r\u{202E}"
    let fixture = Fixture("\(evil): \(evil)\n", path: "a\(evil).yaml")
    let span = fixture.file.span
    let fix = Fix(title: evil, edits: [TextEdit(span: span, replacement: evil)], safety: .edit)
    let finding = Diagnostic(
      unknown, evil, at: span, label: evil, related: [RelatedPlace(span, evil)], notes: [evil], help: [evil],
      fixes: [fix])
    let text = DiagnosticRenderer(style: style, color: false).render([finding], in: fixture.files)
    let bad = text.unicodeScalars.filter { $0.properties.generalCategory == .control && $0 != "\n" || $0 == "\u{202E}" }
    #expect(bad.isEmpty)
    #expect(text.contains("␛]0;owned␇<U+009B>2J␍<U+202E>"))
  }

  @Test func `bytes that are not UTF-8 are shown as replacement characters`() {
    var fixture = Fixture("")
    let id = fixture.files.add(path: "b.yaml", bytes: [0x61, 0xFF, 0xE2, 0x82, 0x78])
    #expect(fixture.excerpt(Span(file: id, start: 4, end: 5)) == " 1 | a\u{FFFD}\u{FFFD}x\n   |    ^")
  }
}
