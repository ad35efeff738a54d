package import SourceText

/// What reports quote of the source: where something is written, and its words on one line.
///
/// Reports ask this and no file, so that they can also be made where there are no files.
package struct Quotations: Sendable {
  /// One piece of the source.
  package struct Item: Hashable, Sendable {
    /// Index into the paths.
    package var path: Int
    package var line: Int
    /// On one line; empty where nobody asks for it.
    package var text: String

    package init(path: Int, line: Int, text: String) {
      self.path = path
      self.line = line
      self.text = text
    }
  }

  private enum Origin: Sendable {
    case files(SourceFiles)
    /// A span is then no piece of a file: it begins with the place of its item.
    case items([Item], paths: [String])
  }

  private let origin: Origin

  package init(_ files: SourceFiles) { origin = .files(files) }

  package init(_ items: [Item], paths: [String]) { origin = .items(items, paths: paths) }

  /// The file, as the door named it.
  package func path(_ span: Span) -> String {
    switch origin {
    case .files(let files): return files[span.file].path
    case .items(let items, let paths):
      guard let path = Self.item(span, items)?.path, paths.indices.contains(path) else { return "?" }
      return paths[path]
    }
  }

  package func line(_ span: Span) -> Int {
    switch origin {
    case .files(let files): files.position(span).line
    case .items(let items, _): Self.item(span, items)?.line ?? 1
    }
  }

  /// What stands there, on one line.
  package func text(_ span: Span) -> String {
    switch origin {
    case .files(let files): Self.onOneLine(files.text(span))
    case .items(let items, _): Self.item(span, items)?.text ?? ""
    }
  }

  private static func item(_ span: Span, _ items: [Item]) -> Item? {
    let place = Int(span.start)
    return items.indices.contains(place) ? items[place] : nil
  }

  private static func onOneLine(_ text: String) -> String {
    // Most conditions stand on one line already, and each patient's report quotes hundreds of them.
    var isBehindBlank = true
    let isPlain = text.utf8.allSatisfy { byte in
      defer { isBehindBlank = byte == 0x20 }
      return byte > 0x20 && byte < 0x7F || byte == 0x20 && !isBehindBlank
    }
    if isPlain, !isBehindBlank { return text }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
