internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let reviewStale = Check(
    DiagnosticCode("GL0614", "review-stale", .warning), .library, isFixable: true,
    CheckPage(
      summary: "The statements that a rule cites are no longer those that it was reviewed against.",
      why: """
        A new edition of the source has other words, and the rule has those of the old one, until somebody compares \
        them again.
        """,
      example: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: Stop below 3.0}}
        rules:
          stop:
            when: [latest lab.wbc < 3.0 10*9/L]
            then: [{stop: azathioprine}]
            source: handbook#H1
            reviewed: fnv1a64:0000000000000000
        """,
      mended: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: Stop below 3.0}}
        rules:
          stop:
            when: [latest lab.wbc < 3.0 10*9/L]
            then: [{stop: azathioprine}]
            source: handbook#H1
            reviewed: fnv1a64:65896c05928dcb7b
        """,
      notes: """
        `reviewed` is a fingerprint (FNV-1a, 64 bits) of the ids, words, quotations and places of the statements that a \
        rule cites, those of all its rows among them. Write `reviewed: new` to be told it. A rule without it is not \
        judged.
        """)
  ) { context, found in
    let reviewed = context.reviewedRules
    Provenance.eachRule(context) { rule, library in
      guard let stated = reviewed[rule.nameSpan], !library.lacksWords(ofWhatIsCitedBy: rule),
        !context.faults.hasErrors(within: rule.span)
      else { return }
      let present = library.reviewFingerprint(of: rule)
      guard stated.value != present else { return }
      let fix = Fix(
        title: "the rule was compared with the statements as they are now",
        edits: [TextEdit(span: stated.span, replacement: present)], safety: .edit)
      found.report(
        "what `\(rule.name)` cites is not what it was reviewed against", at: stated.span,
        related: rule.allCitations.prefix(3).map { RelatedPlace($0.span, "cited here") },
        help: ["compare the rule with what it cites, then write `reviewed: \(present)`"], fixes: [fix])
    }
  }
}

extension LintContext {
  /// What rules say under `reviewed`, by the place of their names.
  fileprivate var reviewedRules: [Span: LocatedText] {
    var found: [Span: LocatedText] = [:]
    for document in syntax.documents {
      guard case .guideline(let body) = document.syntax.body else { continue }
      for rule in body.rules { found[rule.id.span] = rule.reviewed }
    }
    return found
  }
}

extension Library {
  /// The statements that a rule cites, as one word; their order does not count.
  func reviewFingerprint(of rule: Rule) -> String {
    let lines = rule.allCitations.flatMap { citation in
      statements(citation, of: rule).map { statement in
        [citation.source, statement.id, statement.says, statement.quote ?? "", statement.at ?? ""]
      }
    }
    var hash = FNV()
    for line in Set(lines).sorted(by: { $0.lexicographicallyPrecedes($1) }) { line.forEach { hash.add($0) } }
    return "fnv1a64:" + hash.text
  }
}
