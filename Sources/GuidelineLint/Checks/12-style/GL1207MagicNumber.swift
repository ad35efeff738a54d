internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let magicNumber = Check(
    DiagnosticCode("GL1207", "magic-number", .info), .syntax,
    CheckPage(
      summary: "Three or more rules of a document compare the same value with the same number.",
      why: "When the limit changes, it is changed in two of them.",
      example: """
        rules:
          stop:
            title: Stop
            when: [latest lab.wbc < 2.0 10*9/L]
            then: [{stop: azathioprine}]
            source: handbook#H1
          count-again:
            title: Count again
            when: [latest lab.wbc < 2.0 10*9/L]
            then: [{test: cbc}]
            source: handbook#H1
          warn:
            title: Warn
            when: [latest lab.wbc < 2.0 10*9/L]
            then: [{warn: low_white_cells}]
            source: handbook#H1
        """,
      mended: """
        define:
          low_cells: {means: latest lab.wbc < 2.0 10*9/L, source: handbook#H1}
        rules:
          stop:
            title: Stop
            when: [low_cells]
            then: [{stop: azathioprine}]
            source: handbook#H1
          count-again:
            title: Count again
            when: [low_cells]
            then: [{test: cbc}]
            source: handbook#H1
          warn:
            title: Warn
            when: [low_cells]
            then: [{warn: low_white_cells}]
            source: handbook#H1
        """,
      notes: "The whole line is compared, blanks apart.")
  ) { context, found in
    for document in context.syntax.documents {
      guard case .guideline(let body) = document.syntax.body else { continue }
      var places: [String: [(rule: String, span: Span)]] = [:]
      for rule in body.rules {
        for line in (rule.when + rule.unless).flatMap(\.linesWithNumbers) {
          let text = context.files.text(line).split(whereSeparator: \.isWhitespace).joined(separator: " ")
          guard places[text]?.last?.rule != rule.id.value else { continue }
          places[text, default: []].append((rule.id.value, line))
        }
      }
      for (text, uses) in places.sorted(by: { $0.key < $1.key }) where uses.count >= 3 {
        found.report(
          "`\(text)` stands in \(uses.count) rules", at: uses[0].span,
          related: uses.dropFirst().map { RelatedPlace($0.span, "again in `\($0.rule)`") },
          help: ["give it a name under `define`, and read the name"])
      }
    }
  }
}

extension ConditionSyntax {
  /// The lines that compare something with a number.
  fileprivate var linesWithNumbers: [Span] {
    switch form {
    case .group(_, let members): return members.flatMap(\.linesWithNumbers)
    case .not(let inner): return inner.linesWithNumbers
    case .relation(_, let relation):
      guard case .compare(_, let value) = relation.form, case .literal(.quantity) = value.form else { return [] }
      return [span]
    default: return []
    }
  }
}
