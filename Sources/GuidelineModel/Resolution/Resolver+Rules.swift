internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Rules, and what they override.

extension Resolver {
  /// The most rules, rows of grids included, that a library may have.
  static let ruleLimit = 65_535
  /// The most variables of one `for_each`.
  static let variableLimit = 8

  /// Collects the names first: rules may name each other in any order.
  mutating func listRules() {
    for index in documents.indices {
      let drafts = drafts(of: DocumentID(index)).sorted { $0.name < $1.name }
      var named = rulesNamed.removeValue(forKey: documentIDs[index]) ?? [:]
      named.reserveCapacity(named.count + drafts.count)
      for var draft in drafts {
        let id = RuleID(ruleDrafts.count)
        if case .row(let table, _) = draft.form {
          let name = bodies[index].tables[table].id.value
          draft.family = named[name]?.first?.index ?? id.index
          named[draft.name, default: []].append(id)
          named[name, default: []].append(id)
        } else {
          draft.family = id.index
          named[draft.name, default: []].append(id)
        }
        ruleDrafts.append(draft)
      }
      rulesNamed[documentIDs[index]] = named
    }
    guard ruleDrafts.count > Self.ruleLimit else { return }
    var counts: [Int: Int] = [:]
    for draft in ruleDrafts { counts[draft.document.index, default: 0] += 1 }
    guard let largest = documents.indices.max(by: { counts[$0, default: 0] < counts[$1, default: 0] }) else { return }
    diagnostics.report(
      .tooManyRules, "the library has \(ruleDrafts.count) rules, more than \(Self.ruleLimit)",
      at: documents[largest].span,
      help: "put rows of knowledge into a table with `columns`, over which one rule ranges")
    ruleDrafts.removeAll()
    rulesNamed.removeAll()
  }

  func conclusions(of draft: RuleDraft) -> [ConclusionSyntax] {
    switch draft.form {
    case .rule(let rule): return bodies[draft.document.index].rules[rule].then
    case .row(let table, let row):
      guard case .decision(let grid) = bodies[draft.document.index].tables[table].body else { return [] }
      return grid.rows[row].then
    }
  }

  private mutating func drafts(of document: DocumentID) -> [RuleDraft] {
    var drafts: [RuleDraft] = []
    var named: [String: Span] = [:]
    let body = bodies[document.index]
    drafts.reserveCapacity(body.rules.count)
    for index in body.rules.indices {
      let id = body.rules[index].id
      if !body.tables.isEmpty { named[id.value] = id.span }
      drafts.append(RuleDraft(form: .rule(index), name: id.value, document: document, family: 0))
    }
    for (index, table) in body.tables.enumerated() {
      guard case .decision(let grid) = table.body else { continue }
      if let other = named[table.id.value] {
        diagnostics.report(
          .duplicateId, "a rule and a table are both named `\(table.id.value)`", at: table.id.span,
          help: "give one of them another name", also: [(other, "the rule")])
        continue
      }
      drafts += rows(of: table, index, grid, document)
    }
    return drafts
  }

  private mutating func rows(
    of table: TableSyntax, _ number: Int, _ grid: DecisionTableSyntax, _ document: DocumentID
  ) -> [RuleDraft] {
    var named: [String: Span] = [:]
    var drafts: [RuleDraft] = []
    for (index, row) in grid.rows.enumerated() {
      let name = row.id?.value ?? String(index + 1)
      if let earlier = named[name] {
        diagnostics.report(
          .duplicateId, "two rows of `\(table.id.value)` are named `\(name)`", at: row.id?.span ?? row.span,
          help: "give each row an id of its own", also: [(earlier, "the other row")])
        continue
      }
      named[name] = row.id?.span ?? row.span
      drafts.append(
        RuleDraft(
          form: .row(table: number, row: index), name: "\(table.id.value)#\(name)", document: document, family: 0))
    }
    return drafts
  }

  // MARK: Settling

  /// What a draft means; nil when it is broken.
  ///
  /// `body`: of its document.
  mutating func resolved(_ draft: RuleDraft, in body: GuidelineSyntax) -> Rule? {
    switch draft.form {
    case .rule(let index): return rule(body.rules[index], draft)
    case .row(let table, let row):
      guard case .decision(let grid) = body.tables[table].body else { return nil }
      return self.row(grid.rows[row], of: body.tables[table], grid, draft)
    }
  }

