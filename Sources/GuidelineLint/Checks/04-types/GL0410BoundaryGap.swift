internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let boundaryGap = Check(
    DiagnosticCode("GL0410", "boundary-gap", .warning), .syntax,
    CheckPage(
      summary: "Two rules that differ in one comparison both leave out the limit itself.",
      why: "A patient exactly at the limit gets no advice, and nobody notices.",
      example: """
        rules:
          mild:
            title: Mild
            when: [ild.present, latest pft.fvc > 70 %]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
          moderate:
            title: Moderate
            when: [ild.present, latest pft.fvc < 70 %]
            then: [{recommend: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        rules:
          mild:
            title: Mild
            when: [ild.present, latest pft.fvc >= 70 %]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
          moderate:
            title: Moderate
            when: [ild.present, latest pft.fvc < 70 %]
            then: [{recommend: azathioprine}]
            source: handbook#H1
        """,
      notes: """
        Meant are rules of one document that conclude one kind of thing, and whose other conditions are word for word the \
        same. Nothing is said where a third rule names the limit.
        """)
  ) { context, found in
    for pair in SiblingLimits.pairs(in: context) where !pair.low.includesLimit && !pair.high.includesLimit {
      guard !SiblingLimits.speaksForLimit(of: pair, in: context) else { continue }
      found.report(
        "exactly `\(pair.low.limit)` falls in neither `\(pair.low.rule.id.value)` nor `\(pair.high.rule.id.value)`",
        at: pair.low.line, related: [RelatedPlace(pair.high.line, "the limit is left out here too")],
        help: ["let the limit belong to one of them, as the source says: write `<=` or `>=`"])
    }
  }
}
