internal import SourceText

// Guidelines and shared definitions: sources, definitions, invariants.

extension Reader {
  mutating func guideline(_ keys: inout Keys) -> GuidelineSyntax {
    var guideline = definitions(&keys)
    guideline.scope = conditions(keys.take("scope"), what: "`scope`")
    guideline.rules = (entries(of: keys.take("rules"), what: "`rules`") ?? []).map { rule($0) }
    guideline.invariants = (entries(of: keys.take("invariants"), what: "`invariants`") ?? []).map { invariant($0) }
    guideline.annotations = annotations(&keys, because: false)
    return guideline
  }

  /// What guidelines and shared definitions have in common.
  mutating func definitions(_ keys: inout Keys) -> GuidelineSyntax {
    var guideline = GuidelineSyntax()
    guideline.sources = (entries(of: keys.take("sources"), what: "`sources`") ?? []).map { source($0) }
    guideline.definitions = (entries(of: keys.take("define"), what: "`define`") ?? []).map { definition($0) }
    guideline.tables = (entries(of: keys.take("tables"), what: "`tables`") ?? []).map { table($0) }
    return guideline
  }

  private mutating func invariant(_ entry: Entry) -> InvariantSyntax {
    check(entry.key, .kebab, what: "the id of an invariant")
    var invariant = InvariantSyntax(id: entry.key, never: [], because: nil, span: entry.span)
    let owner = Owner("invariant", entry.key)
    guard var keys = keys(of: entry, at: .invariant, owner: owner) else { return invariant }
    invariant.never = conditions(require("never", of: &keys), what: "`never`")
    invariant.because = text(keys.take("because"), what: "`because`")
    finish(keys)
    return invariant
  }

  // MARK: Sources

  private mutating func source(_ entry: Entry) -> SourceSyntax {
    check(entry.key, .kebab, what: "the id of a source")
    var source = SourceSyntax(id: entry.key, span: entry.span)
    let owner = Owner("source", entry.key)
    guard var keys = keys(of: entry, at: .source, owner: owner) else { return source }
    source.title = text(require("title", of: &keys), what: "`title`")
    source.published = date(keys.take("published"), what: "`published`")
    source.doi = text(keys.take("doi"), what: "`doi`")
    source.pmid = text(keys.take("pmid"), what: "`pmid`")
    source.url = text(keys.take("url"), what: "`url`")
    source.edition = text(keys.take("edition"), what: "`edition`")
    source.kind = word(
      keys.take("kind"), what: "kind of source",
      of: ["guideline", "study", "label", "database", "secondary", "own"])
    source.supersededBy = text(keys.take("superseded_by"), what: "`superseded_by`")
    source.retracted = date(keys.take("retracted"), what: "`retracted`")
    statements(keys.take("statements"), into: &source)
    finish(keys)
    return source
  }

  private mutating func statements(_ node: Node?, into source: inout SourceSyntax) {
    guard let node, let entries = entries(of: node, what: "`statements`") else { return }
    let isFile = entries.contains { $0.key.value == "from" && $0.value.isScalar }
    guard isFile else {
      source.statements = entries.map { statement($0) }
      return
    }
    var keys = Keys(entries, at: .statementsFrom, owner: "`statements`", mark: headSpan(node.span))
    let file = text(require("from", of: &keys), what: "`from`")
    let says = template(require("says", of: &keys), what: "`says`")
    let notEncoded = template(keys.take("not_encoded"), what: "`not_encoded`")
    finish(keys)
    guard let file else { return }
    source.statementsFrom = StatementsFromSyntax(file: file, says: says, notEncoded: notEncoded, span: node.span)
  }

  private mutating func statement(_ entry: Entry) -> StatementSyntax {
    var statement = StatementSyntax(id: entry.key, span: entry.span)
    if entry.key.value.contains(where: { $0 == " " || $0 == "#" || $0 == "," }) {
      report(
        .nameForm, "`\(entry.key.value)` cannot be the id of a statement",
        help: "write it without blanks, `#` and `,`, as in `S0-12`", at: entry.key.span)
    }
    let owner = Owner("statement", entry.key)
    guard var keys = keys(of: entry, at: .statement, owner: owner) else { return statement }
    statement.says = text(require("says", of: &keys), what: "`says`")
    statement.quote = text(keys.take("quote"), what: "`quote`")
    statement.at = text(keys.take("at"), what: "`at`")
    statement.notEncoded = text(keys.take("not_encoded"), what: "`not_encoded`")
    finish(keys)
    return statement
  }

  // MARK: Definitions

  private mutating func definition(_ entry: Entry) -> DefinitionSyntax {
    check(entry.key, .snake, what: "a definition")
    var definition = DefinitionSyntax(name: entry.key, form: .broken, span: entry.span)
    let owner = Owner("definition", entry.key)
    guard var keys = keys(of: entry, at: .definition, owner: owner) else { return definition }
    definition.form = form(&keys)
    definition.because = text(keys.take("because"), what: "`because`")
    definition.sources = citations(keys.take("source")) ?? []
    definition.unit = text(keys.take("unit"), what: "`unit`")
    finish(keys)
    return definition
  }

  private mutating func form(_ keys: inout Keys) -> DefinitionSyntax.Form {
    let forms = ["means", "value", "first", "agree", "look_up"]
    let found = forms.filter { keys.has($0) }
    let nodes = forms.map { keys.take($0) }
    guard found.count == 1 else {
      let message =
        found.isEmpty
        ? "\(keys.owner) does not say what it is" : "\(keys.owner) has \(list(found)), but a definition has one of them"
      report(.missingKey, message, help: "write one of \(list(forms))", at: keys.mark)
      return .broken
    }
    if let means = nodes[0] { return .means(conditions(means, what: "`means`")) }
    if let node = nodes[1] { return .value(value(node, what: "`value`")) }
    if let first = nodes[2] { return .first(clauses(first)) }
    if let agree = nodes[3] { return .agree(texts(agree, what: "`agree`")) }
    return nodes[4].map { lookUp($0) } ?? .broken
  }

  private mutating func lookUp(_ node: Node) -> DefinitionSyntax.Form {
    guard text(node, what: "`look_up`") != nil else { return .broken }
    return read(node.line, .value) { (parser) throws(Fault) in try parser.lookUp() } ?? .broken
  }

  private mutating func clauses(_ node: Node) -> [FirstClauseSyntax] {
    let items = items(of: node, what: "`first`")
    if items.isEmpty, case .list = node.form {
      report(.emptyList, "the list under `first` is empty", help: "write at least one clause", at: node.span)
    }
    var clauses: [FirstClauseSyntax] = []
    for (index, item) in items.enumerated() {
      guard let clause = clause(item) else { continue }
      if clause.guardConditions == nil, index < items.count - 1 {
        report(
          .keyAtWrongLevel, "nothing behind `otherwise` is ever reached", help: "put `otherwise` last",
          at: headSpan(item.span))
      }
      clauses.append(clause)
    }
    return clauses
  }

  private mutating func clause(_ node: Node) -> FirstClauseSyntax? {
    guard var keys = keys(of: node, at: .clause, owner: "this clause") else { return nil }
    if let otherwise = keys.take("otherwise") {
      let value = value(otherwise, what: "`otherwise`")
      finish(keys)
      return FirstClauseSyntax(guardConditions: nil, value: value, span: node.span)
    }
    let when = conditions(require("when", of: &keys), what: "`when`")
    let result = require("is", of: &keys).map { value($0, what: "`is`") }
    finish(keys)
    return FirstClauseSyntax(
      guardConditions: when, value: result ?? ValueSyntax(.broken, node.span), span: node.span)
  }
}
