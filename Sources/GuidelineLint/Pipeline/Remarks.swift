internal import GuidelineModel
internal import SourceText

/// What was analysed, and what was not decided: the last lines of a report.
func remarks(on families: [ExaminedFamily], _ findings: [Finding]) -> [String] {
  func sum(_ count: (ExaminedFamily) -> Int) -> Int { families.map(count).reduce(0, +) }
  let rules = sum(\.rules)
  guard rules > 0 else { return [] }
  let companies = sum(\.choices)
  let undecided = findings.count { $0.diagnostic.code.id == Check.analysisBudgetReached.code.id }
  let choices = companies == 1 ? "1 choice of guidelines" : "\(companies) choices of guidelines"
  return [
    "Analysed \(sum(\.rulesAnalysed)) of \(rules) rules in \(choices).",
    "Not decided: \(undecided == 0 ? "nothing" : "\(undecided) questions, see GL0010").",
  ]
}

/// The rules and rows that are in some company: all that were written, and those of companies that are whole.
func writtenRules(_ context: LintContext) -> (analysed: Int, all: Int) {
  var all: Set<Span> = []
  var analysed: Set<Span> = []
  for company in context.companies {
    let spans = company.library.rules.map(\.nameSpan)
    all.formUnion(spans)
    all.formUnion(company.leftOut.filter { $0.kind == .rule || $0.kind == .row }.map(\.nameSpan))
    if company.isWhole, !context.isIncomplete { analysed.formUnion(spans) }
  }
  return (analysed.count, all.count)
}
