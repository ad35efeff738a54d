internal import ArgumentParser
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineLint
internal import SourceText

/// Lists the checks.
struct ChecksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checks",
    abstract: "List all checks: id, name, severity, where they look.",
    discussion: """
      A check marked with `!` guards patients: no comment can silence it.

        guideline-lint checks
        guideline-lint checks --format json
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case markdown
  }

  @Option(help: "text, json or markdown.")
  var format = Format.text

  func run() throws {
    let checks = Catalogue.checks.sorted { $0.code.id < $1.code.id }
    switch format {
    case .text: try OutputStream.output.write(text(checks))
    case .json: try OutputStream.output.write(JSONValue.array(checks.map(\.json)).prettyBytes)
    case .markdown: try OutputStream.output.write(markdown(checks))
    }
  }

  private func text(_ checks: [Check]) -> String {
    let width = checks.map(\.code.name.count).max() ?? 0
    return checks.map { check in
      let name = check.code.name + String(repeating: " ", count: width - check.code.name.count)
      let severity = check.code.severity.rawValue + (check.isSafety ? "!" : "")
      let padded = severity + String(repeating: " ", count: max(0, 8 - severity.count))
      return "\(check.code.id)  \(name)  \(padded) \(check.page.summary)\n"
    }.joined()
  }

  private func markdown(_ checks: [Check]) -> String {
    let rows = checks.map { check in
      let summary = check.page.summary.split(separator: "|").joined(separator: "\\|")
      let severity = check.code.severity.rawValue + (check.isSafety ? " (guards patients)" : "")
      return "| \(check.code.id) | `\(check.code.name)` | \(severity) | \(check.layer.words) | \(summary) |\n"
    }
    return "| id | name | severity | looks at | finds |\n|---|---|---|---|---|\n" + rows.joined()
  }
}

extension Check {
  fileprivate var json: JSONValue {
    .object([
      "id": .string(code.id), "name": .string(code.name), "severity": .string(code.severity.rawValue),
      "layer": .string("\(layer)"), "summary": .string(page.summary), "safety": .bool(isSafety),
      "allowable": .bool(mayBeAllowed), "fixable": .bool(isFixable),
    ])
  }
}
