internal import GuidelineSyntax
internal import SourceText
internal import Testing

struct CSVTests {
  private func read(_ text: String) -> (CSVSyntax, [Finding], SourceFile) {
    let file = sourceFile(text)
    var diagnostics = Diagnostics()
    let table = readCSV(file, into: &diagnostics)
    return (table, findings(diagnostics), file)
  }

  @Test func `cells are trimmed and quotes are undone`() {
    let (table, found, _) = read("id, name ,note\r\na-1 , \"two, words\" ,\"a \"\"b\"\"\"\r\nb,,\n")
    #expect(found.isEmpty)
    #expect(table.header.map(\.value) == ["id", "name", "note"])
    #expect(table.rows.map { $0.cells.map(\.value) } == [["a-1", "two, words", "a \"b\""], ["b", "", ""]])
  }

  @Test func `a quoted cell may hold lines`() {
    let (table, found, _) = read("id,note\na,\"x\ny\"\nb,z")
    #expect(found.isEmpty)
    #expect(table.rows.map { $0.cells.map(\.value) } == [["a", "x\ny"], ["b", "z"]])
  }

  @Test func `every cell knows its place`() {
    let text = "\u{FEFF}id,note\nä, \"x\" \nb,  z  \n"
    let (table, found, _) = read(text)
    #expect(found.isEmpty)
    let bytes = Array(text.utf8)
    let cells = table.rows.flatMap(\.cells)
    #expect(
      cells.map { String(decoding: bytes[Int($0.span.start)..<Int($0.span.end)], as: UTF8.self) } == [
        "ä", "\"x\"", "b", "z",
      ])
  }

  @Test func `empty lines are no rows`() {
    let (table, found, _) = read("id\n\na\n\n\nb\n\n")
    #expect(found.isEmpty)
    #expect(table.rows.count == 2)
  }

  @Test(arguments: [
    ("id,note\na,\"x", "GL0224 csv-form: this quote is never closed", "\""),
    ("id,note\na,x\"y", "GL0224 csv-form: a quote stands inside a cell that does not begin with one", "\""),
    ("id,note\na,\"x\"y", "GL0224 csv-form: something follows the closing quote of this cell", "y"),
    ("id,note\na\n", "GL0225 csv-row-length: this line has 1 cell, but the header names 2 columns", "a"),
    ("id,note\na,b,c\n", "GL0225 csv-row-length: this line has 3 cells, but the header names 2 columns", "a,b,c"),
    (
      "id,note\na,b\u{A0}c",
      "GL0113 invisible-character: this text contains the invisible character U+00A0 (no-break space)",
      "\u{A0}"
    ),
    (
      "id,note\na,\u{430}za",
      "GL0114 confusable-letters: `\u{430}za` has a letter that looks like `a` and is another (U+0430, Cyrillic)",
      "\u{430}"
    ),
    ("id,id\n", "GL0226 csv-header: the column `id` is named twice", "id"),
    ("id,,x\n", "GL0226 csv-header: a column has no name", ""),
    ("", "GL0224 csv-form: this file has no header", ""),
  ])
  func `what is wrong with a file is told at its place`(text: String, message: String, marked: String) {
    let (_, found, _) = read(text)
    #expect(found.map { "\($0.code): \($0.message)" } == [message])
    let bytes = Array(text.utf8)
    let spans = found.map { String(decoding: bytes[Int($0.span.start)..<Int($0.span.end)], as: UTF8.self) }
    #expect(spans == [marked])
  }

  @Test func `a byte that is no text is refused`() {
    var diagnostics = Diagnostics()
    _ = readCSV(sourceFile(bytes: Array("id\na".utf8) + [0xFF, 0x0A]), into: &diagnostics)
    #expect(findings(diagnostics).map { Int($0.span.start) } == [4])
  }
}
