internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Knowledge tables: `grammar.md` §6.

extension Resolver {
  mutating func addTables() {
    for index in documents.indices {
      for syntax in bodies[index].tables.sorted(by: { $0.id.value < $1.id.value }) {
        guard case .knowledge(let body) = syntax.body else { continue }
        add(syntax, body, of: DocumentID(index))
      }
    }
    // The rows are chosen when all tables are there: a filter may look at no other, but its names must be known.
    for index in tables.indices where !brokenTables.contains(index) { filterRows(of: index) }
  }

  private mutating func add(_ syntax: TableSyntax, _ body: KnowledgeTableSyntax, of document: DocumentID) {
    let settled = settledTables[syntax.id.span] ?? settle(syntax, body, of: document)
    diagnostics.append(settled.found)
    if settled.isBroken { brokenTables.insert(tables.count) }
    _ = read([syntax.annotations], in: Environment(document: document))
    var table = settled.table
    table.document = document
    tablesNamed[table.name, default: []].append(tables.count)
    tables.append(table)
  }

  /// What a table means by itself: the same in every company, for it reads the vocabulary alone.
  private mutating func settle(
    _ syntax: TableSyntax, _ body: KnowledgeTableSyntax, of document: DocumentID
  ) -> SettledTable {
    let before = diagnostics
    diagnostics = Diagnostics()
    defer { diagnostics = before }
    var table = KnowledgeTable(
      name: syntax.id.value, document: document, columns: [], rows: [], span: syntax.id.span)
    var isBroken = true
    let isComplete = readColumns(body, into: &table)
    if isComplete, let rows = sourceRows(body, of: table) {
      let read = rows.map { row($0, of: table) }
      table.rows = read.compactMap { $0 }
      isBroken = table.rows.count != rows.count
    }
    reportRowsNamedTwice(table)
    return SettledTable(table: table, isBroken: isBroken, found: diagnostics)
  }

  /// The tables of one document, by the places of their names.
  mutating func settleTables(of document: Int) -> [Span: SettledTable] {
    addDocuments([document])
    var settled: [Span: SettledTable] = [:]
    for (index, body) in bodies.enumerated() {
      for table in body.tables {
        guard case .knowledge(let rows) = table.body else { continue }
        settled[table.id.span] = settle(table, rows, of: DocumentID(index))
      }
    }
    return settled
  }

  private mutating func readColumns(_ body: KnowledgeTableSyntax, into table: inout KnowledgeTable) -> Bool {
    let seen = visibility[table.document.index]
    var isComplete = true
    for column in body.columns {
      if let earlier = table.columns.first(where: { $0.name == column.name.value }) {
        diagnostics.report(
          .duplicateId, "the column `\(column.name.value)` is declared twice", at: column.name.span,
          help: "keep one of the two", also: [(earlier.span, "declared here first")])
        isComplete = false
        continue
      }
      guard let type = vocabulary.type(column.type, seen: seen, into: &diagnostics) else {
        isComplete = false
        continue
      }
      if type.shape == .series {
        diagnostics.report(
          .shapeMismatch, "a column of a table cannot hold a series", at: column.type.span,
          help: "give each value a row of its own")
        isComplete = false
        continue
      }
      table.columns.append(
        Field(name: column.name.value, type: type.type, isSet: type.shape == .set, span: column.name.span))
    }
    return isComplete
  }

  // MARK: Rows as they were written

  /// The rows with their cells in the order of the columns; nil when the file does not fit.
  private mutating func sourceRows(_ body: KnowledgeTableSyntax, of table: KnowledgeTable) -> [KnowledgeRowSyntax]? {
    // A row of another width has been reported by the reader.
    guard let file = body.file else { return body.rows.filter { $0.cells.count == table.columns.count } }
    guard let csv = syntax.csv(file.value, beside: table.span.file) else {
      reportNoFile(file)
      return nil
    }
    return rows(of: csv, file, body, table)
  }

  mutating func reportNoFile(_ file: LocatedText) {
    diagnostics.report(
      .unknownFile, "there is no file `\(file.value)` beside this document", at: file.span,
      help: didYouMean(file.value, syntax.csvNames(beside: file.span.file))
        ?? "put the file into the folder of the document")
  }

