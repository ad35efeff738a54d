internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let analysisIncomplete = Check(
    DiagnosticCode("GL0011", "analysis-incomplete", .info), .library,
    CheckPage(
      summary: "A rule, definition, table or whole document was left out of the later checks because it is broken.",
      why: """
        What is broken is reported once and looked at no further, so that one mistake does not make ten findings. But \
        then a contradiction or a gap that goes through this rule is not found either, until the mistake is mended.
        """,
      example: """
        rules:
          adults:
            when: [patient.aeg >= 18 a]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
        """,
      mended: """
        rules:
          adults:
            when: [patient.age >= 18 a]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
        """,
      notes: "It counts nothing by itself: the error that it names does.")
  ) { context, found in
    var parts: [Int: [LeftOutPart]] = [:]
    var seen: Set<LeftOutPart> = []
    for part in context.companiesInForce.flatMap(\.leftOut) where seen.insert(part).inserted {
      parts[part.document, default: []].append(part)
    }
    for (index, document) in context.syntax.documents.enumerated() {
      if case .broken = document.syntax.body {
        reportUnread(document.file, context, into: &found)
      } else {
        report(parts[index] ?? [], context, into: &found)
      }
    }
  }
}

/// One finding for each part; the rows of a table have one together.
private func report(_ parts: [LeftOutPart], _ context: LintContext, into found: inout CheckFindings) {
  var rows: [Substring: Int] = [:]
  for part in parts where part.kind == .row { rows[part.table, default: 0] += 1 }
  var told: Set<Substring> = []
  for part in parts where part.kind != .row || told.insert(part.table).inserted {
    let count = part.kind == .row ? rows[part.table] ?? 1 : 1
    let name = count == 1 ? "`\(part.name)` is" : "\(count) rows of `\(part.table)` are"
    found.report(
      "\(name) left out of the analysis\(reason(part, context))", at: part.nameSpan,
      help: ["mend what is reported as an error, and run again"])
  }
}

private func reason(_ part: LeftOutPart, _ context: LintContext) -> String {
  guard let cause = context.faults.errors(within: part.span).first, let span = cause.span else {
    return onlyCause(context) ?? ", because of a fault elsewhere"
  }
  return " until \(cause.code.id) on line \(context.files.position(span).line) is mended"
}

/// Where there is one error in the whole library, it is the cause.
private func onlyCause(_ context: LintContext) -> String? {
  let errors = context.faults.items.filter { $0.code.severity == .error }
  guard errors.count == 1, let cause = errors.first, let span = cause.span else { return nil }
  let file = context.files[span.file]
  return " until \(cause.code.id) in `\(file.path)` on line \(context.files.position(span).line) is mended"
}

extension LeftOutPart {
  /// What stands before the `#` of a row.
  fileprivate var table: Substring { name.prefix { $0 != "#" } }
}

private func reportUnread(_ file: FileID, _ context: LintContext, into found: inout CheckFindings) {
  guard let cause = context.faults.errors(within: context.files[file].span).first else { return }
  found.report(
    "nothing of this document is looked at until \(cause.code.id) is mended, and no name is called unknown elsewhere",
    at: cause.span, help: ["mend what is reported as an error, and run again"])
}
