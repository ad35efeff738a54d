internal import ArgumentParser
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineKit

/// What became of each statement of the sources.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Say of each statement of the sources what became of it.",
    discussion: """
      A statement is cited by rules, rows or definitions; or it is left out
      with a reason (`not_encoded`); or it is missing, and then somebody has
      forgotten it.

        guideline coverage
        guideline coverage --missing
        guideline coverage --format json

      Exit codes: 0 nothing is missing, 1 a statement is missing.
      """)

  @OptionGroup var options: LibraryOptions

  @Option(help: "text for people, or json.")
  var format = ResultFormat.text

  @Flag(help: "Show only what is missing.")
  var missing = false

  func run() throws {
    let library = try options.load()
    let sources = library.statementCoverage()
    switch format {
    case .json:
      let shown = missing ? sources.compactMap(Self.onlyMissing) : sources
      try OutputStream.output.write(JSONValue.array(shown.map(\.json)).canonicalBytes + [UInt8(ascii: "\n")])
    case .text: try OutputStream.output.write(text(sources))
    }
    if !sources.allSatisfy(\.isComplete) { throw Stop(.failure, "") }
  }

  private static func onlyMissing(_ source: SourceStatements) -> SourceStatements? {
    var rest = source
    rest.statements.removeAll { $0.state != .missing }
    return rest.statements.isEmpty ? nil : rest
  }

  private func text(_ sources: [SourceStatements]) -> String {
    let page = Page(options.color)
    var lines: [String] = []
    for source in missing ? sources.compactMap(Self.onlyMissing) : sources {
      let edition = source.edition.map { "@\($0)" } ?? ""
      lines.append(page.paint("\(source.document)\(edition) (\(source.version))/\(source.source)", .heading))
      lines += page.paragraph(source.title, indent: 2)
      for statement in source.statements { lines += text(statement, page) }
      lines.append("")
    }
    let states = sources.flatMap(\.statements).map(\.state)
    let forgotten = states.count { $0 == .missing }
    let cited = states.count { if case .cited = $0 { true } else { false } }
    let summary = "\(cited) cited, \(states.count - cited - forgotten) not encoded, \(forgotten) missing"
    lines.append(page.paint(summary, forgotten == 0 ? .good : .alarm))
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(_ statement: StatementState, _ page: Page) -> [String] {
    switch statement.state {
    case .cited(let names):
      return page.paragraph("\(statement.id)  \(names.joined(separator: ", "))", indent: 2, mark: "✓ ")
    case .notEncoded(let reason):
      return page.paragraph("\(statement.id)  not encoded: \(reason)", indent: 2, mark: "– ")
    case .missing:
      let words = page.paragraph("\(statement.id)  missing: \(statement.says)", indent: 2, mark: "✗ ", role: .alarm)
      return page.append("\(statement.path):\(statement.line)", to: words, indent: 4)
    }
  }
}
