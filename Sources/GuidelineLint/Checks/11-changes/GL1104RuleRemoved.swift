internal import SourceText

extension Check {
  static let ruleRemoved = Check(
    DiagnosticCode("GL1104", "rule-id-removed", .warning), .change,
    CheckPage(
      summary: "A rule of the earlier version is gone or has another id, and the CHANGELOG does not name it.",
      why: "Reports, overrides and local additions name rules by their ids, and look for it in vain.",
      example: """
        # before
        rules:
          adults: {when: [patient.age >= 18 a], then: [{warn: interaction}]}
          children: {when: [patient.age < 18 a], then: [{warn: interaction}]}
        # now
        rules:
          adults: {when: [patient.age >= 18 a], then: [{warn: interaction}]}
        """,
      mended: """
        # CHANGELOG.md
        ## 2.0.0
        - The rule `children` is gone: the source no longer speaks of children.
        """,
      notes: """
        Found by `guideline-lint changes`. Rows of tables count when they have an id; their place in the table is none.
        """)
  ) { context, found in
    for document in context.changes?.documents ?? [] where document.presence == .both {
      for part in document.parts {
        guard part.kind == .rule || part.kind == .row, let name = part.idThatIsGone else { continue }
        guard context.changelogWords(of: document)?.mentions(name) != true else { continue }
        let now = part.span == nil ? "is gone" : "is called `\(part.name)` now"
        found.report(
          "the rule `\(name)` of `\(document.name)` \(now)", at: part.span ?? document.span,
          help: ["name it in the CHANGELOG under the new version, with the reason"])
      }
    }
  }
}

extension PartChange {
  /// The id under which nothing is found any more; nil: there is none.
  fileprivate var idThatIsGone: String? {
    let old: String
    switch change {
    case .removed: old = name
    case .renamed(let former): old = former
    case .added, .changed: return nil
    }
    let own = old.split(separator: "#").last ?? ""
    return own.allSatisfy(\.isNumber) ? nil : old
  }
}

extension LintContext {
  /// What the CHANGELOG says of the version that a document has now; nil: nothing.
  func changelogWords(of document: DocumentChange) -> String? {
    guard let version = document.versionAfter else { return nil }
    return changelogs[document.folder]?.words(of: version, edition: document.edition)
  }
}

extension String {
  /// Whether a name stands in the text, not as a part of a longer one.
  func mentions(_ name: String) -> Bool {
    let words = split { !($0.isLetter || $0.isNumber || "-_.#".contains($0)) }
    return words.contains { word in
      var word = word
      while word.last == "." { word.removeLast() }
      return word == name[...] || word == name.split(separator: "#").last
    }
  }
}
