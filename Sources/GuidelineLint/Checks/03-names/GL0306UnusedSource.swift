internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let unusedSource = Check(
    DiagnosticCode("GL0306", "unused-source", .warning), .library,
    CheckPage(
      summary: "A source is declared, and no rule or definition cites it.",
      why: """
        The reader believes that the guideline rests on it. Perhaps the rule that was to be taken from it has been \
        forgotten.
        """,
      example: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: not in rapidly progressive disease}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            because: The rule whose source was forgotten.
        """,
      mended: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: not in rapidly progressive disease}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook#H1
        """,
      notes: """
        A source all of whose statements say under `not_encoded` why no rule follows from them is used. Nothing is said \
        while any part of the library is broken, because that part may be the one that cites it.
        """)
  ) { context, found in
    guard context.isWhole else { return }
    let cited = context.citedStatements
    for company in context.companies {
      for source in company.library.documents.flatMap(\.sources) where cited[source.span] == nil {
        let isExplained = !source.statements.isEmpty && source.statements.allSatisfy { $0.notEncoded != nil }
        guard !isExplained else { continue }
        let finding = "the source `\(source.id)` is declared, but nothing cites it"
        guard !found.items.contains(where: { $0.span == source.span }) else { continue }
        found.report(
          finding, at: source.span,
          help: ["cite it where it is carried out, take it away, or say under `not_encoded` why nothing follows"])
      }
    }
  }
}

extension LintContext {
  /// The statements of each source, by its place, that rules and definitions cite in any company.
  ///
  /// Tables are read in the documents as they were written: a table cites for all its rows.
  var citedStatements: [Span: Set<String>] {
    var cited: [Span: Set<String>] = [:]
    // What cites its own document alone cites the same in every company.
    var seen: Set<Span> = []
    for company in companies {
      let library = company.library
      func note(_ citation: Citation, _ rule: Rule?) {
        guard let source = library.source(of: citation) else { return }
        cited[source.span, default: []].formUnion(library.statements(citation, of: rule).map(\.id))
      }
      for rule in library.rules where seen.insert(rule.nameSpan).inserted || !library.staysInItsDocument(rule) {
        rule.allCitations.forEach { note($0, rule) }
      }
      for definition in library.definitions { definition.citations.forEach { note($0, nil) } }
    }
    for document in syntax.documents {
      guard case .guideline(let body) = document.syntax.body else { continue }
      for citation in body.tables.flatMap({ $0.annotations.sources ?? [] }) where citation.document == nil {
        guard let source = body.sources.first(where: { $0.id.value == citation.source.value }) else { continue }
        cited[source.id.span, default: []].formUnion(citation.statements.map(\.value))
      }
    }
    return cited
  }
}
