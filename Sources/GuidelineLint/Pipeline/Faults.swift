package import SourceText

/// What the stages that read content found, asked by place.
package struct Faults: Sendable {
  package let items: [Diagnostic]
  private let errors: [FileID: Errors]

  /// The errors of a file, by where their places begin.
  private struct Errors {
    var items: [Diagnostic] = []
    var starts: [UInt32] = []
    /// How far the places reach of all errors up to each one.
    var reaches: [UInt32] = []

    /// How many begin before an offset.
    func count(before offset: UInt32) -> Int {
      var low = 0
      var high = starts.count
      while low < high {
        let middle = (low + high) / 2
        if starts[middle] < offset { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  init(_ items: [Diagnostic]) {
    self.items = items
    var errors: [FileID: Errors] = [:]
    let placed = items.compactMap { item in item.span.map { (item, $0) } }.filter { $0.0.code.severity == .error }
    for (item, span) in placed.sorted(by: { $0.1 < $1.1 }) {
      let reach = max(errors[span.file]?.reaches.last ?? 0, span.end)
      errors[span.file, default: Errors()].items.append(item)
      errors[span.file]?.starts.append(span.start)
      errors[span.file]?.reaches.append(reach)
    }
    self.errors = errors
  }

  package var hasErrors: Bool { items.contains { $0.code.severity == .error } }

  /// The errors whose primary place begins within a piece of a file.
  package func errors(within span: Span) -> ArraySlice<Diagnostic> {
    guard let errors = errors[span.file] else { return [] }
    let end = max(span.end, span.start < .max ? span.start + 1 : span.start)
    return errors.items[errors.count(before: span.start)..<errors.count(before: end)]
  }

  package func hasErrors(within span: Span) -> Bool { !errors(within: span).isEmpty }

  /// Whether something reported this place, or something around it, already.
  func covers(_ span: Span) -> Bool {
    guard let errors = errors[span.file], span.start < .max else { return false }
    let count = errors.count(before: span.start + 1)
    return count > 0 && errors.reaches[count - 1] >= span.end
  }
}
