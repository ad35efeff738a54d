internal import ArgumentParser
internal import ClinicalValues
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineKit

/// What can be said about a patient.
struct FactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: "List what can be said about a patient, and who reads it.",
    discussion: """
      Every fact and record of the vocabularies, with its type, unit, range
      and question, and the rules, definitions and scopes that read it.

        guideline facts
        guideline facts ild
        guideline facts --format json
      """)

  @Argument(help: ArgumentHelp("Only facts whose name begins so.", valueName: "name"))
  var name: String?

  @OptionGroup var options: LibraryOptions

  @Option(help: "text for people, or json.")
  var format = ResultFormat.text

  func run() throws {
    let all = try options.load().factListing()
    let facts = all.filter { fact in name.map { fact.name == $0 || fact.name.hasPrefix($0) } ?? true }
    guard !facts.isEmpty else {
      throw Stop(.misuse, "no fact's name begins with `\(name ?? "")`\n`guideline facts` lists them all")
    }
    switch format {
    case .json: try OutputStream.output.write(JSONValue.array(facts.map(\.json)).canonicalBytes + [UInt8(ascii: "\n")])
    case .text: try OutputStream.output.write(text(facts))
    }
  }

  private func text(_ facts: [FactListing]) -> String {
    let page = Page(options.color)
    return facts.map { fact in lines(fact, page).joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private func lines(_ fact: FactListing, _ page: Page) -> [String] {
    var lines = [page.paint(fact.name, .heading) + "  " + Self.type(fact)]
    if let ask = fact.ask { lines += page.paragraph(ask, indent: 4) }
    for field in fact.fields {
      lines += page.paragraph("\(field.name): \(Self.type(field.type, field.unit, field.terms))", indent: 4, mark: "· ")
    }
    if !fact.terms.isEmpty, !fact.type.contains("yes_no") {
      lines += page.paragraph(Self.list(fact.terms, fact.isOrdered), indent: 4)
    }
    if !fact.derivedBy.isEmpty { lines += page.paragraph("derived by " + Self.list(fact.derivedBy), indent: 4) }
    let readers = fact.readBy.isEmpty ? "read by nobody" : "read by " + Self.list(fact.readBy)
    return lines + page.paragraph(readers, indent: 4, role: .aside)
  }

  private static func type(_ fact: FactListing) -> String {
    let range = fact.range.map { ", \($0.low.canonicalDecimal) .. \($0.high.canonicalDecimal)" } ?? ""
    return fact.type + (fact.unit.map { " in \($0)" } ?? "") + range
  }

  private static func type(_ type: String, _ unit: String?, _ terms: [ListedTerm]) -> String {
    let names = terms.isEmpty || type == "yes_no" ? "" : " (\(list(terms, false)))"
    return type + (unit.map { " in \($0)" } ?? "") + names
  }

  private static func list(_ terms: [ListedTerm], _ isOrdered: Bool) -> String {
    let shown = terms.prefix(12).map(\.name).joined(separator: isOrdered ? " < " : ", ")
    return shown + (terms.count > 12 ? ", … (\(terms.count))" : "")
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}
