internal import SourceText

// Rules, conclusions, overrides, and what they say of their sources.

extension Reader {
  mutating func rule(_ entry: Entry) -> RuleSyntax {
    check(entry.key, .kebab, what: "the id of a rule")
    var rule = RuleSyntax(id: entry.key, span: entry.span)
    let owner = Owner("rule", entry.key)
    guard var keys = keys(of: entry, at: .rule, owner: owner) else { return rule }
    rule.title = text(keys.take("title"), what: "`title`")
    rule.forEach = forEach(keys.take("for_each"))
    rule.when = conditions(keys.take("when"), what: "`when`")
    rule.unless = conditions(keys.take("unless"), what: "`unless`")
    rule.overrides = overrides(keys.take("overrides"))
    if keys.has("then") || !keys.has("overrides") {
      rule.then = conclusions(
        require(
          "then", of: &keys,
          help: "say what the rule concludes under `then:`, or whose conclusions it replaces under `overrides:`"))
    }
    rule.annotations = annotations(&keys, because: true)
    rule.reviewed = text(keys.take("reviewed"), what: "`reviewed`")
    finish(keys)
    return rule
  }

  private mutating func forEach(_ node: Node?) -> [ForEachSyntax] {
    var result: [ForEachSyntax] = []
    for entry in entries(of: node, what: "`for_each`") ?? [] {
      check(entry.key, .snake, what: "a variable", dots: false)
      guard isText(entry.value, what: "what `\(entry.key.value)` ranges over") else { continue }
      let rows = read(entry.value.line, .condition) { (parser) throws(Fault) in try parser.rows() }
      if let rows { result.append(ForEachSyntax(variable: entry.key, rows: rows)) }
    }
    return result
  }

  // MARK: Annotations

  mutating func annotations(_ keys: inout Keys, because: Bool) -> AnnotationsSyntax {
    guard keys.hasAny(of: Place.annotations) || because && keys.has("because") else { return AnnotationsSyntax() }
    var annotations = AnnotationsSyntax.Keys()
    annotations.strength = grade(keys.take("strength"), what: "strength", of: Self.strengths)
    annotations.certainty = grade(keys.take("certainty"), what: "certainty", of: Self.certainties)
    annotations.gradedAs = keys.take("graded_as").map { LocatedTemplate(template($0, what: "`graded_as`"), $0.span) }
    annotations.sources = citations(keys.take("source"))
    annotations.at = text(keys.take("at"), what: "`at`")
    annotations.quote = text(keys.take("quote"), what: "`quote`")
    annotations.comment = text(keys.take("comment"), what: "`comment`")
    if because { annotations.because = text(keys.take("because"), what: "`because`") }
    return AnnotationsSyntax(annotations)
  }

  /// A word of the list, or the column of a variable that holds one.
  private mutating func grade(_ node: Node?, what: String, of words: [String]) -> LocatedText? {
    guard let node else { return nil }
    if case .scalar(let text, _) = node.form {
      if text.utf8.contains(UInt8(ascii: ".")), NameForm.snake.fits(text) { return LocatedText(text, node.span) }
      if !words.contains(text), let key = Self.grades[text] {
        report(.valueNotInList, "`\(text)` is no \(what)", help: "did you mean `\(key): \(text)`?", at: node.span)
        return nil
      }
    }
    return word(node, what: what, of: words)
  }

  private static let strengths = ["strong", "conditional"]
  private static let certainties = ["high", "moderate", "low", "very_low"]

  /// The words of both lists, so that one in the wrong place is told where it belongs.
  private static let grades = [
    "strong": "strength", "conditional": "strength", "high": "certainty", "moderate": "certainty", "low": "certainty",
    "very_low": "certainty",
  ]

  // MARK: Conclusions

  mutating func conclusions(_ node: Node?) -> [ConclusionSyntax] {
    guard let node else { return [] }
    if node.isMapping { return conclusion(node).map { [$0] } ?? [] }
    let items = items(of: node, what: "`then`")
    if items.isEmpty, case .list = node.form {
      report(.emptyList, "the list under `then` is empty", help: "say what is concluded", at: node.span)
    }
    return items.compactMap { conclusion($0) }
  }

  /// One kind with its subject, its fields, and annotations.
  mutating func conclusion(_ node: Node) -> ConclusionSyntax? {
    guard var keys = keys(of: node, at: .conclusion, owner: "a conclusion") else { return nil }
    let annotations = annotations(&keys, because: false)
    let own = keys.leftOver
    guard let first = own.first else {
      report(
        .missingKey, "this conclusion does not say what is concluded", help: "begin with its kind, as in `recommend:`",
        at: headSpan(node.span))
      return nil
    }
    check(first.key, .snake, what: "a kind of conclusion", dots: false)
    let fields = own.count == 1 ? [] : own.dropFirst().filter { !$0.value.isBroken }.map { field($0) }
    var conclusion = ConclusionSyntax(
      kind: first.key, subjects: subjects(first.value), fields: fields, span: node.span)
    conclusion.annotations = annotations
    return conclusion
  }

