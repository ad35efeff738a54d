internal import GuidelineModel
internal import SourceText

extension Check {
  static let citationWithoutStatement = Check(
    DiagnosticCode("GL0602", "citation-without-statement", .warning), .library,
    CheckPage(
      summary: "A rule rests on a whole source, or on its `because` alone, and on no statement of a source.",
      why: "A reviewer would have to read a whole guideline to find the sentence that the advice was taken from.",
      example: """
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook
        """,
      mended: """
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook#H1
        """,
      notes: """
        One statement is enough: beside it, a whole source may be named. A rule without source and without `because` is \
        reported as rule-without-citation.
        """)
  ) { context, found in
    Provenance.eachRule(context) { rule, library in
      let citations = rule.allCitations
      guard citations.allSatisfy({ $0.statements.isEmpty }), !(citations.isEmpty && rule.because == nil),
        !context.faults.hasErrors(within: rule.span)
      else { return }
      guard let citation = citations.first else {
        found.report(
          "the rule `\(rule.name)` rests on its `because` alone", at: rule.nameSpan,
          help: ["cite the statement that it carries out; a choice of your own can be a source with statements too"])
        return
      }
      let known = library.source(of: citation)?.statements.first.map { "\(citation.source)#\($0.id)" }
      found.report(
        "the rule `\(rule.name)` cites `\(citation.source)` as a whole and no statement of it", at: rule.nameSpan,
        related: [RelatedPlace(citation.span, "the source")],
        help: [
          known.map { "name the statement, as in `\($0)`" } ?? "list the statement under `statements` of the source"
        ])
    }
  }
}
