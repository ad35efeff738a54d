internal import SourceText

// Vocabularies: terms, facts, records, kinds of conclusion, conflicts.

extension Reader {
  mutating func vocabulary(_ keys: inout Keys) -> VocabularySyntax {
    var vocabulary = VocabularySyntax()
    vocabulary.groups = (entries(of: keys.take("terms"), what: "`terms`") ?? []).map { termGroup($0) }
    vocabulary.facts = (entries(of: keys.take("facts"), what: "`facts`") ?? []).map { fact($0) }
    vocabulary.records = (entries(of: keys.take("records"), what: "`records`") ?? []).map { record($0) }
    vocabulary.kinds = (entries(of: keys.take("conclusions"), what: "`conclusions`") ?? []).map { kind($0) }
    vocabulary.conflicts = items(of: keys.take("conflicts"), what: "`conflicts`").compactMap { conflict($0) }
    return vocabulary
  }

  private mutating func termGroup(_ entry: Entry) -> TermGroupSyntax {
    check(entry.key, .snake, what: "a list of terms", dots: false)
    let terms = entries(of: entry.value, what: "the list of terms `\(entry.key.value)`") ?? []
    return TermGroupSyntax(name: entry.key, terms: terms.map { term($0) })
  }

  private mutating func term(_ entry: Entry) -> TermSyntax {
    check(entry.key, .snake, what: "a term", dots: false)
    var term = TermSyntax(name: entry.key, span: entry.span)
    guard var keys = keys(of: entry, at: .term, owner: Owner("term", entry.key)) else { return term }
    term.parent = text(keys.take("is"), what: "`is`")
    term.label = text(keys.take("label"), what: "`label`")
    term.codes = codes(keys.take("codes"))
    finish(keys)
    return term
  }

  private mutating func codes(_ node: Node?) -> [CodeSyntax] {
    var codes: [CodeSyntax] = []
    for entry in entries(of: node, what: "`codes`") ?? [] {
      guard let code = text(entry.value, what: "the code") else { continue }
      codes.append(CodeSyntax(system: entry.key, code: code))
    }
    return codes
  }

  // MARK: Facts

  private mutating func fact(_ entry: Entry) -> FactSyntax {
    checkFact(entry.key)
    let owner = Owner("fact", entry.key)
    if entry.value.isScalar {
      let type = type(entry.value, owner: owner)
      requireUnit(type, owner: owner, at: entry.key.span)
      return FactSyntax(name: entry.key, type: type, span: entry.span)
    }
    var fact = FactSyntax(name: entry.key, type: TypeSyntax(.broken, entry.value.span), span: entry.span)
    guard var keys = keys(of: entry, at: .fact, owner: owner) else { return fact }
    fact.type = type(&keys)
    requireUnit(fact.type, owner: owner, at: entry.key.span)
    fact.ordered = yesNo(keys.take("ordered"), what: "answer to `ordered`")
    fact.range = range(keys.take("range"))
    fact.ask = text(keys.take("ask"), what: "`ask`")
    fact.codes = codes(keys.take("codes"))
    fact.validFor = text(keys.take("valid_for"), what: "`valid_for`")
    finish(keys)
    return fact
  }

  private static let wordsOfValues = ["unknown", "value", "unit", "on"]

  private mutating func checkFact(_ name: LocatedText) {
    check(name, .snake, what: "a fact")
    let kept = Self.wordsOfValues
    if name.value.utf8.contains(UInt8(ascii: ".")),
      let part = name.value.split(separator: ".").map(String.init).first(where: kept.contains), part != name.value
    {
      report(
        .reservedWord, "`\(part)` cannot be a part of the name of a fact",
        help: "\(list(kept)) say how a value is given", at: name.span)
    } else if kept.contains(name.value), !WordTable.shared.isReserved(name.value.utf8) {
      report(
        .reservedWord, "`\(name.value)` cannot be the name of a fact", help: "\(list(kept)) say how a value is given",
        at: name.span)
    }
  }

  private mutating func requireUnit(_ type: TypeSyntax, owner: Owner, at span: Span) {
    switch type.form {
    case .quantity(nil):
      report(.missingKey, "\(owner) has no `unit`", help: "add `unit:`, as in `unit: mg/d`", at: span)
    case .series(let inner): requireUnit(inner, owner: owner, at: span)
    default: break
    }
  }

  private mutating func range(_ node: Node?) -> RangeSyntax? {
    guard let node, text(node, what: "`range`") != nil else { return nil }
    return read(node.line, .value) { (parser) throws(Fault) in try parser.range() }
  }

  // MARK: Records, kinds, conflicts

  private mutating func record(_ entry: Entry) -> RecordSyntax {
    checkFact(entry.key)
    var record = RecordSyntax(name: entry.key, span: entry.span)
    guard var keys = keys(of: entry, at: .record, owner: Owner("record", entry.key)) else { return record }
    record.ask = text(keys.take("ask"), what: "`ask`")
    record.codes = codes(keys.take("codes"))
    record.fields = columns(require("fields", of: &keys), what: "`fields`")
    finish(keys)
    return record
  }

  /// Names with their types: fields of records and kinds, columns of tables.
  mutating func columns(_ node: Node?, what: String) -> [ColumnSyntax] {
    (entries(of: node, what: what) ?? []).map { entry in
      checkField(entry.key)
      return ColumnSyntax(name: entry.key, type: type(entry.value, owner: Owner("", entry.key)))
    }
  }

  private mutating func kind(_ entry: Entry) -> ConclusionKindSyntax {
    check(entry.key, .snake, what: "a kind of conclusion", dots: false)
    let owner = Owner("kind of conclusion", entry.key)
    var kind = ConclusionKindSyntax(
      name: entry.key, subject: TypeSyntax(.broken, entry.value.span), span: entry.span)
    guard var keys = keys(of: entry, at: .kind, owner: owner) else { return kind }
    if let subject = require("subject", of: &keys) { kind.subject = type(subject, owner: "`subject`") }
    kind.fields = columns(keys.take("fields"), what: "`fields`")
    kind.graded = yesNo(keys.take("graded"), what: "answer to `graded`")
    finish(keys)
    return kind
  }

  private mutating func conflict(_ node: Node) -> ConflictSyntax? {
    guard var keys = keys(of: node, at: .conflict, owner: "this conflict") else { return nil }
    let pair = require("between", of: &keys)
    let between = texts(pair, what: "`between`")
    let same = texts(require("same", of: &keys), what: "`same`")
    finish(keys)
    if let pair, between.count != 2 {
      report(
        .wrongKind, "a conflict is between two kinds of conclusion, here are \(between.count)",
        help: "make an entry of its own for each pair", at: headSpan(pair.span))
    }
    return ConflictSyntax(between: between, same: same, span: node.span)
  }
}
