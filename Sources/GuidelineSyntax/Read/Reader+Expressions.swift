internal import SourceText

// Lines of the grammar inside a document.

extension Reader {
  /// Reads a line with `parse`; a fault is reported, and nil stands for the broken line.
  mutating func read<Result>(
    _ line: ExpressionText, _ topic: Parser.Topic, _ parse: (inout Parser) throws(Fault) -> Result
  ) -> Result? {
    do {
      var parser = Parser(line, topic)
      let result = try parse(&parser)
      try parser.end()
      return result
    } catch {
      report(error, in: line)
      return nil
    }
  }

  // MARK: Conditions

  /// A condition line, a group, or a list of them; a list is *all of*.
  mutating func conditions(_ node: Node?, what: @autoclosure () -> String) -> [ConditionSyntax] {
    guard let node else { return [] }
    guard node.isSequence, case .list(let items) = node.form else { return [condition(node)] }
    if items.isEmpty {
      report(
        .emptyList, "the list under \(what()) is empty", help: "leave it out, or write a condition", at: node.span)
    }
    return items.map { condition($0) }
  }

  mutating func condition(_ node: Node) -> ConditionSyntax {
    if node.isScalar { return condition(node.line) }
    switch node.form {
    case .broken, .scalar: return ConditionSyntax(.broken, node.span)
    case .mapping(let entries): return group(entries, node)
    case .list:
      report(
        .wrongKind, "a list stands where one condition is expected",
        help: "write `all:` or `any:` above it", at: headSpan(node.span))
      return ConditionSyntax(.broken, node.span)
    }
  }

  mutating func condition(_ line: ExpressionText) -> ConditionSyntax {
    let condition = read(line, .condition) { (parser) throws(Fault) in try parser.condition() }
    return condition ?? ConditionSyntax(.broken, line.whole)
  }

  private mutating func group(_ entries: [Entry], _ node: Node) -> ConditionSyntax {
    let broken = ConditionSyntax(.broken, node.span)
    guard let entry = entries.first, entries.count == 1 else {
      report(
        .wrongKind, "a group of conditions has one key, here are \(entries.count)",
        help: "put each group into an item of its own", at: headSpan(node.span))
      return broken
    }
    if entry.key.value == "not" {
      if case .list = entry.value.form {
        report(
          .wrongKind, "`not:` takes one condition", help: "write `none:` above a list", at: headSpan(entry.value.span))
        return broken
      }
      return ConditionSyntax(.not(condition(entry.value)), node.span)
    }
    guard let kind = groupKind(entry.key) else { return broken }
    return ConditionSyntax(.group(kind, members(entry)), node.span)
  }

  private mutating func members(_ entry: Entry) -> [ConditionSyntax] {
    guard entry.value.isScalar else {
      let items = items(of: entry.value, what: "`\(entry.key.value):`")
      if items.isEmpty, case .list = entry.value.form {
        report(
          .emptyList, "the list under `\(entry.key.value):` is empty", help: "write the conditions below it",
          at: entry.value.span)
      }
      return items.map { condition($0) }
    }
    report(
      .wrongKind, "`\(entry.key.value):` needs a list of conditions", help: "put `- ` before the condition",
      at: entry.value.span)
    return []
  }

  private mutating func groupKind(_ key: LocatedText) -> GroupKind? {
    switch key.value {
    case "all": return .all
    case "any": return .any
    case "none": return GroupKind.none
    default: break
    }
    let words = key.value.split(separator: " ")
    if words.count == 4, words[0] == "at", words[1] == "least", words[3] == "of", let count = Int(words[2]), count > 0 {
      return .atLeast(count)
    }
    let near = nearestWord(key.value, ["all", "any", "none", "not", "at least 2 of"])
    report(
      .unknownKey, "`\(key.value):` is no group of conditions",
      help: ["when", "unless", "then", "overrides"].contains(key.value)
        ? "`\(key.value)` is a key of the rule: write it below the conditions, as far to the left as `title`"
        : near.map { "did you mean `\($0):`?" }
          ?? "groups are `all:`, `any:`, `none:`, `at least 2 of:` and `not:`; a text with `: ` in it stands in quotes",
      at: key.span)
    return nil
  }

