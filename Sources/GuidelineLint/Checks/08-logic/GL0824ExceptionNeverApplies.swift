internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let exceptionNeverApplies = Check(
    DiagnosticCode("GL0824", "exception-never-applies", .warning),
    CheckPage(
      summary: "No patient who meets the conditions of a rule can meet its `unless`.",
      why: "The exception was written to protect somebody. As it stands it protects nobody.",
      example: """
        rules:
          in-adults:
            when: [patient.age >= 18 a]
            unless: [patient.age < 12 a]
            then:
              - {recommend: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          in-adults:
            when: [patient.age >= 18 a]
            unless: [patient.age >= 80 a]
            then:
              - {recommend: azathioprine, line: first_line}
        """)
  ) { company, found in
    guard company.isWhole else { return }
    for (rule, nodes) in company.rules where rule.unless != nil {
      guard let span = rule.unless?.span else { continue }
      var applies = false
      var holds = false
      for node in nodes where !applies {
        guard let unless = company.graph[node].unless, company.graph.isClosed(unless) else {
          applies = true
          break
        }
        guard company.canHold(node) else { continue }
        holds = true
        applies = !company.analysis.isImpossible(.all([.body(node, .presuming), .holds(unless, .presuming)]))
      }
      if applies { found.acquit(span) }
      guard holds, !applies else { continue }
      found.reportIfEverywhere(
        span, "no patient of `\(rule.name)` can ever meet this exception", at: span,
        notes: ["seen with the guidelines \(company.company.name)"],
        help: ["correct the exception, or take it away"])
    }
  }
}
