internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let ruleTooComplex = Check(
    DiagnosticCode("GL1203", "rule-too-complex", .info), .syntax,
    CheckPage(
      summary: "A rule has more than twelve conditions, or groups within groups within groups.",
      why: "Nobody can say by reading for whom it speaks, and a condition that is missing is not noticed.",
      example: """
        rules:
          stop:
            title: Stop
            when:
              - any:
                  - ild.present
                  - all:
                      - ild.severity is severe
                      - any:
                          - ild.rapidly_progressive
                          - all: [patient.age < 18 a, pft.dlco < 40 %]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        define:
          child_with_low_dlco:
            means: [patient.age < 18 a, pft.dlco < 40 %]
          worsening:
            means:
              any: [ild.rapidly_progressive, child_with_low_dlco]
        rules:
          stop:
            title: Stop
            when:
              - any:
                  - ild.present
                  - all: [ild.severity is severe, worsening]
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      notes: "Counted are the lines under `when` and `unless`; more than three groups within each other are too many.")
  ) { context, found in
    for document in context.syntax.documents {
      guard case .guideline(let body) = document.syntax.body else { continue }
      for rule in body.rules {
        let conditions = rule.when + rule.unless
        let count = conditions.reduce(0) { $0 + $1.lineCount }
        let depth = conditions.map(\.groupDepth).max() ?? 0
        guard count > 12 || depth > 3 else { continue }
        found.report(
          "`\(rule.id.value)` has \(count) conditions, in groups up to \(depth) deep", at: rule.id.span,
          help: ["give groups of conditions a name of their own under `define`"])
      }
    }
  }
}

extension ConditionSyntax {
  fileprivate var lineCount: Int {
    switch form {
    case .group(_, let members): members.reduce(0) { $0 + $1.lineCount }
    case .not(let inner): inner.lineCount
    default: 1
    }
  }

  /// How many groups stand within each other.
  fileprivate var groupDepth: Int {
    switch form {
    case .group(_, let members): 1 + (members.map(\.groupDepth).max() ?? 0)
    case .not(let inner): inner.groupDepth
    default: 0
    }
  }
}
