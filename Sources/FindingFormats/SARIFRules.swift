internal import GuidelineJSON
internal import GuidelineLint
internal import SourceText

/// The checks as `reportingDescriptor`s: the whole catalogue, whatever was found, and what was found beside it.
struct SARIFRules {
  let descriptors: [JSONValue]
  private let indices: [String: Int]

  init(_ input: FormatInput) {
    var descriptors: [JSONValue] = []
    var indices: [String: Int] = [:]
    let found = input.report.findings.map(\.diagnostic.code)
    for code in input.options.checks.map(\.code) + found.sorted(by: { $0.id < $1.id }) where indices[code.id] == nil {
      indices[code.id] = descriptors.count
      descriptors.append(Self.descriptor(code, input))
    }
    self.descriptors = descriptors
    self.indices = indices
  }

  func index(of code: DiagnosticCode) -> Int? { indices[code.id] }

  private static func descriptor(_ code: DiagnosticCode, _ input: FormatInput) -> JSONValue {
    let check = input.check(code)
    let page = check?.page
    let summary = page?.summary ?? "`\(code.name)`; `guideline-lint explain \(code.id)` tells more"
    return .entries([
      "id": .string(code.id),
      "name": .string(code.name),
      "shortDescription": .object(["text": .string(cut(summary))]),
      "fullDescription": .object(["text": .string(cut([summary, page?.why].joined))]),
      "help": .object([
        "text": .string(page?.plainHelp ?? summary), "markdown": .string(page?.markdownHelp ?? summary),
      ]),
      "helpUri": input.page(code).map(JSONValue.string),
      "defaultConfiguration": .object(["level": .string(sarifLevel(code.severity))]),
      "properties": .object([
        "tags": .strings(tags(check)), "problem.severity": .string(problemSeverity(code.severity)),
      ]),
    ])
  }

  private static func tags(_ check: Check?) -> [String] {
    guard let check else { return ["guideline"] }
    return ["guideline", "\(check.layer)"] + (check.isSafety ? ["patient-safety"] : [])
  }

  private static func problemSeverity(_ severity: Severity) -> String {
    severity == .info ? "recommendation" : severity.rawValue
  }

  /// GitHub takes descriptions of up to 1024 characters.
  private static func cut(_ text: String) -> String {
    text.unicodeScalars.count <= 1024
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(1023))) + "…"
  }
}

extension Sequence<String?> {
  fileprivate var joined: String { compactMap(\.self).joined(separator: "\n\n") }
}

extension CheckPage {
  /// The page as plain text.
  var plainHelp: String {
    [
      summary, why, "Content that shows it:", indented(example), "The same content, mended:", indented(mended), notes,
    ].joined
  }

  /// The page as Markdown.
  var markdownHelp: String {
    [
      summary, "**Why it matters.** " + why, "**Content that shows it**", markdownFence(example, "yaml"),
      "**The same content, mended**", markdownFence(mended, "yaml"), notes,
    ].joined
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
  }
}
