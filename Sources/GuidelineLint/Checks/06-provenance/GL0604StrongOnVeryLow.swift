internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let strongOnVeryLow = Check(
    DiagnosticCode("GL0604", "strong-on-very-low", .warning), .library,
    CheckPage(
      summary: "Strong advice rests on very low certainty, and the rule does not say why.",
      why: """
        GRADE calls this discordant and accepts it in few situations, such as a threat to life. Whoever follows the \
        advice should know which one it is.
        """,
      example: """
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            strength: strong
            certainty: very_low
            source: handbook#H1
        """,
      mended: """
        rules:
          no-azathioprine:
            when: [ild.rapidly_progressive]
            then: [{against: azathioprine}]
            strength: strong
            certainty: very_low
            source: handbook#H1
            because: The panel put the risk of death from delay above the uncertainty.
        """,
      notes: "A comment of the conclusion counts as a reason too.")
  ) { context, found in
    Provenance.eachRule(context) { rule, library in
      guard rule.because == nil, rule.comment == nil else { return }
      // What a document says of itself as a whole is no reason for one rule.
      let general = context.syntax.documents.first { $0.file == rule.nameSpan.file }?.syntax.header.comment?.value
      let conclusion = rule.conclusions.first {
        ($0.comment == nil || $0.comment == general) && library.isDiscordant($0, of: rule)
      }
      guard let conclusion else { return }
      found.report(
        "`\(rule.name)` gives strong advice on very low certainty without a reason",
        at: context.writtenGrade("strength", "strong", ofRuleAt: rule.nameSpan) ?? rule.nameSpan,
        related: [RelatedPlace(conclusion.span, "this advice")],
        help: ["say under `because` why the source is so sure; or correct the strength or the certainty"])
    }
  }
}

extension Library {
  fileprivate func isDiscordant(_ conclusion: Conclusion, of rule: Rule) -> Bool {
    guard let strength = conclusion.strength, let certainty = conclusion.certainty else { return false }
    switch (strength, certainty) {
    case (.word(let strength), .word(let certainty)): return strength == "strong" && certainty == "very_low"
    case (.column(let variable, _), _), (_, .column(let variable, _)):
      return (knowledgeRows(of: variable, in: rule) ?? []).contains { row in
        word(strength, variable, row) == "strong" && word(certainty, variable, row) == "very_low"
      }
    }
  }

  private func word(_ grade: Grade, _ variable: Int, _ row: KnowledgeRow) -> String? {
    switch grade {
    case .word(let word): return word
    case .column(variable, let field):
      guard row.cells.indices.contains(field), case .one(.text(let word)) = row.cells[field] else { return nil }
      return word
    case .column: return nil
    }
  }
}
