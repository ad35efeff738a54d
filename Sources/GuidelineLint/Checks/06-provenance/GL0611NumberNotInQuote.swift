internal import ClinicalValues
internal import GuidelineModel
internal import SourceText

extension Check {
  static let numberNotInQuote = Check(
    DiagnosticCode("GL0611", "number-not-in-quote"), .library,
    CheckPage(
      summary: "A statement gives a number that does not stand in the sentence that it quotes.",
      why: "One of the two was copied wrongly, and the rules were written from the wrong one.",
      example: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: Stop below 2.0, quote: "Stop when white cells fall below 3.0 × 10⁹/L."}}
        """,
      mended: """
        sources:
          handbook:
            title: A handbook
            statements: {H1: {says: Stop below 3.0, quote: "Stop when white cells fall below 3.0 × 10⁹/L."}}
        """,
      notes: "Figures are compared, 2.0 being 2; a number that the quotation spells out counts.")
  ) { context, found in
    var seen: Set<Span> = []
    for company in context.companies {
      for statement in company.library.documents.flatMap(\.sources).flatMap(\.statements) {
        guard let quote = statement.quote, seen.insert(statement.span).inserted else { continue }
        let quoted = NumbersInText([quote, statement.at ?? ""])
        guard let number = NumbersInText.figures(in: statement.says).first(where: { !quoted.sizes.contains($0) })
        else { continue }
        found.report(
          "`\(statement.id)` says \(number.canonicalDecimal), which does not stand in its quotation",
          at: statement.span,
          help: ["read the source, and correct what the statement says or quotes"])
      }
    }
  }
}
