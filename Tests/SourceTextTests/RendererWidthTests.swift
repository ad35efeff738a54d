import SourceText
import Testing

@Suite("What is done when the screen is narrow")
struct RendererWidthTests {
  private let long = Fixture(
    (0..<40).map { "item\($0 < 10 ? "0" : "")\($0)" }.joined(separator: ", "))

  @Test func `a long line is shown around the caret`() {
    #expect(
      long.excerpt(long.span("item20"), label: "here", width: 45) == """
         1 | ...em18, item19, item20, item21, item...
           |                  ^^^^^^ here
        """)
  }

  @Test func `the beginning and the end of a long line are shown without a gap`() {
    #expect(
      long.excerpt(long.span("item00"), width: 45) == """
         1 | item00, item01, item02, item03, it...
           | ^^^^^^
        """)
    #expect(
      long.excerpt(long.span("item39"), width: 45) == """
         1 | ...35, item36, item37, item38, item39
           |                                ^^^^^^
        """)
    let end = long.file.span.end
    #expect(
      long.excerpt(long.place(end, end), width: 45) == """
         1 | ...5, item36, item37, item38, item39
           |                                     ^
        """)
  }

  @Test func `a place longer than the screen is cut`() {
    let span = long.span("item10").joined(with: long.span("item30"))
    #expect(
      long.excerpt(span, label: "all", width: 45)
        == """
         1 | ...item10, item11, item12, item13, it...
           |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...
           |    all
        """)
  }

  @Test func `places far apart on one long line are shown one after the other`() {
    let text = long.excerpt(
      long.span("item30"), label: "this", related: [RelatedPlace(long.span("item10"), "that")], width: 45)
    #expect(
      text == """
         1 | ...em28, item29, item30, item31, item...
           |                  ^^^^^^ this
         1 | ...em08, item09, item10, item11, item...
           |                  ------ that
        """)
  }

  @Test func `a label that does not fit stands below`() {
    let fixture = Fixture("recommend: {agent: azathioprine}")
    #expect(
      fixture.excerpt(fixture.span("azathioprine"), label: "is no agent here", width: 40) == """
         1 | recommend: {agent: azathioprine}
           |                    ^^^^^^^^^^^^
           |                    is no agent here
        """)
    #expect(
      fixture.excerpt(fixture.span("azathioprine"), label: "is no agent that is known", width: 40) == """
         1 | recommend: {agent: azathioprine}
           |                    ^^^^^^^^^^^^
           |           is no agent that is known
        """)
  }

  @Test(arguments: [nil, 80])
  func `a very long line is read only near its places`(width: Int?) {
    let fixture = Fixture(String(repeating: "é", count: 300_000) + "x" + String(repeating: "肺", count: 300_000))
    let rows = fixture.excerpt(fixture.span("x"), label: "here", width: width).split(separator: "\n")
    #expect(rows.count == 2)
    #expect(rows[0].hasPrefix(" 1 | ...éé") && rows[0].hasSuffix("肺肺..."))
    #expect(DisplayText.width(String(rows[0])) <= width ?? 160)
    let before = rows[0].prefix { $0 != "x" }
    #expect(rows[1] == "   |" + String(repeating: " ", count: before.count - 4) + "^ here")
  }

  @Test(arguments: [-5, 0, 1, 10])
  func `a width too small to be of use is not obeyed`(width: Int) {
    #expect(
      long.excerpt(long.span("item20"), width: width) == """
         1 | ...em19, item20, item...
           |          ^^^^^^
        """)
  }
}
