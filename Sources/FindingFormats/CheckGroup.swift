internal import SourceText

/// Checks that ask similar questions: the first two digits of their ids.
struct CheckGroup: Hashable, Comparable {
  let digits: String

  init(_ code: DiagnosticCode) { digits = String(code.id.drop { !$0.isNumber }.prefix(2)) }

  /// What the checks of the group look at.
  var title: String { Self.titles[digits].map { "\(digits)xx \($0)" } ?? "\(digits)xx" }

  static func < (left: CheckGroup, right: CheckGroup) -> Bool { left.digits < right.digits }

  private static let titles: [String: String] = [
    "00": "the linter itself and what it is told to allow", "01": "the form of the text", "02": "keys and their values",
    "03": "names and references", "04": "types and units", "05": "terminology and codes",
    "06": "sources and citations", "07": "versions and dates", "08": "logic for all patients",
    "09": "clinical safety", "10": "tests and what they reach", "11": "change against another version", "12": "style",
  ]
}
