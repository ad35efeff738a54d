internal import ArgumentParser
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineKit

/// What depends on what.
struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw which facts, definitions, rules and conclusions depend on which.",
    discussion: """
      All guidelines in force, or one rule with what it rests on, what it
      concludes and what overrides it.

        guideline graph | dot -Tsvg > graph.svg
        guideline graph --rule maintenance-azathioprine --format mermaid
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case dot
    case mermaid
    case json
  }

  @OptionGroup var editions: EditionOptions
  @OptionGroup var options: LibraryOptions

  @Option(help: "dot for Graphviz, mermaid for Markdown pages, or json.")
  var format = Format.dot

  @Option(help: ArgumentHelp("Only what concerns this rule: `rule` or `guideline/rule`.", valueName: "id"))
  var rule: String?

  func run() throws {
    let guidelines = try editions.choose(from: try options.load().source, options.color)
    let graph: GuidelineGraph
    do throws(UnknownRule) { graph = try guidelines.ruleGraph(rule: rule) } catch { throw Stop(error) }
    switch format {
    case .dot: try OutputStream.output.write(graph.dot)
    case .mermaid: try OutputStream.output.write(graph.mermaid)
    case .json: try OutputStream.output.write(graph.json.canonicalBytes + [UInt8(ascii: "\n")])
    }
  }
}

extension Stop {
  /// A rule that nobody has written, with those that may have been meant.
  init(_ unknown: UnknownRule) {
    let names = unknown.nearest.map { "`\($0)`" }.joined(separator: " or ")
    let help = names.isEmpty ? "`guideline graph --format json` lists all rules" : "did you mean \(names)?"
    self.init(.misuse, "there is no rule `\(unknown.name)` in the guidelines that are in force\n\(help)")
  }
}
