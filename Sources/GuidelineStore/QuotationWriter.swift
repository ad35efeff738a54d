internal import GuidelineCompiler
internal import SourceText

/// Collects the pieces of the source that reports quote, each with a number.
struct QuotationWriter {
  private let source: Quotations
  private(set) var items: [Quotations.Item] = []
  private(set) var paths: [String] = []
  private var places: [Key: Int] = [:]
  private var pathNumbers: [String: Int] = [:]

  private struct Key: Hashable {
    var span: Span
    var hasText: Bool
  }

  init(_ source: Quotations) {
    self.source = source

  }

  mutating func place(of span: Span, withText hasText: Bool) -> Int {
    let key = Key(span: span, hasText: hasText)
    if let known = places[key] { return known }
    let item = Quotations.Item(
      path: number(ofPath: source.path(span)), line: source.line(span), text: hasText ? source.text(span) : "")
    places[key] = items.count
    items.append(item)
    return items.count - 1
  }

  private mutating func number(ofPath path: String) -> Int {
    if let known = pathNumbers[path] { return known }
    pathNumbers[path] = paths.count
    paths.append(path)
    return paths.count - 1
  }
}

extension ProgramWriter {
  /// A place of the source as reports show it: its line, and its words where they are shown.
  mutating func quote(_ span: Span, withText hasText: Bool) {
    number(quotations.place(of: span, withText: hasText))
  }
}