  // MARK: Values, cells, types, references

  mutating func value(_ node: Node, what: String) -> ValueSyntax {
    guard isText(node, what: what) else { return ValueSyntax(.broken, node.span) }
    let line = node.line
    let value = read(line, .value) { (parser) throws(Fault) in try parser.value() }
    return value ?? ValueSyntax(.broken, line.whole)
  }

  mutating func cell(_ node: Node) -> CellSyntax {
    guard isText(node, what: "a cell") else { return CellSyntax(alternatives: [.broken], span: node.span) }
    let line = node.line
    let cell = read(line, .cell) { (parser) throws(Fault) in try parser.cell() }
    return cell ?? CellSyntax(alternatives: [.broken], span: line.whole)
  }

  /// A type as one text, or as `{type: …, unit: …}`.
  mutating func type(_ node: Node, owner: Owner) -> TypeSyntax {
    guard case .mapping = node.form else { return typeLine(node, owner: owner) }
    guard var keys = keys(of: node, at: .type, owner: owner) else { return TypeSyntax(.broken, node.span) }
    let type = type(&keys)
    finish(keys)
    return type
  }

  /// The type that `type:` and `unit:` of a place say together.
  mutating func type(_ keys: inout Keys) -> TypeSyntax {
    let written = require("type", of: &keys)
    let unit = text(keys.take("unit"), what: "`unit`")
    if let unit, WordTable.shared.isReserved(unit.value.utf8) {
      report(
        .reservedWord, "`\(unit.value)` is a word of the language and cannot be a unit", help: "choose another unit",
        at: unit.span)
    }
    guard let written else { return TypeSyntax(.broken, keys.mark) }
    let type = typeLine(written, owner: keys.owner)
    return unit.map { merge($0, into: type) } ?? type
  }

  private mutating func typeLine(_ node: Node, owner: Owner) -> TypeSyntax {
    guard isText(node, what: "the type of \(owner)") else { return TypeSyntax(.broken, node.span) }
    let line = node.line
    do {
      return try readType(line)
    } catch {
      report(error, in: line)
      return TypeSyntax(.broken, line.whole)
    }
  }

  private mutating func merge(_ unit: LocatedText, into type: TypeSyntax) -> TypeSyntax {
    switch type.form {
    case .broken: return type
    case .quantity(nil): return TypeSyntax(.quantity(unit: unit), type.span)
    case .series(let inner):
      return TypeSyntax(.series(merge(unit, into: inner)), type.span)
    case .quantity(let written?):
      report(
        .wrongKind, "the unit is given twice: `\(written.value)` and `\(unit.value)`", help: "leave one out",
        at: unit.span)
      return type
    default:
      report(.wrongKind, "`\(print(type))` has no unit", help: "leave `unit:` out", at: unit.span)
      return type
    }
  }

  mutating func citations(_ node: Node?) -> [CitationSyntax]? {
    guard let node else { return nil }
    if node.isSequence, case .list(let items) = node.form { return items.compactMap { citation($0) } }
    return citation(node).map { [$0] }
  }

  private mutating func citation(_ node: Node) -> CitationSyntax? {
    guard isText(node, what: "a source") else { return nil }
    do {
      return try readCitation(node.line)
    } catch {
      report(error, in: node.line)
      return nil
    }
  }

  mutating func template(_ node: Node?, what: String) -> [TemplatePart] {
    guard let node, isText(node, what: what) else { return [] }
    do {
      return try readTemplate(node.line)
    } catch {
      report(error, in: node.line)
      return []
    }
  }
}
