internal import SourceText

// Tables: knowledge to range over, and grids of conditions.

extension Reader {
  mutating func table(_ entry: Entry) -> TableSyntax {
    check(entry.key, .kebab, what: "the id of a table")
    var table = TableSyntax(id: entry.key, body: .broken, span: entry.span)
    let owner = Owner("table", entry.key)
    guard let entries = entries(of: entry.value, what: owner.description) else { return table }
    let isGrid = entries.contains { $0.key.value == "in" }
    var keys = Keys(entries, at: isGrid ? .decision : .knowledge, owner: owner, mark: entry.key.span)
    table.title = text(keys.take("title"), what: "`title`")
    table.body = isGrid ? .decision(decision(&keys)) : .knowledge(knowledge(&keys))
    table.annotations = annotations(&keys, because: true)
    finish(keys)
    return table
  }

  // MARK: Knowledge

  private mutating func knowledge(_ keys: inout Keys) -> KnowledgeTableSyntax {
    var table = KnowledgeTableSyntax()
    let help = "name the columns under `columns:`, or the tested values under `in:`"
    let declared = require("columns", of: &keys, help: help)
    table.columns = columns(declared, what: "`columns`")
    table.file = text(keys.take("from"), what: "`from`")
    table.conditions = conditions(keys.take("where"), what: "`where`")
    table.ignore = texts(keys.take("ignore"), what: "`ignore`")
    let rows = keys.take("rows")
    switch (rows, table.file) {
    case (nil, nil) where !keys.has("from"):
      report(
        .missingKey, "\(keys.owner) has neither `rows` nor `from`",
        help: "write its rows, or name the file they are in",
        at: keys.mark)
    case (let rows?, _?):
      report(
        .wrongKind, "\(keys.owner) has rows of its own and rows of a file", help: "leave `rows` or `from` out",
        at: headSpan(rows.span))
    default: break
    }
    let names = declared == nil ? nil : table.columns.map(\.name.value)
    table.rows = items(of: rows, what: "`rows`").compactMap { knowledgeRow($0, columns: names) }
    return table
  }

  private mutating func knowledgeRow(_ node: Node, columns: [String]?) -> KnowledgeRowSyntax? {
    guard node.isSequence else {
      _ = items(of: node, what: "a row")
      return nil
    }
    let items = items(of: node, what: "a row")
    if let columns, items.count != columns.count {
      report(
        .rowLength,
        "this row has \(counted(items.count, "cell")), but the table has \(counted(columns.count, "column"))",
        help:
          "the columns are \(list(columns)); a cell with a comma in it stands in quotes, and an empty one is `\"\"`",
        at: node.span)
      return nil
    }
    let cells = items.compactMap { text($0, what: "a cell") }
    return cells.count == items.count ? KnowledgeRowSyntax(cells: cells, span: node.span) : nil
  }

  // MARK: Grids of conditions

  private mutating func decision(_ keys: inout Keys) -> DecisionTableSyntax {
    var table = DecisionTableSyntax()
    let inputs = keys.take("in")
    if let inputs, inputs.isScalar {
      table.inputs = [value(inputs, what: "`in`")]
    } else {
      table.inputs = items(of: inputs, what: "`in`").map { value($0, what: "an item of `in`") }
    }
    if let inputs, table.inputs.isEmpty, case .list = inputs.form {
      report(.emptyList, "the list under `in` is empty", help: "name the tested values", at: inputs.span)
    }
    table.when = conditions(keys.take("when"), what: "`when`")
    table.unless = conditions(keys.take("unless"), what: "`unless`")
    table.overrides = overrides(keys.take("overrides"))
    table.hit = word(keys.take("hit"), what: "way to hit", of: ["unique", "all"])
    let rows = items(of: require("rows", of: &keys), what: "`rows`")
    table.rows = rows.compactMap { decisionRow($0, inputs: table.inputs.count) }
    return table
  }

  private mutating func decisionRow(_ node: Node, inputs: Int) -> DecisionRowSyntax? {
    if node.isMapping { return namedRow(node, inputs: inputs) }
    let items = items(of: node, what: "a row")
    guard let last = items.last else { return nil }
    guard !last.isScalar else {
      report(
        .wrongKind, "the last cell of a row says what is concluded, but a text stands here",
        help: "write it as in `{recommend: rituximab}`", at: last.span)
      return nil
    }
    let cells = items.dropLast().map { cell($0) }
    let row = DecisionRowSyntax(id: nil, cells: cells, then: conclusions(last), span: node.span)
    return hasLength(cells.count, inputs, node.span) ? row : nil
  }

  /// `{id, if, then, unless, overrides, …}`.
  private mutating func namedRow(_ node: Node, inputs: Int) -> DecisionRowSyntax? {
    guard var keys = keys(of: node, at: .row, owner: "this row") else { return nil }
    let id = text(keys.take("id"), what: "`id`")
    let tests = require("if", of: &keys)
    let cells = items(of: tests, what: "`if`").map { cell($0) }
    var row = DecisionRowSyntax(id: id, cells: cells, then: [], span: node.span)
    row.unless = conditions(keys.take("unless"), what: "`unless`")
    row.overrides = overrides(keys.take("overrides"))
    if keys.has("then") || !keys.has("overrides") {
      row.then = conclusions(require("then", of: &keys, help: "say what the row concludes under `then:`"))
    }
    row.annotations = annotations(&keys, because: true)
    finish(keys)
    guard let tests, hasLength(cells.count, inputs, tests.span) else { return nil }
    return row
  }

  private mutating func hasLength(_ cells: Int, _ inputs: Int, _ span: Span) -> Bool {
    if cells == inputs { return true }
    report(
      .rowLength, "this row has \(counted(cells, "cell")) for \(counted(inputs, "tested value"))",
      help: "write a cell for each of them; `any` is no condition", at: span)
    return false
  }
}
