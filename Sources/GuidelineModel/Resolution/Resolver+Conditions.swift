internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Conditions: `grammar.md` §2, `semantics.md` §2.

extension Resolver {
  /// All of these.
  ///
  /// Nil when one of them is broken. Every one is read, so that each fault is reported.
  mutating func conditions(_ list: [ConditionSyntax], in place: Environment) -> Condition? {
    if list.count == 1 { return condition(list[0], in: place) }
    guard let known = every(list, { $0.condition($1, in: place) }), let first = known.first, let last = known.last
    else { return nil }
    return Condition(.group(.all, known), first.span.joined(with: last.span))
  }

  /// What every member of a list means; nil when one is broken.
  ///
  /// Every one is read, so that each fault is reported.
  mutating func every<Syntax, Meaning>(
    _ list: [Syntax], _ read: (inout Resolver, Syntax) -> Meaning?
  ) -> [Meaning]? {
    var known: [Meaning] = []
    known.reserveCapacity(list.count)
    for item in list {
      if let meaning = read(&self, item) { known.append(meaning) }
    }
    return known.count == list.count ? known : nil
  }

  mutating func condition(_ syntax: ConditionSyntax, in place: Environment) -> Condition? {
    let span = syntax.span
    switch syntax.form {
    case .broken: return nil
    case .group(let kind, let members):
      return every(members) { $0.condition($1, in: place) }.map { Condition(.group(kind, $0), span) }
    case .not(let inner): return condition(inner, in: place).map { Condition(.not($0), span) }
    case .holds(let name): return holds(name, at: span, in: place)
    case .exists(let rows): return self.rows(rows, in: place).map { Condition(.exists($0), span) }
    case .anyPoint(let series, let window, let relation):
      return anyPoint((series, window), relation, at: span, in: place)
    case .applies(let reference):
      return rules(reference, in: place).map { Condition(.applies($0), span) }
    case .concluded(let pattern): return self.pattern(pattern, in: place).map { Condition(.concluded($0), span) }
    case .relation(let left, let relation): return self.relation(left, relation, at: span, in: place)
    }
  }

  /// A yes_no fact, definition or field that stands alone.
  private mutating func holds(_ name: LocatedText, at span: Span, in place: Environment) -> Condition? {
    if isRule(name.value, in: place) {
      diagnostics.report(
        .misplacedWord, "`\(name.value)` is a rule", at: name.span, help: "write `rule \(name.value) applies`")
      return nil
    }
    guard let value = named(name, expecting: nil, in: place) else { return nil }
    guard value.type == .term(.yesNo) else {
      diagnostics.report(
        .typeMismatch, "`\(name.value)` is \(vocabulary.words(for: value.type)) and cannot stand alone as a condition",
        at: name.span, help: "compare it, as in `\(name.value) \(comparison(of: value.type))`")
      return nil
    }
    return Condition(.isTerm(value, [.term(0)]), span)
  }

  private func isRule(_ name: String, in place: Environment) -> Bool {
    let id = documentIDs[place.document.index]
    return vocabulary.factNamed[name] == nil && rulesNamed[id]?[name] != nil
  }

  private func comparison(of type: ValueType) -> String {
    let sign = type.unit != nil || type == .date ? ">=" : "is"
    return "\(sign) \(vocabulary.example(of: type))"
  }

  private mutating func anyPoint(
    _ syntax: (series: LocatedText, window: WindowSyntax?), _ relation: RelationSyntax, at span: Span,
    in place: Environment
  ) -> Condition? {
    let name = syntax.series
    guard let series = series(name, in: place) else { return nil }
    let read = window(syntax.window, in: place)
    let point = Value(.currentPoint, type: vocabulary[series].type, name.span)
    switch relation.form {
    case .compare, .between, .oneOf: break
    case .broken: return nil
    default:
      diagnostics.report(
        .shapeMismatch, "each value of `\(name.value)` can only be compared with a quantity", at: relation.span,
        help: "write it as `any \(name.value) > \(vocabulary.example(of: point.type))`")
      return nil
    }
    guard let condition = self.relation(of: point, relation, at: span, in: place), let read else { return nil }
    return Condition(.anyPoint(series, read.window, condition), span)
  }

  // MARK: Rules

  /// The ids of the rules that a reference names; a rule of a document that is not loaded: none.
  mutating func rules(_ reference: RuleReferenceSyntax, in place: Environment) -> [RuleID]? {
    let own = documentIDs[place.document.index]
    let document = reference.document?.value ?? own
    let name = reference.row.map { "\(reference.rule.value)#\($0.value)" } ?? reference.rule.value
    if let found = rulesNamed[document]?[name] { return found }
    guard let written = syntax.ruleNames[document] else {
      diagnostics.report(
        .unknownDocument, "the library has no document `\(document)` with rules", at: reference.span,
        help: meantOrKnown(document, syntax.ruleNames.keys, "the documents with rules"))
      return nil
    }
    // Another edition has the rule: here it is as if its condition were false.
    if document != own, written.contains(name) { return [] }
    let known = document == own ? Array((rulesNamed[own] ?? [:]).keys) : Array(written)
    diagnostics.report(
      .unknownRule, "`\(document)` has no rule `\(name)`", at: reference.span,
      help: didYouMean(name, known) ?? elsewhere(name).map { "write `\($0)/\(name)`" }
        ?? meantOrKnown(name, known, "its rules"))
    return nil
  }

  private func elsewhere(_ rule: String) -> String? {
    syntax.ruleNames.keys.sorted().first { syntax.ruleNames[$0]?.contains(rule) ?? false }
  }
}
