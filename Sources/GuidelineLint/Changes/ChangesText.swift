/// Changes for a terminal.
package struct ChangesText: Sendable {
  private let changes: LibraryChanges

  package init(_ changes: LibraryChanges) { self.changes = changes }

  package var text: String {
    let touched = changes.documents.filter { !$0.isUntouched }
    guard !touched.isEmpty else { return "Nothing has changed.\n" }
    var lines: [String] = []
    for document in touched { lines += written(document) }
    for company in changes.companies where !company.isSilent { lines += [""] + section(company) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func written(_ document: DocumentChange) -> [String] {
    [document.heading] + document.parts.map { "  - \($0.words)" } + (document.demand.map { ["  = \($0)"] } ?? [])
  }

  private func section(_ company: CompanyChanges) -> [String] {
    var lines = ["\(company.name):"]
    for item in company.conclusions {
      lines.append("  `\(item.text)` \(item.words)")
      lines.append("    rule \(item.guideline)/\(item.rule)")
      lines.append("    example patient (confirmed by the engine; every other fact is free):")
      lines += item.patient.isEmpty ? ["      nothing is recorded"] : item.patient.map { "      \($0)" }
      lines += side("before", item.before) + side("after", item.after)
    }
    for item in company.strengths {
      lines.append("  \(item.guideline)/\(item.rule): `\(item.text)` was \(item.before) and is \(item.after)")
    }
    if !company.newFacts.isEmpty { lines.append("  read now: \(company.newFacts.joined(separator: ", "))") }
    if !company.formerFacts.isEmpty { lines.append("  read no longer: \(company.formerFacts.joined(separator: ", "))") }
    for item in company.undecided { lines.append("  not decided: `\(item.text)`: \(item.reason)") }
    for limit in company.limits {
      lines.append("  not compared: patients with what only one version records: \(limit)")
    }
    return lines + ["  \(company.proof)"]
  }

  private func side(_ name: String, _ outcome: [String]) -> [String] {
    outcome.isEmpty ? ["    \(name): nothing of the kind"] : outcome.map { "    \(name): \($0)" }
  }
}

extension CompanyChanges {
  /// There is nothing to say of it that was not said of another choice already.
  var isSilent: Bool {
    asked == 0 && problem == nil && newFacts.isEmpty && formerFacts.isEmpty && strengths.isEmpty
      || conclusions.isEmpty && undecided.isEmpty && strengths.isEmpty && problem == nil && name.hasSuffix(" alone")
  }
}
