internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let strengthDiffersFromSource = Check(
    DiagnosticCode("GL0603", "strength-differs-from-source"), .library, isSafety: true,
    CheckPage(
      summary: "A rule gives its advice another strength or certainty than the statement that it cites.",
      why: """
        Whoever reads strong takes other options off the table. A conditional recommendation leaves them to patient \
        and clinician.
        """,
      example: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: "Rapidly progressive: conditionally against azathioprine."}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            strength: strong
            source: handbook#H1
        """,
      mended: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: "Rapidly progressive: conditionally against azathioprine."}}
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            strength: conditional
            source: handbook#H1
        """,
      notes: """
        Judged are words such as strongly, a strong recommendation, conditionally, weak recommendation, very low \
        certainty. Nothing is said where the cited statements give no strength, or where one of them gives the same. In \
        a table each row is compared with its own statement.
        """)
  ) { context, found in
    var seen: Set<GradeFinding> = []
    var judged: Set<Span> = []
    for company in context.companies {
      for rule in company.library.rules where !context.faults.hasErrors(within: rule.span) {
        guard judged.insert(rule.nameSpan).inserted || !company.library.staysInItsDocument(rule) else { continue }
        for finding in company.library.gradesThatDiffer(rule) where seen.insert(finding).inserted {
          let isWholeRule = finding.place == rule.nameSpan
          let place = isWholeRule ? context.writtenGrade(finding.scale, finding.stated, ofRuleAt: rule.nameSpan) : nil
          found.report(
            "`\(rule.name)` says `\(finding.scale): \(finding.stated)`, but its source says \(finding.inSource)",
            at: place ?? finding.place, related: [RelatedPlace(finding.statement, "the statement")],
            help: ["write `\(finding.scale): \(finding.meant)`, or cite the statement that gives this \(finding.scale)"]
          )
        }
      }
    }
  }
}

/// A grade of a rule beside that of its source.
private struct GradeFinding: Hashable {
  var place: Span
  var scale: String
  var stated: String
  var inSource: String
  /// The first that the source gives.
  var meant: String
  var statement: Span
}

extension Library {
  fileprivate func gradesThatDiffer(_ rule: Rule) -> [GradeFinding] {
    var found: [GradeFinding] = []
    for conclusion in rule.conclusions {
      let citations = conclusion.citations.isEmpty ? rule.citations : conclusion.citations
      for (scale, grade) in [("strength", conclusion.strength), ("certainty", conclusion.certainty)] {
        let words = scale == "strength" ? GradeWords.strengths : GradeWords.certainties
        switch grade {
        case nil: break
        case .word(let stated):
          let statements = citations.flatMap { self.statements($0, of: rule) }
          found += difference(stated, scale, words, statements, at: rule.nameSpan)
        case .column(let variable, let field):
          for row in knowledgeRows(of: variable, in: rule) ?? [] {
            guard row.cells.indices.contains(field), case .one(.text(let stated)) = row.cells[field] else { continue }
            var statements = citations.flatMap { self.statements($0, for: row, of: variable) }
            if statements.isEmpty { statements = citations.flatMap { namedStatements($0) } }
            found += difference(stated, scale, words, statements, at: row.span)
          }
        }
      }
    }
    return found
  }

  private func difference(
    _ stated: String, _ scale: String, _ words: (String) -> Set<String>, _ statements: [Statement], at place: Span
  ) -> [GradeFinding] {
    let graded = statements.map { ($0, $0.words.reduce(into: Set<String>()) { $0.formUnion(words($1)) }) }
      .filter { !$0.1.isEmpty }
    guard let first = graded.first, !graded.contains(where: { $0.1.contains(stated) }) else { return [] }
    let inSource = first.1.sorted().map { "`\($0)`" }.joined(separator: " and ")
    return [
      GradeFinding(
        place: place, scale: scale, stated: stated, inSource: inSource, meant: first.1.min() ?? "",
        statement: first.0.span)
    ]
  }
}