  private mutating func subjects(_ node: Node) -> [ValueSyntax] {
    guard node.isSequence, case .list(let items) = node.form else { return [subject(node)] }
    if items.isEmpty {
      report(.emptyList, "this conclusion is about nothing", help: "name at least one subject", at: node.span)
    }
    return items.map { subject($0) }
  }

  private mutating func subject(_ node: Node) -> ValueSyntax { reading(node, wantsOther: false).value }

  private mutating func field(_ entry: Entry) -> ConclusionFieldSyntax {
    checkField(entry.key)
    let reading = reading(entry.value)
    var field = ConclusionFieldSyntax(name: entry.key, value: reading.value, ifKnown: reading.ifKnown)
    field.raw = reading.raw
    field.isQuoted = reading.isQuoted
    field.otherReading = reading.other
    return field
  }

  // MARK: Overrides

  mutating func overrides(_ node: Node?) -> [OverrideSyntax] {
    items(of: node, what: "`overrides`").map { override($0) }
  }

  private mutating func override(_ node: Node) -> OverrideSyntax {
    let broken = OverrideSyntax(target: .broken, because: nil, span: node.span)
    guard var keys = keys(of: node, at: .override, owner: "an override") else { return broken }
    let rule = keys.take("rule")
    let conclusions = keys.take("conclusions")
    let because = text(require("because", of: &keys, help: "say why with `because:`"), what: "`because`")
    finish(keys)
    var target = OverrideSyntax.Target.broken
    switch (rule, conclusions) {
    case (let rule?, nil): target = overriddenRule(rule)
    case (nil, let patterns?): target = .conclusions(self.patterns(patterns, what: "`conclusions`"))
    case (nil, nil):
      report(
        .missingKey, "this override does not say what it overrides",
        help: "name a rule with `rule:`, or conclusions with `conclusions:`", at: headSpan(node.span))
    case (_?, _?):
      report(
        .wrongKind, "this override names both a rule and conclusions", help: "make two items of it",
        at: headSpan(node.span))
    }
    return OverrideSyntax(target: target, because: because, span: node.span)
  }

  private mutating func overriddenRule(_ node: Node) -> OverrideSyntax.Target {
    guard isText(node, what: "`rule`") else { return .broken }
    let line = node.line
    do {
      let text = String(decoding: line.bytes, as: UTF8.self)
      return .rule(try readRuleReference(text, at: 0..<line.bytes.count, of: line))
    } catch {
      report(error, in: line)
      return .broken
    }
  }

  // MARK: Patterns

  /// One pattern or a list of them.
  mutating func patterns(_ node: Node?, what: String) -> [PatternSyntax] {
    guard let node else { return [] }
    if node.isMapping { return pattern(node).map { [$0] } ?? [] }
    let items = items(of: node, what: what)
    return items.compactMap { pattern($0) }
  }

  /// `{<kind>: <subject>, <field>: <value or list>, …}`.
  mutating func pattern(_ node: Node) -> PatternSyntax? {
    guard let entries = entries(of: node, what: "a pattern") else { return nil }
    guard let first = entries.first else {
      report(
        .missingKey, "this pattern does not say which kind of conclusion fits",
        help: "write it as in `{recommend: any}`",
        at: node.span)
      return nil
    }
    check(first.key, .snake, what: "a kind of conclusion", dots: false)
    let fields = entries.dropFirst().map { PatternFieldSyntax(name: $0.key, values: operands($0.value)) }
    return PatternSyntax(kind: first.key, subjects: operands(first.value), fields: fields, span: node.span)
  }

  private mutating func operands(_ node: Node) -> [OperandSyntax] {
    guard node.isSequence, case .list(let items) = node.form else { return operand(node).map { [$0] } ?? [] }
    if items.isEmpty {
      report(.emptyList, "an empty list fits nothing", help: "name at least one value, or `any`", at: node.span)
    }
    return items.compactMap { operand($0) }
  }

  /// A name, a literal or `any`; what is none of these is a text.
  private mutating func operand(_ node: Node) -> OperandSyntax? {
    guard let text = text(node, what: "a value of a pattern") else { return nil }
    if text.value == "any" { return OperandSyntax(.any, text.span) }
    if NameForm.snake.fits(text.value) { return OperandSyntax(.name(text.value), text.span) }
    if !node.isQuoted, let literal = quietly(node.line, { (parser) throws(Fault) in try parser.literal() }) {
      return OperandSyntax(.literal(literal), text.span)
    }
    return OperandSyntax(.literal(.text(text.value)), text.span)
  }

  /// Reads a line whose faults are of no interest.
  func quietly<Result>(
    _ line: ExpressionText, _ parse: (inout Parser) throws(Fault) -> Result?
  ) -> Result? {
    var parser = Parser(line, .value, isQuiet: true)
    guard let result = try? parse(&parser), (try? parser.end()) != nil else { return nil }
    return result
  }
}
