internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Sources and the statements they make.

extension Resolver {
  mutating func addSources() {
    for index in documents.indices { documents[index].sources = bodies[index].sources.map { source($0) } }
  }

  private mutating func source(_ syntax: SourceSyntax) -> Source {
    var source = Source(id: syntax.id.value, title: syntax.title?.value ?? syntax.id.value, span: syntax.id.span)
    source.published = readPeriodDay(syntax.published, into: &diagnostics)
    source.doi = syntax.doi?.value
    source.pmid = syntax.pmid?.value
    source.url = syntax.url?.value
    source.edition = syntax.edition?.value
    source.statements = syntax.statements.map { statement($0) }
    if let from = syntax.statementsFrom { source.statements += statements(from) }
    reportStatementsTwice(source)
    return source
  }

  private func statement(_ syntax: StatementSyntax) -> Statement {
    var statement = Statement(id: syntax.id.value, says: syntax.says?.value ?? "", span: syntax.id.span)
    statement.quote = syntax.quote?.value
    statement.at = syntax.at?.value
    statement.notEncoded = syntax.notEncoded?.value
    return statement
  }

  /// Every row of a file is a statement named by its `id`.
  private mutating func statements(_ from: StatementsFromSyntax) -> [Statement] {
    guard let csv = syntax.csv(from.file.value, beside: from.file.span.file) else {
      reportNoFile(from.file)
      return []
    }
    let header = csv.header.map(\.value)
    guard let id = header.firstIndex(of: "id") else {
      diagnostics.report(
        .missingColumn, "`\(from.file.value)` has no column `id` that names its statements", at: from.file.span,
        help: "give each row of the file an id, in a column `id`")
      return []
    }
    let columns = from.says + from.notEncoded
    guard columns.allSatisfy({ isColumn($0, header, from.file) }) else { return [] }
    return csv.rows.compactMap { row in
      guard row.cells.indices.contains(id) else { return nil }
      var statement = Statement(id: row.cells[id].value, says: fill(from.says, row, header), span: row.cells[id].span)
      let reason = fill(from.notEncoded, row, header)
      statement.notEncoded = reason.isEmpty ? nil : reason
      return statement
    }
  }

  private mutating func isColumn(_ part: TemplatePart, _ header: [String], _ file: LocatedText) -> Bool {
    guard case .field(let name) = part, !header.contains(name.value) else { return true }
    diagnostics.report(
      .unknownColumn, "`\(file.value)` has no column `\(name.value)`", at: name.span,
      help: didYouMean(name.value, header) ?? "its columns are \(list(header))")
    return false
  }

  private func fill(_ parts: [TemplatePart], _ row: KnowledgeRowSyntax, _ header: [String]) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .words(let words): text += words
      case .field(let name):
        guard let index = header.firstIndex(of: name.value), row.cells.indices.contains(index) else { continue }
        text += row.cells[index].value
      }
    }
    return text
  }

  private mutating func reportStatementsTwice(_ source: Source) {
    var first: [String: Span] = [:]
    for statement in source.statements {
      if let earlier = first[statement.id] {
        diagnostics.report(
          .duplicateId, "the statement `\(statement.id)` of `\(source.id)` stands here twice", at: statement.span,
          help: "give each claim an id of its own", also: [(earlier, "the other one")])
      } else {
        first[statement.id] = statement.span
      }
    }
  }
}
