internal import GuidelineModel
internal import SourceText

extension Check {
  static let statementNotCovered = Check(
    DiagnosticCode("GL0612", "statement-not-covered", .warning), .library,
    CheckPage(
      summary: "A statement of a source is cited by nothing and does not say why no rule follows from it.",
      why: """
        A contraindication that was listed and then forgotten looks the same as one that was carried out: it protects \
        nobody.
        """,
      example: """
        sources:
          handbook:
            title: A handbook
            statements:
              H1: {says: one thing}
              H2: {says: another thing}
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
            statements:
              H1: {says: one thing}
              H2: {says: another thing, not_encoded: background}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook#H1
        """,
      notes: """
        `guideline coverage` lists all statements with what became of them. A source that nothing cites at all is \
        reported once, as unused-source. Nothing is said while any part of the library is broken.
        """)
  ) { context, found in
    guard context.isWhole else { return }
    let cited = context.citedStatements
    var seen: Set<Span> = []
    for company in context.companies {
      for source in company.library.documents.flatMap(\.sources) {
        guard let known = cited[source.span], seen.insert(source.span).inserted else { continue }
        for statement in source.statements where statement.notEncoded == nil && !known.contains(statement.id) {
          found.report(
            "the statement `\(statement.id)` of `\(source.id)` is cited by nothing", at: statement.span,
            help: ["cite it in the rule that carries it out, or say under `not_encoded` why none does"])
        }
      }
    }
  }
}
