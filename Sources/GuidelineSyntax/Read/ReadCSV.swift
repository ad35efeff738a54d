internal import LocatedYAML
package import SourceText

/// A file of comma-separated values: its header and its rows, each cell with its place.
package struct CSVSyntax: Hashable, Sendable {
  /// The names of the columns.
  package var header: [LocatedText] = []
  /// Rows with as many cells as there are columns; an empty text is no value.
  ///
  /// Other rows have been reported.
  package var rows: [KnowledgeRowSyntax] = []
  /// How many cells each line has, when none has as many as the header names; nil: some line fits.
  ///
  /// Then the header is wrong, and not the lines: that is said once, by whoever knows which columns are wanted.
  package var otherWidth: Int?
  /// How many lines have that width.
  package var countOfOtherWidth = 0

  package init() {}
}

/// Reads comma-separated values (RFC 4180, UTF-8): the first line names the columns.
///
/// Cells are trimmed of blanks; quotes are undone. Lines that are empty are skipped.
package func readCSV(_ file: SourceFile, into diagnostics: inout Diagnostics) -> CSVSyntax {
  var reader = CSVReader(file: file, diagnostics: diagnostics)
  reader.run()
  diagnostics = reader.diagnostics
  return reader.table
}

private struct CSVReader {
  let file: SourceFile
  let bytes: [UInt8]
  var diagnostics: Diagnostics
  var table = CSVSyntax()
  private var position: Int
  private var hasHeader = false
  private var misfits: [(width: Int, place: Span)] = []

  init(file: SourceFile, diagnostics: Diagnostics) {
    self.file = file
    self.bytes = file.bytes
    self.diagnostics = diagnostics
    self.position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func run() {
    if let wrong = firstInvalidByte(bytes) {
      report("this byte is not UTF-8 text", help: "save the file as UTF-8", at: wrong..<wrong + 1)
      return
    }
    while position < bytes.count {
      let start = position
      guard let cells = record() else { return }
      if cells.count == 1, cells[0].value.isEmpty, cells[0].span.start == cells[0].span.end { continue }
      add(cells, from: start)
    }
    if !hasHeader {
      report("this file has no header", help: "name the columns on the first line", at: 0..<0)
    }
    reportMisfits()
  }

  // MARK: Records

  private mutating func add(_ cells: [LocatedText], from start: Int) {
    guard hasHeader else {
      hasHeader = true
      header(cells)
      return
    }
    let end = Int(cells.last?.span.end ?? UInt32(clamping: start))
    guard cells.count == table.header.count else {
      misfits.append((cells.count, span(start..<max(start, end))))
      return
    }
    table.rows.append(KnowledgeRowSyntax(cells: cells, span: span(start..<max(start, end))))
  }

  /// Lines that do not fit the header; when all of them have one other width, the header does not fit.
  private mutating func reportMisfits() {
    if table.rows.isEmpty, misfits.count > 1, let width = misfits.first?.width,
      misfits.allSatisfy({ $0.width == width })
    {
      table.otherWidth = width
      table.countOfOtherWidth = misfits.count
      return
    }
    for (width, place) in misfits {
      diagnostics.report(
        .csvRowLength,
        "this line has \(counted(width, "cell")), but the header names \(counted(table.header.count, "column"))",
        help: "a cell with a comma in it stands in double quotes", at: place)
    }
  }

  private mutating func header(_ cells: [LocatedText]) {
    table.header = cells
    var seen: [String: Span] = [:]
    for cell in cells {
      if cell.value.isEmpty {
        diagnostics.report(.csvHeader, "a column has no name", help: "name every column", at: cell.span)
      } else if let first = seen[cell.value] {
        diagnostics.report(
          SyntaxCode.csvHeader.diagnostic, "the column `\(cell.value)` is named twice", at: cell.span,
          related: [RelatedPlace(first, "named here first")], help: ["leave one out"])
      }
      seen[cell.value] = cell.span
    }
  }

  /// The cells up to the end of the line; nil when a quote is never closed.
  private mutating func record() -> [LocatedText]? {
    var cells: [LocatedText] = []
    while true {
      guard let cell = cell() else { return nil }
      cells.append(cell)
      guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
      position += 1
    }
    if position < bytes.count, bytes[position] == 0x0D { position += 1 }
    if position < bytes.count, bytes[position] == 0x0A { position += 1 }
    return cells
  }

  // MARK: Cells

  private mutating func cell() -> LocatedText? {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return plainCell() }
    return quotedCell()
  }

  private mutating func plainCell() -> LocatedText {
    let start = position
    while position < bytes.count, !endsCell(bytes[position]) { position += 1 }
    var end = position
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    if let quote = bytes[start..<end].firstIndex(of: UInt8(ascii: "\"")) {
      report(
        "a quote stands inside a cell that does not begin with one",
        help: "put quotes around the whole cell, and write a quote inside twice", at: quote..<quote + 1)
    }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return LocatedText(DeceptiveText.checked(text, at: span(start..<end), into: &diagnostics), span(start..<end))
  }

  private mutating func quotedCell() -> LocatedText? {
    let start = position
    var text: [UInt8] = []
    position += 1
    while true {
      guard position < bytes.count else {
        report("this quote is never closed", help: "write a quote inside a cell twice", at: start..<start + 1)
        return nil
      }
      let byte = bytes[position]
      position += 1
      guard byte == UInt8(ascii: "\"") else {
        text.append(byte)
        continue
      }
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { break }
      text.append(byte)
      position += 1
    }
    let end = position
    skipBehindQuote()
    return LocatedText(trimmed(text), span(start..<end))
  }

  private mutating func skipBehindQuote() {
    let start = position
    while position < bytes.count, !endsCell(bytes[position]) { position += 1 }
    if bytes[start..<position].contains(where: { !isBlank($0) }) {
      report(
        "something follows the closing quote of this cell", help: "write a quote inside a cell twice",
        at: start..<position)
    }
  }

  private func trimmed(_ text: [UInt8]) -> String {
    var slice = text[...]
    while let first = slice.first, isBlank(first) { slice.removeFirst() }
    while let last = slice.last, isBlank(last) { slice.removeLast() }
    return String(decoding: slice, as: UTF8.self)
  }

  private func endsCell(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == 0x09
  }

  // MARK: Reports

  private func span(_ range: Range<Int>) -> Span {
    Span(file: file.id, start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: range.upperBound))
  }

  private mutating func report(_ message: String, help: String, at range: Range<Int>) {
    diagnostics.report(.csvForm, message, help: help, at: span(range))
  }
}

/// The first byte that does not belong to UTF-8 text.
private func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
  var decoder = UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var position = 0
  while true {
    switch decoder.parseScalar(from: &iterator) {
    case .valid(let scalar): position += scalar.count
    case .error: return position
    case .emptyInput: return nil
    }
  }
}
