import SourceText
import Testing

@Suite("How several places are shown")
struct RendererPlacesTests {
  private let fixture = Fixture(
    """
    rules:
      - id: aza
        when: {fact: fvc, lt: 70, gt: 80}
        title: Azathioprine

        recommend: azathioprine
    """)

  @Test func `places of one file stand in the order of lines, with a colon for lines left out`() {
    let text = fixture.excerpt(
      fixture.span("recommend: azathioprine"), label: "recommended here",
      related: [
        RelatedPlace(fixture.span("when"), "only then"), RelatedPlace(fixture.span("aza"), "this rule"),
      ])
    #expect(
      text == """
         2 |   - id: aza
           |         --- this rule
         3 |     when: {fact: fvc, lt: 70, gt: 80}
           |     ---- only then
           :
         6 |     recommend: azathioprine
           |     ^^^^^^^^^^^^^^^^^^^^^^^ recommended here
        """)
  }

  @Test func `places on one line get a row each, the primary one first`() {
    let text = fixture.excerpt(
      fixture.span("gt: 80"), label: "above this",
      related: [
        RelatedPlace(fixture.span("lt: 70"), "below this"),
        RelatedPlace(fixture.span("fvc, lt: 70, gt: 80"), "no value"),
        RelatedPlace(fixture.span("lt: 70"), "below this"),
      ])
    #expect(
      text == """
         3 |     when: {fact: fvc, lt: 70, gt: 80}
           |                               ^^^^^^ above this
           |                  ------------------- no value
           |                       ------ below this
        """)
  }

  @Test func `places in another file get an excerpt of their own`() {
    var fixture = fixture
    let other = fixture.files.add(path: "facts/pft.yaml", bytes: Array("facts:\n  fvc: {type: percent}\n".utf8))
    let finding = Diagnostic(
      unknown, "x", at: fixture.span("fvc"), label: "used here",
      related: [
        RelatedPlace(fixture.span("fvc", in: other), "declared here"), RelatedPlace(fixture.span("aza"), "this rule"),
        RelatedPlace(fixture.span("percent", in: other), ""),
      ])
    #expect(
      fixture.render(finding) == """
        error GL0301 unknown-fact: x
          --> rules.yaml:3:18
           |
         2 |   - id: aza
           |         --- this rule
         3 |     when: {fact: fvc, lt: 70, gt: 80}
           |                  ^^^ used here
          ::: facts/pft.yaml:2:3
           |
         2 |   fvc: {type: percent}
           |   --- declared here
           |               -------

        """)
  }

  @Test func `a place over several lines is underlined to the end of its first line`() {
    let text = fixture.excerpt(fixture.span("title: Azathioprine\n\n    recommend"), label: "all of this")
    #expect(
      text == """
         4 |     title: Azathioprine
           |     ^^^^^^^^^^^^^^^^^^^... all of this
        """)
  }

  @Test func `white space after a place does not make it go on`() {
    let text = fixture.excerpt(fixture.span("Azathioprine\n\n    "))
    #expect(
      text == """
         4 |     title: Azathioprine
           |            ^^^^^^^^^^^^
        """)
  }

  @Test func `an empty place gets one caret`() {
    let start = fixture.span("aza").start
    #expect(fixture.excerpt(fixture.place(start, start), label: "x") == " 2 |   - id: aza\n   |         ^ x")
    #expect(fixture.excerpt(fixture.place(6, 6)) == " 1 | rules:\n   |       ^")
  }

  @Test(arguments: [
    ("a: b", " 1 | a: b\n   |     ^ end"), ("a: b\n", " 2 |\n   | ^ end"), ("", " 1 |\n   | ^ end"),
    ("\u{FEFF}", " 1 |\n   | ^ end"), ("a\r\n", " 2 |\n   | ^ end"),
  ])
  func `the end of a file can be pointed at`(text: String, expected: String) {
    let fixture = Fixture(text)
    let end = fixture.file.span.end
    #expect(fixture.excerpt(fixture.place(end, end), label: "end") == expected)
    #expect(fixture.excerpt(fixture.place(end + 100, .max), label: "end") == expected)
  }

  @Test func `a place in no known file does not stop the rest`() {
    let finding = Diagnostic(unknown, "x", at: Span(file: FileID(7), start: 3, end: 9), label: "lost")
    #expect(
      fixture.render(finding) == """
        error GL0301 unknown-fact: x
          --> ?:1:1
           |
         1 |
           | ^ lost

        """)
  }

  @Test func `related places alone are dashed`() {
    let finding = Diagnostic(unknown, "x", at: nil, related: [RelatedPlace(fixture.span("aza"), "see")])
    #expect(
      fixture.render(finding) == """
        error GL0301 unknown-fact: x
          --> rules.yaml:2:9
           |
         2 |   - id: aza
           |         --- see

        """)
  }
}
