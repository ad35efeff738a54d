internal import GuidelineModel
internal import SourceText

extension Check {
  static let ruleWithoutCitation = Check(
    DiagnosticCode("GL0601", "rule-without-citation"), .library,
    CheckPage(
      summary: "A rule cites no source and does not say why it stands there.",
      why: """
        Nobody can check advice that comes from nowhere, and nobody notices when the guideline that it was taken from \
        says something else.
        """,
      example: """
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
        """,
      mended: """
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: handbook#H1
        """,
      notes: """
        A source may be inherited from the table or the guideline. A rule that has a `because` and no source is \
        reported as citation-without-statement.
        """)
  ) { context, found in
    Provenance.eachRule(context) { rule, library in
      guard rule.allCitations.isEmpty, rule.because == nil, !context.faults.hasErrors(within: rule.span) else { return }
      found.report(
        "the rule `\(rule.name)` cites no source", at: rule.nameSpan,
        help: ["add `source: <source>#<statement>`; if it is a choice of your own, say so under `because`"])
    }
  }
}
