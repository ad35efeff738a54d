internal import GuidelineModel
internal import SourceText

extension Check {
  static let citedButNotEncoded = Check(
    DiagnosticCode("GL0613", "cited-but-not-encoded", .warning), .library,
    CheckPage(
      summary: "A rule cites a statement of which `not_encoded` says that no rule follows from it.",
      why: """
        One of the two is wrong. If the statement was left out because nobody could verify it, a rule now rests on it \
        all the same.
        """,
      example: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: one thing, not_encoded: unverified}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: one thing}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook#H1
        """,
      notes: "A statement that the rows of a table name is judged row by row.")
  ) { context, found in
    var seen: Set<[Span]> = []
    Provenance.eachRule(context) { rule, library in
      for citation in rule.allCitations {
        for statement in library.statements(citation, of: rule) {
          guard let reason = statement.notEncoded, seen.insert([citation.span, statement.span]).inserted else {
            continue
          }
          found.report(
            "`\(rule.name)` cites `\(statement.id)`, of which is said that it is not encoded", at: citation.span,
            related: [RelatedPlace(statement.span, "not encoded: \(reason)")],
            help: ["cite another statement; or take `not_encoded` away, if it was verified"])
        }
      }
    }
  }
}
