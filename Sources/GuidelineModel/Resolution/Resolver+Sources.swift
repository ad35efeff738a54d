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
    if let from = syntax.statementsFrom {
      if let rows = statements(from) { source.statements += rows } else { source.isIncomplete = true }
    }
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

  /// Every row of a file is a statement named by its `id`; nil: the file lacks something, and that was reported.
  private mutating func statements(_ from: StatementsFromSyntax) -> [Statement]? {
    guard let csv = syntax.csv(from.file.value, beside: from.file.span.file) else {
      reportNoFile(from.file)
      return nil
    }
    guard csv.otherWidth == nil else { return nil }
    let header = csv.header.map(\.value)
    let columns = from.says + from.notEncoded
    let areThere = columns.map { isColumn($0, csv, from.file) }
    guard let id = header.firstIndex(of: "id"), areThere.allSatisfy({ $0 }) else { return nil }
    return csv.rows.compactMap { row in
      guard row.cells.indices.contains(id) else { return nil }
      var statement = Statement(id: row.cells[id].value, says: fill(from.says, row, header), span: row.cells[id].span)
      let reason = fill(from.notEncoded, row, header)
      statement.notEncoded = reason.isEmpty ? nil : reason
      return statement
    }
  }

  /// A column that is nowhere was reported at the header of the file; one that is there under another name is said here.
  private mutating func isColumn(_ part: TemplatePart, _ csv: CSVSyntax, _ file: LocatedText) -> Bool {
    let header = csv.header.map(\.value)
    guard case .field(let name) = part, !header.contains(name.value) else { return true }
    if let meant = didYouMean(name.value, header) {
      diagnostics.report(
        .unknownColumn, "`\(file.value)` has no column `\(name.value)`", at: name.span, help: meant)
    }
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
