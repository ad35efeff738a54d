internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let factBecameRequired = Check(
    DiagnosticCode("GL1106", "fact-became-required", .warning), .change,
    CheckPage(
      summary: "The rules read a fact that they did not read before, and no CHANGELOG says so.",
      why: "A site that does not record it gets provisional advice, or none, where it got advice before.",
      example: """
        # before
        rules:
          adults: {when: [patient.age >= 18 a], then: [{recommend: azathioprine}]}
        # now
        rules:
          adults: {when: [patient.age >= 18 a, ild.severity is mild], then: [{recommend: azathioprine}]}
        """,
      mended: """
        # CHANGELOG.md
        ## 2.0.0
        - `ild.severity` is read now.
        """,
      notes: """
        Found by `guideline-lint changes`, for the guidelines in force today. The CHANGELOG of any document that \
        changed may name the fact.
        """)
  ) { context, found in
    guard let company = context.changes?.companies.first(where: { !$0.name.hasSuffix(" alone") }) else { return }
    let words = (context.changes?.documents ?? []).compactMap { context.changelogWords(of: $0) }
    for name in company.newFacts where !words.contains(where: { $0.mentions(name) }) {
      found.report(
        "`\(name)` is read now and was not before: sites have to supply it", at: context.declaration(of: name),
        help: ["name it in the CHANGELOG, so that sites record it before they take the new version"])
    }
  }
}

extension LintContext {
  fileprivate func declaration(of name: String) -> Span? {
    if let fact = vocabulary.factNamed[name] { return vocabulary[fact].span }
    return vocabulary.recordNamed[name].map { vocabulary[$0].span }
  }
}
