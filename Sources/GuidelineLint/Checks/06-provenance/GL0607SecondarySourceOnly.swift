internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let secondarySourceOnly = Check(
    DiagnosticCode("GL0607", "secondary-source-only", .warning), .library,
    CheckPage(
      summary: "Rules rest on a source alone that only tells what other sources say.",
      why: "What is retold is shortened and sometimes wrong, and nobody has looked at the guideline itself.",
      example: """
        sources:
          page:
            title: A page on the web
            kind: secondary
            statements: {W1: {says: one thing}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: page#W1
        """,
      mended: """
        sources:
          page:
            title: A page on the web
            kind: secondary
            statements: {W1: {says: one thing}}
          guideline:
            title: The guideline that the page retells
            kind: guideline
            statements: {R1: {says: one thing}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            source: [guideline#R1, page#W1]
        """,
      notes:
        "One finding for a source in each document that relies on it. A source says so itself, with `kind: secondary`.")
  ) { context, found in
    let written = context.writtenSourcesByPlace
    var alone: [RelianceKey: [Rule]] = [:]
    var order: [RelianceKey] = []
    Provenance.eachRule(context) { rule, library in
      let sources = rule.allCitations.map { library.source(of: $0)?.span }
      guard let first = sources.first, let place = first,
        sources.allSatisfy({ $0.flatMap { written[$0]?.kind?.value } == "secondary" })
      else { return }
      let key = RelianceKey(document: library[rule.document].id, source: place)
      if alone[key] == nil { order.append(key) }
      alone[key, default: []].append(rule)
    }
    for key in order {
      guard let rules = alone[key], let source = written[key.source] else { continue }
      let count =
        rules.count == 1 ? "1 rule of `\(key.document)` rests" : "\(rules.count) rules of `\(key.document)` rest"
      found.report(
        "\(count) on the secondary source `\(source.id.value)` alone", at: key.source,
        related: rules.prefix(3).map { RelatedPlace($0.nameSpan, "for example this rule") },
        help: ["cite the guideline that it retells beside it; or allow it with the reason"])
    }
  }
}

private struct RelianceKey: Hashable {
  var document: String
  var source: Span
}

extension LintContext {
  /// The sources of all documents, by the place of their ids.
  var writtenSourcesByPlace: [Span: SourceSyntax] {
    Dictionary(writtenSources.map { ($0.id.span, $0) }) { first, _ in first }
  }
}
