internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Definitions: `grammar.md` §4. They are settled when they are needed, so that the type of each is known in time.

extension Resolver {
  /// Collects the names first: definitions may name each other in any order.
  mutating func listDefinitions() {
    for index in documents.indices {
      for syntax in bodies[index].definitions.sorted(by: { $0.name.value < $1.name.value }) {
        note(syntax, of: DocumentID(index))
      }
    }
  }

  private mutating func note(_ syntax: DefinitionSyntax, of document: DocumentID) {
    let name = syntax.name.value
    if let earlier = definitionNamed[name] {
      diagnostics.report(
        .duplicateId,
        "`\(name)` is defined twice, in `\(documentIDs[drafts[earlier].document.index])` and in "
          + "`\(documentIDs[document.index])`", at: syntax.name.span, help: "keep one definition, or rename one",
        also: [(drafts[earlier].syntax.name.span, "the other definition")])
      return
    }
    var draft = DefinitionDraft(syntax: syntax, document: document)
    if !isFree(syntax.name, in: document) { draft.state = .broken }
    if let fact = vocabulary.factNamed[name] {
      draft.fact = fact
      if !canDerive(fact, syntax.name, in: document) { draft.state = .broken }
    }
    definitionNamed[name] = drafts.count
    drafts.append(draft)
  }

  private mutating func isFree(_ name: LocatedText, in document: DocumentID) -> Bool {
    var other: (String, Span)?
    if let group = groupsHolding(name.value).first, let term = vocabulary[group].termNamed[name.value] {
      other = ("a term of `\(vocabulary[group].name)`", vocabulary[group].terms[term].span)
    } else if let record = vocabulary.recordNamed[name.value] {
      other = ("a record", vocabulary[record].span)
    }
    guard let other else { return true }
    diagnostics.report(
      .nameTaken, "the definition `\(name.value)` has the name of \(other.0)", at: name.span,
      help: "give the definition another name", also: [(other.1, "\(other.0) is called so here")])
    return false
  }

  private mutating func canDerive(_ fact: FactID, _ name: LocatedText, in document: DocumentID) -> Bool {
    guard sees(vocabulary[fact].document, "fact", name, in: Environment(document: document)) else { return false }
    guard vocabulary[fact].shape != .scalar else { return true }
    let what = vocabulary[fact].shape == .set ? "a set" : "a series"
    diagnostics.report(
      .shapeMismatch, "`\(name.value)` is \(what) and cannot be derived", at: name.span,
      help: "derive a fact that has one value", also: [(vocabulary[fact].span, "declared here")])
    return false
  }

  // MARK: Settling

  /// The type of a definition; what has no declared type is settled for it.
  mutating func type(of id: DefinitionID) -> ValueType? {
    guard drafts.indices.contains(id.index) else { return nil }
    let draft = drafts[id.index]
    if case .done(let definition) = draft.state { return definition.type }
    if let fact = draft.fact { return vocabulary[fact].type }
    if case .means = draft.syntax.form { return .term(.yesNo) }
    if case .inWork = draft.state {
      reportCycle(draft)
      return nil
    }
    resolveDefinition(id.index)
    if case .done(let definition) = drafts[id.index].state { return definition.type }
    return nil
  }

  private mutating func reportCycle(_ draft: DefinitionDraft) {
    diagnostics.report(
      .definitionCycle, "`\(draft.name)` depends on itself", at: draft.syntax.name.span,
      help: "break the circle: a value cannot rest on itself")
  }

  mutating func resolveDefinition(_ index: Int) {
    guard case .open = drafts[index].state else { return }
    drafts[index].state = .inWork
    let draft = drafts[index]
    guard let (form, type) = form(of: draft) else {
      drafts[index].state = .broken
      return
    }
    var definition = Definition(
      name: draft.name, document: draft.document, fact: draft.fact, type: type, form: form, span: draft.syntax.span)
    definition.because = draft.syntax.because?.value
    definition.citations = citations(draft.syntax.sources, in: Environment(document: draft.document))
    drafts[index].state = .done(definition)
  }

  private mutating func form(of draft: DefinitionDraft) -> (Definition.Form, ValueType)? {
    let place = Environment(document: draft.document)
    switch draft.syntax.form {
    case .broken: return nil
    case .means(let list):
      guard let condition = conditions(list, in: place), let type = asked(of: draft, or: .term(.yesNo)) else {
        return nil
      }
      return (.means(condition), type)
    case .value(let syntax): return value(syntax, of: draft, in: place)
    case .first(let clauses): return first(clauses, of: draft, in: place)
    case .agree(let names): return agree(names, of: draft, in: place)
    case .lookUp(let column, let table, let list):
      return lookUp(column, table, list, of: draft)
    }
  }

  /// The type that a definition must have, if it derives a fact; else the type it has.
  private mutating func asked(of draft: DefinitionDraft, or type: ValueType) -> ValueType? {
    guard let fact = draft.fact else { return type }
    let declared = vocabulary[fact].type
    guard vocabulary.areComparable(declared, type), !declared.isTerm || declared == type else {
      diagnostics.report(
        .typeMismatch,
        "the fact `\(draft.name)` is \(vocabulary.words(for: declared)), but this definition makes it "
          + vocabulary.words(for: type), at: draft.syntax.name.span,
        help: "define what the fact is declared to be, or give the definition another name",
        also: [(vocabulary[fact].span, "the fact is declared here")])
      return nil
    }
    return declared
  }

  // MARK: Forms

  private mutating func value(
    _ syntax: ValueSyntax, of draft: DefinitionDraft, in place: Environment
  ) -> (Definition.Form, ValueType)? {
    let expected = expectedType(of: draft, [syntax], in: place)
    guard let value = plainValue(syntax, expecting: expected, in: place),
      let fitting = fit(value, of: draft, expected)
    else { return nil }
    return (.value(fitting.value), fitting.type)
  }

