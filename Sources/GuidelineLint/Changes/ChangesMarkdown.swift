/// Changes for those who review them: who is affected first, then what was written.
package struct ChangesMarkdown: Sendable {
  private let changes: LibraryChanges

  package init(_ changes: LibraryChanges) { self.changes = changes }

  package var text: String {
    let touched = changes.documents.filter { !$0.isUntouched }
    guard !touched.isEmpty else { return "## Who is affected\n\nNothing has changed.\n" }
    var blocks = ["## Who is affected", summary]
    for company in changes.companies where !company.isSilent { blocks += section(company) }
    blocks += ["## What was written", touched.map(written).joined(separator: "\n")]
    blocks += versions(touched)
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var summary: String {
    let conclusions = changes.changedConclusions
    if changes.isProvedTheSame { return "**Nobody.** It is proved that every patient gets the same advice as before." }
    let strengths = changes.companies.flatMap(\.strengths).count
    if conclusions.isEmpty, strengths > 0 {
      let words = strengths == 1 ? "1 recommendation is" : "\(strengths) recommendations are"
      let rest = changes.isDecided ? "Every conclusion stands for the same patients." : "Not everything was decided."
      return "**\(words) of another strength or certainty.** \(rest)"
    }
    if conclusions.isEmpty { return "**Nobody is known to be affected, but not everything was decided.**" }
    let words = conclusions.count == 1 ? "1 conclusion changes" : "\(conclusions.count) conclusions change"
    let rest = changes.isDecided ? "All others are proved to be the same for everybody." : "Not everything was decided."
    return "**\(words) for some patients.** \(rest)"
  }

  private func section(_ company: CompanyChanges) -> [String] {
    var blocks = ["### Guidelines \(company.name)"]
    for item in company.conclusions { blocks += block(item) }
    if !company.strengths.isEmpty {
      let rows = company.strengths.map { "| \($0.rule) | \(code($0.text)) | \(cell($0.before)) | \(cell($0.after)) |" }
      blocks.append(
        (["| rule | conclusion | strength before | now |", "|---|---|---|---|"] + rows).joined(separator: "\n"))
    }
    if !company.newFacts.isEmpty {
      blocks.append("Sites must now supply: \(company.newFacts.map(code).joined(separator: ", ")).")
    }
    let open = company.undecided.map { "- not decided: \(code($0.text)) (\($0.rule)): \($0.reason)" }
    let limits = company.limits.map { "- not compared, because only one version can record it: \($0)" }
    if !(open + limits).isEmpty { blocks.append((open + limits).joined(separator: "\n")) }
    return blocks + ["*\(company.proof)*"]
  }

  private func block(_ item: ConclusionChange) -> [String] {
    let patient =
      item.patient.isEmpty ? "any patient, whatever is recorded" : item.patient.map(clinical).joined(separator: "; ")
    let rows = [
      "| patient | \(cell(patient)) |", "|---|---|", "| before | \(side(item.before)) |",
      "| now | \(side(item.after)) |",
    ]
    return [
      "#### \(code(item.text)) \(item.words)", rows.joined(separator: "\n"),
      "Rule `\(item.rule)` of `\(item.guideline)`.",
    ]
  }

  /// `ild.severity: moderate` as one would say it: ild severity: moderate.
  private func clinical(_ line: String) -> String {
    guard let colon = line.firstIndex(of: ":") else { return line }
    let name = line[..<colon].map { $0 == "." || $0 == "_" ? " " : $0 }
    let value = line[colon...].map { $0 == "_" ? " " : $0 }
    return String(name) + String(value)
  }

  private func side(_ outcome: [String]) -> String {
    outcome.isEmpty ? "nothing of the kind" : outcome.map(cell).joined(separator: "<br>")
  }

  private func written(_ document: DocumentChange) -> String {
    (["- **\(document.heading)**"] + document.parts.map { "  - \($0.words)" }).joined(separator: "\n")
  }

  private func versions(_ documents: [DocumentChange]) -> [String] {
    let demands = documents.compactMap { document in document.demand.map { "- `\(document.name)`: \($0)" } }
    return demands.isEmpty ? [] : ["## Versions", demands.joined(separator: "\n")]
  }

  private func code(_ text: String) -> String { "`\(cell(text))`" }

  private func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
