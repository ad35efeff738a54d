internal import GuidelineCompiler
internal import GuidelineModel
internal import SourceText

extension Check {
  static let unusedFact = Check(
    DiagnosticCode("GL0305", "unused-fact", .warning), .library, isFixable: true,
    CheckPage(
      summary: "A fact is declared that no rule, definition or scope reads.",
      why: """
        Somebody may be asked for it, and may believe that it counts: an allergy that is recorded and that no rule \
        looks at protects nobody.
        """,
      example: """
        facts:
          patient.allopurinol_allergy: {type: yes_no, ask: Is the patient allergic to allopurinol?}
        """,
      mended: """
        # file: words.yaml
        facts:
          patient.allopurinol_allergy: {type: yes_no, ask: Is the patient allergic to allopurinol?}
        # file: rules.yaml
        uses: [ild-clinic, words-words]
        rules:
          no-allopurinol:
            when: [patient.allopurinol_allergy]
            then: [{against: allopurinol}]
            source: handbook#H1
        """,
      notes: """
        A fact that only test cases state is unused. A fact that a definition derives is not judged here. Nothing is \
        said while any part of the library is broken, because that part may be the one that reads the fact. Taking \
        it away is offered and never done as safe: patients in whom it is recorded would be refused.
        """)
  ) { context, found in
    guard context.isWhole else { return }
    var used: Set<FactID> = []
    for company in context.companiesInForce {
      used.formUnion(company.library.derivations.keys)
      guard let map = company.program?.sourceMap else { continue }
      used.formUnion(map.scalarSlots.keys)
      used.formUnion(map.setSlots.keys)
      used.formUnion(map.seriesSlots.keys)
    }
    for (index, fact) in context.vocabulary.facts.enumerated() where !used.contains(FactID(index)) {
      found.report(
        "the fact `\(fact.name)` is declared, but nothing reads it", at: fact.span,
        help: ["take it away, or write the rule that needs it"],
        fixes: Removal(fact.span.file, context)?.entry(at: fact.span).map {
          [Fix(title: "take the fact away", edits: [$0], safety: .edit)]
        } ?? [])
    }
  }
}
