internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let publishedAfterEffective = Check(
    DiagnosticCode("GL0707", "published-after-effective", .warning), .library,
    CheckPage(
      summary: "A guideline speaks from a day on which a source that it cites was not yet published.",
      why: """
        Asked about a patient of an earlier day, it gives advice that nobody could have known. Often one of the two \
        days is mistyped.
        """,
      example: """
        in_force: {from: 2026-01-01}
        sources:
          handbook:
            title: A handbook
            published: 2026-05-01
            statements: {H1: {says: one thing}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        in_force: {from: 2026-05-01}
        sources:
          handbook:
            title: A handbook
            published: 2026-05-01
            statements: {H1: {says: one thing}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook#H1
        """,
      notes: "One finding for a source, however many rules cite it.")
  ) { context, found in
    var seen: Set<[Span]> = []
    Provenance.eachRule(context) { rule, library in
      let document = library[rule.document]
      guard let from = document.from else { return }
      for citation in rule.allCitations {
        guard let source = library.source(of: citation), let published = source.published, published > from,
          seen.insert([document.span, source.span]).inserted
        else { continue }
        found.report(
          "`\(document.id)` is in force from \(from.iso), but its source `\(source.id)` was published on \(published.iso)",
          at: context.beginning(of: document) ?? citation.span,
          related: [RelatedPlace(source.span, "the source"), RelatedPlace(citation.span, "it is cited here")],
          help: ["let the guideline begin when its sources are there, or cite what was known before"])
      }
    }
  }
}

extension LintContext {
  /// The day from which a document is in force, as it is written.
  fileprivate func beginning(of document: Document) -> Span? {
    syntax.documents.first { $0.file == document.span.file }?.syntax.header.inForce?.from?.span
  }
}