  private mutating func rows(
    of csv: CSVSyntax, _ file: LocatedText, _ body: KnowledgeTableSyntax, _ table: KnowledgeTable
  ) -> [KnowledgeRowSyntax]? {
    let ignored = Set(body.ignore.map(\.value))
    let header = csv.header.map(\.value)
    let declared = table.columns.map(\.name)
    // A column that is missing was reported at the header of the file, once for all who read it.
    var isComplete = declared.allSatisfy(header.contains) && csv.otherWidth == nil
    for name in csv.header where !declared.contains(name.value) && !ignored.contains(name.value) {
      let missing = declared.filter { !header.contains($0) }
      diagnostics.report(
        .unknownColumn, "the column `\(name.value)` of `\(file.value)` is not declared", at: name.span,
        help: didYouMean(name.value, missing)
          ?? "declare it, or name it under `ignore`",
        also: [(table.span, "the table declares its columns here")])
      isComplete = false
    }
    for name in body.ignore where !header.contains(name.value) && !isMissed(name, in: csv, file, by: table) {
      diagnostics.report(
        .unknownColumn, "`\(file.value)` has no column `\(name.value)` that could be ignored", at: name.span,
        help: didYouMean(name.value, header) ?? "take it out of `ignore`")
    }
    guard isComplete else { return nil }
    let places = declared.compactMap { header.firstIndex(of: $0) }
    return csv.rows.map { row in
      let cells = places.map { row.cells.indices.contains($0) ? row.cells[$0] : LocatedText("", row.span) }
      return KnowledgeRowSyntax(cells: cells, span: row.span)
    }
  }

  /// Whether a column that is left aside was reported as missing: statements are made of it, or the lines have its cells.
  private func isMissed(
    _ column: LocatedText, in csv: CSVSyntax, _ file: LocatedText, by table: KnowledgeTable
  ) -> Bool {
    guard csv.otherWidth == nil else { return true }
    return bodies[table.document.index].sources.compactMap(\.statementsFrom).contains { from in
      from.file.value == file.value
        && (from.says + from.notEncoded).contains { part in
          if case .field(let name) = part { name.value == column.value } else { false }
        }
    }
  }

  // MARK: Rows as they are meant

  private mutating func row(_ syntax: KnowledgeRowSyntax, of table: KnowledgeTable) -> KnowledgeRow? {
    var cells: [Cell] = []
    var id: String?
    let place = Environment(document: table.document)
    for (text, column) in zip(syntax.cells, table.columns) {
      guard let cell = cell(text, of: column, in: place) else { continue }
      cells.append(cell)
      if column.name == "id", case .one(.text(let name)) = cell { id = name }
    }
    guard cells.count == table.columns.count else { return nil }
    return KnowledgeRow(id: id, cells: cells, span: syntax.span)
  }

  private mutating func reportRowsNamedTwice(_ table: KnowledgeTable) {
    var first: [String: Span] = [:]
    for row in table.rows {
      guard let id = row.id else { continue }
      if let earlier = first[id] {
        diagnostics.report(
          .duplicateId, "two rows of `\(table.name)` have the id `\(id)`", at: row.span,
          help: "give each row an id of its own", also: [(earlier, "the other row")])
      } else {
        first[id] = row.span
      }
    }
  }

  /// Keeps the rows for which `where` is true.
  private mutating func filterRows(of index: Int) {
    let table = tables[index]
    let written = bodies[table.document.index].tables.first { $0.id.value == table.name }
    guard case .knowledge(let body)? = written?.body, !body.conditions.isEmpty else { return }
    let place = Environment(document: table.document)
      .inside(Variable(name: nil, collection: .table(TableID(index)), fields: table.columns))
    guard let condition = conditions(body.conditions, in: place) else {
      brokenTables.insert(index)
      return
    }
    let evaluator = RowEvaluator(vocabulary: vocabulary, columns: table.columns, variable: 0)
    var kept: [KnowledgeRow] = []
    for row in table.rows {
      guard let truth = evaluator.truth(of: condition, row) else {
        diagnostics.report(
          .misplacedWord, "the rows of `\(table.name)` can only be chosen by their own cells", at: condition.span,
          help: "put conditions about the patient under `when` of the rule")
        brokenTables.insert(index)
        return
      }
      if truth == .yes { kept.append(row) }
    }
    tables[index].rows = kept
  }
}
