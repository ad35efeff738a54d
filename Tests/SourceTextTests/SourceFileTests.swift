import SourceText
import Testing

@Suite("Positions in files")
struct SourceFileTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func `a line ends with LF, CRLF or CR`(end: String) {
    let file = Fixture(["a: 1", "", "bc: 2", ""].joined(separator: end)).file
    let length = UInt32(end.utf8.count)
    #expect(file.lineCount == 4)
    #expect((0...5).map(file.lineText) == ["", "a: 1", "", "bc: 2", "", ""])
    #expect(file.position(at: 0) == Position(line: 1, column: 1))
    #expect(file.position(at: 4) == Position(line: 1, column: 5))
    #expect(file.position(at: 4 + length) == Position(line: 2, column: 1))
    #expect(file.position(at: 4 + 2 * length + 3) == Position(line: 3, column: 4))
    #expect(file.lineStart(3) == 4 + 2 * length)
    #expect(file.position(at: file.span.end) == Position(line: 4, column: 1))
  }

  @Test func `the middle of a line end is the end of its line`() {
    let file = Fixture("ab\r\nc").file
    let end = Position(line: 1, column: 3)
    #expect([file.position(at: 3), file.utf16Position(at: 3), file.bytePosition(at: 3)] == [end, end, end])
    #expect(file.lineSpan(1) == Span(file: file.id, start: 0, end: 2))
  }

  @Test func `other signs that some call line ends end no line`() {
    #expect(Fixture("a\u{85}b\u{2028}c\u{2029}d\u{0B}e\u{0C}f").file.lineCount == 1)
  }

  @Test func `a byte order mark takes no column, but bytes`() {
    let file = Fixture("\u{FEFF}ab\n\u{FEFF}c").file
    #expect(file.lineText(1) == "ab")
    #expect(file.position(at: 0) == Position(line: 1, column: 1))
    #expect(file.position(at: 3) == Position(line: 1, column: 1))
    #expect(file.position(at: 4) == Position(line: 1, column: 2))
    #expect(file.utf16Position(at: 4) == Position(line: 1, column: 2))
    #expect(file.bytePosition(at: 4) == Position(line: 1, column: 5))
    #expect(file.position(at: 9) == Position(line: 2, column: 2))
  }

  @Test func `columns are counted in code points, UTF-16 units or bytes`() {
    let fixture = Fixture("äö🫁e\u{301}x")
    let offset = fixture.span("x").start
    #expect(fixture.file.position(at: offset) == Position(line: 1, column: 6))
    #expect(fixture.file.utf16Position(at: offset) == Position(line: 1, column: 7))
    #expect(fixture.file.bytePosition(at: offset) == Position(line: 1, column: 12))
  }

  @Test(arguments: ["", "a", "a\n", "ä\r\nb"])
  func `an offset beyond the end is the end`(text: String) {
    let file = Fixture(text).file
    for beyond in [file.span.end + 1, .max - 1, .max] {
      #expect(file.position(at: beyond) == file.position(at: file.span.end))
      #expect(file.utf16Position(at: beyond) == file.utf16Position(at: file.span.end))
      #expect(file.bytePosition(at: beyond) == file.bytePosition(at: file.span.end))
      #expect(file.text(Span(file: file.id, start: beyond, end: .max)) == "")
    }
    #expect(file.text(Span(file: file.id, start: 0, end: .max)) == text)
  }

  @Test(arguments: [Int.min, -1, 0, 4, Int.max])
  func `a line that does not exist has no text`(line: Int) {
    let file = Fixture("a\nb\nc").file
    #expect(file.lineText(line) == "")
    #expect(file.lineStart(line) == (line < 1 ? 0 : 4))
  }

  @Test func `a library describes places by path, line and column`() {
    var fixture = Fixture("a: ü, b")
    let second = fixture.files.add(path: "other.yaml", bytes: Array("x\ny".utf8))
    #expect(fixture.files.describe(fixture.span("b")) == "rules.yaml:1:7")
    #expect(fixture.files.describe(fixture.span("y", in: second)) == "other.yaml:2:1")
    #expect(fixture.files.describe(Span(file: FileID(9), start: 5, end: 6)) == "?:1:1")
    #expect(fixture.files.text(fixture.span("ü")) == "ü")
  }

  @Test func `a span never ends before it begins, and joins only spans of its file`() {
    let first = Span(file: FileID(0), start: 5, end: 2)
    #expect(first.end == 5)
    #expect(first.joined(with: Span(file: FileID(0), start: 1, end: 3)) == Span(file: FileID(0), start: 1, end: 5))
    #expect(first.joined(with: Span(file: FileID(1), start: 1, end: 3)) == first)
  }
}