  private mutating func rule(_ syntax: RuleSyntax, _ draft: RuleDraft) -> Rule? {
    guard let (variables, place) = variables(syntax.forEach, in: Environment(document: draft.document)) else {
      return nil
    }
    let when = all(syntax.when, at: syntax.id.span, in: place)
    let unless = syntax.unless.isEmpty ? nil : conditions(syntax.unless, in: place)
    let overrides = every(syntax.overrides) { $0.override($1, in: place) }
    let levels = [syntax.annotations, bodies[draft.document.index].annotations]
    let notes = annotations(levels, in: place)
    let conclusions = conclusions(syntax.then, Inherited(notes: notes, levels: levels), in: place)
    guard let when, unless != nil || syntax.unless.isEmpty, let overrides, let conclusions else { return nil }
    var rule = Rule(
      name: draft.name, document: draft.document, family: draft.family, when: when, span: syntax.span,
      nameSpan: syntax.id.span)
    rule.title = syntax.title?.value
    rule.variables = variables
    rule.unless = unless
    rule.overrides = overrides
    rule.conclusions = conclusions
    rule.because = syntax.annotations.because?.value
    rule.citations = notes.citations
    rule.quote = notes.quote
    rule.comment = syntax.annotations.comment?.value
    return rule
  }

  /// What all conclusions of a rule mean; nil when one is broken.
  ///
  /// Every one is read, so that each fault is reported.
  private mutating func conclusions(
    _ list: [ConclusionSyntax], _ inherited: Inherited, in place: Environment
  ) -> [Conclusion]? {
    if list.count == 1 { return conclusions(list[0], inherited, in: place) }
    return every(list) { $0.conclusions($1, inherited, in: place) }.map { $0.flatMap { $0 } }
  }

  /// All of these.
  ///
  /// Of none: always. Nil when one is broken.
  mutating func all(_ list: [ConditionSyntax], at span: Span, in place: Environment) -> Condition? {
    list.isEmpty ? Condition(.group(.all, []), span) : conditions(list, in: place)
  }

  // MARK: Variables

  private mutating func variables(
    _ syntax: [ForEachSyntax], in place: Environment
  ) -> (variables: [RuleVariable], place: Environment)? {
    if let extra = syntax.dropFirst(Self.variableLimit).first {
      diagnostics.report(
        .tooManyVariables, "a rule has at most \(Self.variableLimit) variables", at: extra.variable.span,
        help: "derive rows from some of them first, and range over these")
      return nil
    }
    var place = place
    var variables: [RuleVariable] = []
    var isBroken = false
    for each in syntax {
      let name = each.variable.value
      guard isFree(each.variable, beside: variables),
        let rows = rows(each.rows, named: name, in: place)
      else {
        isBroken = true
        continue
      }
      variables.append(RuleVariable(name: name, rows: rows))
      place.variables.append(Variable(name: name, collection: rows.collection, fields: fields(of: rows.collection)))
    }
    return isBroken ? nil : (variables, place)
  }

  private mutating func isFree(_ name: LocatedText, beside variables: [RuleVariable]) -> Bool {
    if variables.contains(where: { $0.name == name.value }) {
      diagnostics.report(
        .duplicateId, "the variable `\(name.value)` is named twice", at: name.span, help: "choose another name")
      return false
    }
    guard vocabulary.factNamed[name.value] != nil || vocabulary.factBeginnings.contains(name.value) else { return true }
    let begin = name.value + "."
    guard let fact = vocabulary.facts.first(where: { $0.name == name.value || $0.name.hasPrefix(begin) }) else {
      return true
    }
    diagnostics.report(
      .nameTaken, "no variable can be called `\(name.value)`: the fact `\(fact.name)` begins so", at: name.span,
      help: "choose another name", also: [(fact.span, "the fact is declared here")])
    return false
  }

  // MARK: Overrides

  mutating func override(_ syntax: OverrideSyntax, in place: Environment) -> Override? {
    switch syntax.target {
    case .broken: return nil
    case .rule(let reference):
      guard let rules = rules(reference, in: place) else { return nil }
      return Override(target: .rules(rules), because: syntax.because?.value, span: syntax.span)
    case .conclusions(let patterns):
      let read = patterns.map { pattern($0, in: place) }
      let known = read.compactMap { $0 }
      guard known.count == read.count else { return nil }
      return Override(target: .conclusions(known), because: syntax.because?.value, span: syntax.span)
    }
  }
}
