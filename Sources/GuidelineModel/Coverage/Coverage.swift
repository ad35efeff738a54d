internal import ClinicalValues
package import SourceText

/// Which statement of a source is cited, and by what.
package struct StatementCoverage: Sendable {
  package enum State: Hashable, Sendable {
    /// Rules, rows and definitions that rest on it, as `document/name`, sorted.
    case cited(by: [String])
    case notEncoded(reason: String)
    case missing
  }

  package var statement: Statement
  package var state: State

  package init(statement: Statement, state: State) {
    self.statement = statement
    self.state = state
  }
}

/// The statements of one source of one document.
package struct SourceCoverage: Sendable {
  package var document: String
  package var version: String
  package var edition: String?
  package var source: String
  package var title: String
  package var statements: [StatementCoverage]
  package var span: Span

  package init(document: Document, source: Source, statements: [StatementCoverage]) {
    self.document = document.id
    self.version = document.version
    self.edition = document.edition
    self.source = source.id
    self.title = source.title
    self.statements = statements
    self.span = source.span
  }

  package var isComplete: Bool { !statements.contains { $0.state == .missing } }
}

/// Which statements of the sources of a library are cited, left out with a reason, or missing.
///
/// Every document counts, each with the documents that are in force with it; a citation in any of these companies is
/// enough. The result is sorted by document, version and source.
package func citationCoverage(of syntax: LibrarySyntax, vocabulary: Vocabulary) -> [SourceCoverage] {
  var collector = CitationCollector()
  for selection in everySelection(of: syntax) {
    var scratch = Diagnostics()
    collector.add(resolve(selection, of: syntax, vocabulary: vocabulary, into: &scratch))
  }
  return collector.coverage()
}

/// A source by the place at which it is declared: the same in every choice of editions.
private struct CitationCollector {
  private var sources: [Span: (document: Document, source: Source)] = [:]
  private var cited: [Span: [String: Set<String>]] = [:]

  mutating func add(_ library: Library) {
    for document in library.documents {
      for source in document.sources { sources[source.span] = (document, source) }
    }
    for definition in library.definitions {
      let name = "\(library[definition.document].id)/\(definition.name)"
      for citation in definition.citations { note(citation, by: name, of: nil, library) }
    }
    for rule in library.rules {
      let name = "\(library[rule.document].id)/\(rule.name)"
      for citation in rule.citations + rule.conclusions.flatMap(\.citations) {
        note(citation, by: name, of: rule, library)
      }
    }
  }

  private mutating func note(_ citation: Citation, by name: String, of rule: Rule?, _ library: Library) {
    guard let document = citation.document,
      let source = library[document].sources.first(where: { $0.id == citation.source })
    else { return }
    for statement in citation.statements {
      switch statement {
      case .id(let id): cited[source.span, default: [:]][id, default: []].insert(name)
      case .column(let variable, let field):
        for id in ids(in: field, of: variable, of: rule, library) {
          cited[source.span, default: [:]][id, default: []].insert(name)
        }
      }
    }
  }

  /// The statements that a column names in the rows over which the variable ranges.
  private func ids(in field: Int, of variable: Int, of rule: Rule?, _ library: Library) -> [String] {
    guard let rows = rule.flatMap({ library.knowledgeRows(of: variable, in: $0) }) else { return [] }
    return rows.compactMap { row in
      guard row.cells.indices.contains(field), case .one(.text(let id)) = row.cells[field] else { return nil }
      return id
    }
  }

  func coverage() -> [SourceCoverage] {
    let all = sources.map { span, entry in
      let by = cited[span] ?? [:]
      let statements = entry.source.statements.map { statement in
        StatementCoverage(statement: statement, state: state(of: statement, by[statement.id] ?? []))
      }
      return SourceCoverage(document: entry.document, source: entry.source, statements: statements)
    }
    return all.sorted { ($0.document, $0.version, $0.source) < ($1.document, $1.version, $1.source) }
  }

  private func state(of statement: Statement, _ names: Set<String>) -> StatementCoverage.State {
    if !names.isEmpty { return .cited(by: names.sorted()) }
    if let reason = statement.notEncoded { return .notEncoded(reason: reason) }
    return .missing
  }
}

extension Library {
  /// The rows of knowledge that a variable of a rule ranges over, without those that its `where` leaves out.
  ///
  /// Nil: it ranges over no table.
  package func knowledgeRows(of variable: Int, in rule: Rule) -> [KnowledgeRow]? {
    guard rule.variables.indices.contains(variable), case .table(let id) = rule.variables[variable].rows.collection,
      tables.indices.contains(id.index)
    else { return nil }
    let table = self[id]
    guard let condition = rule.variables[variable].rows.condition else { return table.rows }
    let evaluator = RowEvaluator(vocabulary: vocabulary, columns: table.columns, variable: variable)
    return table.rows.filter { evaluator.truth(of: condition, $0) != .no }
  }
}
