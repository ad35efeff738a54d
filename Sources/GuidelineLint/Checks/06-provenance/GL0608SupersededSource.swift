internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let supersededSource = Check(
    DiagnosticCode("GL0608", "superseded-source", .warning), .library,
    CheckPage(
      summary: "A rule rests on a source that was retracted, or that another has replaced.",
      why: "The advice may have been turned around, or its evidence withdrawn.",
      example: """
        sources:
          handbook:
            title: A handbook
            superseded_by: the second edition
            statements: {H1: {says: one thing}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        sources:
          second-edition:
            title: A handbook, second edition
            statements: {H1: {says: one thing}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: second-edition#H1
        """,
      notes: """
        A source says so itself, with `superseded_by` or `retracted`. Guidelines that are no longer in force may rest on \
        what was valid then.
        """)
  ) { context, found in
    let written = context.writtenSourcesByPlace
    var seen: Set<Span> = []
    for company in context.companies {
      for rule in company.library.rules {
        if let until = company.library[rule.document].until, until < context.today { continue }
        for citation in rule.allCitations {
          guard let place = company.library.source(of: citation)?.span, let source = written[place],
            let fate = source.fate, seen.insert(citation.span).inserted
          else { continue }
          found.report(
            "`\(rule.name)` rests on `\(source.id.value)`, which \(fate.words)", at: citation.span,
            related: [RelatedPlace(fate.span, "said here")],
            help: ["read what holds now, and cite that; or end the guideline with `until`"])
        }
      }
    }
  }
}

extension SourceSyntax {
  /// What has become of it since it was published.
  fileprivate var fate: (words: String, span: Span)? {
    if let retracted { return ("was retracted on \(retracted.value)", retracted.span) }
    return supersededBy.map { ("was replaced: \($0.value)", $0.span) }
  }
}