  private mutating func fit(
    _ value: Value, of draft: DefinitionDraft, _ expected: ValueType?
  ) -> (value: Value, type: ValueType)? {
    let wanted = draft.fact == nil ? declaredUnit(of: draft) ?? expected ?? value.type : expected ?? value.type
    return fit(value, to: wanted, of: .named("", draft.name)).map { ($0, wanted) }
  }

  private mutating func declaredUnit(of draft: DefinitionDraft) -> ValueType? {
    draft.syntax.unit.flatMap { readUnit($0, into: &diagnostics) }.map { .quantity($0) }
  }

  private mutating func first(
    _ clauses: [FirstClauseSyntax], of draft: DefinitionDraft, in place: Environment
  ) -> (Definition.Form, ValueType)? {
    var expected = expectedType(of: draft, clauses.map(\.value), in: place)
    var read: [FirstClause] = []
    var isBroken = clauses.isEmpty
    for clause in clauses {
      let condition = clause.guardConditions.flatMap { conditions($0, in: place) }
      let value = plainValue(clause.value, expecting: expected, in: place)
      guard let value, let fitting = fit(value, of: draft, expected),
        clause.guardConditions == nil || condition != nil
      else {
        isBroken = true
        continue
      }
      expected = expected ?? fitting.type
      read.append(FirstClause(condition: condition, value: fitting.value, span: clause.span))
    }
    guard !isBroken, let expected else { return nil }
    return (.first(read), expected)
  }

  /// The type that the values of a definition share: of the fact it derives, or of the one list that has all its terms.
  private mutating func expectedType(
    of draft: DefinitionDraft, _ values: [ValueSyntax], in place: Environment
  ) -> ValueType? {
    if let fact = draft.fact { return vocabulary[fact].type }
    if let unit = declaredUnit(of: draft) { return unit }
    let names = values.compactMap { value -> String? in
      if case .name(let name) = value.form, definitionNamed[name] == nil, vocabulary.factNamed[name] == nil {
        return name
      }
      return nil
    }
    guard let first = names.first else { return nil }
    if names.allSatisfy({ $0 == "yes" || $0 == "no" }) { return .term(.yesNo) }
    let groups = groupsHolding(first).filter { group in names.allSatisfy { vocabulary[group].termNamed[$0] != nil } }
    if groups.count > 1 {
      diagnostics.report(
        .ambiguousName,
        "`\(first)` is a term of several lists: \(list(groups.map { "`\(vocabulary[$0].name)`" }))",
        at: draft.syntax.name.span, help: "declare `\(draft.name)` as a fact of one of these lists")
    }
    return groups.first.map { .term($0) }
  }

  private mutating func agree(
    _ names: [LocatedText], of draft: DefinitionDraft, in place: Environment
  ) -> (Definition.Form, ValueType)? {
    var facts: [FactID] = []
    var type = draft.fact.map { vocabulary[$0].type }
    for name in names {
      guard case .fact(let id) = meaning(of: name, in: place), vocabulary[id].shape == .scalar else {
        reportNoFact(name, in: place)
        return nil
      }
      let own = vocabulary[id].type
      guard type.map({ vocabulary.areComparable($0, own) && (!own.isTerm || $0 == own) }) ?? true else {
        diagnostics.report(
          .typeMismatch,
          "`\(name.value)` is \(vocabulary.words(for: own)) and cannot agree with "
            + (type.map(vocabulary.words) ?? "the others"), at: name.span,
          help: "name facts of one type, of which each is another way to know the same")
        return nil
      }
      type = type ?? own
      facts.append(id)
    }
    guard let type, !facts.isEmpty else { return nil }
    return (.agree(facts), type)
  }

  private mutating func reportNoFact(_ name: LocatedText, in place: Environment) {
    if vocabulary.factNamed[name.value] == nil, definitionNamed[name.value] == nil {
      reportUnknown(name, expecting: nil, in: place)
      return
    }
    diagnostics.report(
      .shapeMismatch, "`agree` compares facts with one value each, which `\(name.value)` is not", at: name.span,
      help: "declare `\(name.value)` as a fact of a vocabulary")
  }

  private mutating func lookUp(
    _ column: LocatedText, _ table: LocatedText, _ conditions: [ConditionSyntax], of draft: DefinitionDraft
  ) -> (Definition.Form, ValueType)? {
    let place = Environment(document: draft.document)
    let syntax = RowsSyntax(collection: table, conditions: conditions, span: draft.syntax.span)
    guard let rows = rows(syntax, in: place) else { return nil }
    guard case .table(let id) = rows.collection else {
      diagnostics.report(
        .unknownCollection, "`\(table.value)` is no table in which something can be looked up", at: table.span,
        help: "of a record say `only (\(table.value).\(column.value) where …)`")
      return nil
    }
    let columns = tables[id.index].columns
    guard let index = columns.firstIndex(where: { $0.name == column.value }) else {
      diagnostics.report(
        .unknownColumn, "the table `\(table.value)` has no column `\(column.value)`", at: column.span,
        help: didYouMean(column.value, columns.map(\.name)) ?? "its columns are \(list(columns.map(\.name)))")
      return nil
    }
    guard !columns[index].isSet else {
      diagnostics.report(
        .shapeMismatch, "the column `\(column.value)` holds sets, of which none can be looked up as one value",
        at: column.span, help: "look up a column with one value in each row")
      return nil
    }
    return asked(of: draft, or: columns[index].type).map { (.lookUp(rows, field: index), $0) }
  }
}
