internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let titleMissing = Check(
    DiagnosticCode("GL1202", "title-missing", .warning), .syntax,
    CheckPage(
      summary: "A rule or a table of conditions has no title.",
      why: "Answers name the rule that they come from. A clinician reads the title; an id is for machines.",
      example: """
        rules:
          stop-02:
            when: [ild.rapidly_progressive]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        rules:
          stop-02:
            title: Stop azathioprine in rapidly progressive disease
            when: [ild.rapidly_progressive]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      notes: "A row of a table has the title of its table. A rule that only derives rows of a record needs none.")
  ) { context, found in
    for document in context.syntax.documents {
      guard case .guideline(let body) = document.syntax.body else { continue }
      for rule in body.rules where rule.title == nil && !rule.onlyDerives {
        found.report(
          "the rule `\(rule.id.value)` has no title", at: rule.id.span,
          help: ["add `title:` with words that a clinician understands"])
      }
      for table in body.tables where table.title == nil {
        guard case .decision = table.body else { continue }
        found.report(
          "the table `\(table.id.value)` has no title", at: table.id.span,
          help: ["add `title:` with words that a clinician understands"])
      }
    }
  }
}

extension RuleSyntax {
  fileprivate var onlyDerives: Bool { !then.isEmpty && then.allSatisfy { $0.kind.value == "derive" } }
}
