internal import SourceText

// Conditions: `grammar.md` §2.

extension Parser {
  /// `["not"] test`.
  mutating func condition() throws(Fault) -> ConditionSyntax {
    let start = mark()
    guard takes(.not) else { return try test() }
    if current.is(.not) {
      throw fault("`not` stands twice", help: "leave both out", at: current.range)
    }
    let inner = try test()
    try grow(height)
    return ConditionSyntax(.not(inner), span(from: start))
  }

  private mutating func test() throws(Fault) -> ConditionSyntax {
    let start = mark()
    height = 1
    let first = current
    if first.is(.exists) || first.is(.no) { return try rowsTest() }
    if first.is(.any) { return try seriesTest() }
    if first.is(.rule) { return try appliesTest() }
    if first.isName, isSubject(token(ahead: 1)) { return try concludedTest() }
    if let group = groupFault(first) { throw group }
    let left = try value()
    if case .name(let name) = left.form, endsTest {
      return ConditionSyntax(.holds(LocatedText(name, left.span)), left.span)
    }
    let tall = height
    let relation = try relation()
    try grow(tall, height)
    return ConditionSyntax(.relation(left, relation), span(from: start))
  }

  /// Whether nothing more belongs to the test that was begun.
  private var endsTest: Bool {
    current.kind == .end || current.is(.and) || current.is(.close) || current.is(.or)
  }

  private func isSubject(_ token: Token) -> Bool {
    token.isName || token.is(.any) || token.kind == .quoted
  }

  private func groupFault(_ token: Token) -> Fault? {
    let next = self.token(ahead: 1)
    if token.is(.all), next.is(.of) || next.isName {
      return fault(
        "`all` is no condition of its own", help: "write the conditions as a list under `all:`", at: token.range)
    }
    if token.is(.none), next.is(.of) || next.isName {
      return fault("`none` is no condition of its own", help: "write the conditions under `none:`", at: token.range)
    }
    return nil
  }

  /// `exists <rows>`, `no <rows>`.
  private mutating func rowsTest() throws(Fault) -> ConditionSyntax {
    let start = mark()
    let isNo = take().is(.no)
    let rows = try rows()
    try grow(height)
    let exists = ConditionSyntax(.exists(rows), span(from: isNo ? start + 1 : start))
    guard isNo else { return exists }
    try grow(height)
    return ConditionSyntax(.not(exists), span(from: start))
  }

  /// `any <series> [window] <relation>`.
  private mutating func seriesTest() throws(Fault) -> ConditionSyntax {
    let start = mark()
    _ = take()
    if current.is(.of) {
      throw fault("`any of` does not begin a condition", help: "write the conditions under `any:`", at: current.range)
    }
    let series = try series()
    let window = try window()
    let tall = height
    let relation = try relation()
    try grow(tall, height)
    return ConditionSyntax(.anyPoint(series: series, window: window, relation), span(from: start))
  }

  /// `rule [document/]id[#row] applies`.
  private mutating func appliesTest() throws(Fault) -> ConditionSyntax {
    let start = mark()
    _ = take()
    guard current.kind == .word else { throw unexpected("the id of a rule") }
    let token = take()
    let reference = try readRuleReference(text(token), at: token.range, of: line)
    try expect(.applies, "behind the id of the rule")
    return ConditionSyntax(.applies(reference), span(from: start))
  }

  /// `<collection> [where <condition> and …]`.
  mutating func rows() throws(Fault) -> RowsSyntax {
    let start = mark()
    let collection = try collection()
    height = 1
    let conditions = try conditionsBehindWhere()
    return RowsSyntax(collection: collection, conditions: conditions, span: span(from: start))
  }

  private mutating func collection() throws(Fault) -> LocatedText {
    let token = current
    let isCollection = token.isName || (token.kind == .word && NameForm.kebab.fits(line.bytes[token.range]))
    guard isCollection, !token.isReserved else {
      throw unexpected("a record, a table or a kind of conclusion", example: "such a name is `medication`")
    }
    return located(take())
  }

  /// The conditions behind `where`, joined by `and`; none without `where`.
  mutating func conditionsBehindWhere() throws(Fault) -> [ConditionSyntax] {
    guard takes(.where) else { return [] }
    return try joinedConditions()
  }

  /// `<condition> and <condition> …`.
  mutating func joinedConditions() throws(Fault) -> [ConditionSyntax] {
    try nested { (parser) throws(Fault) in
      var tallest = 0
      var conditions: [ConditionSyntax] = []
      repeat {
        conditions.append(try parser.condition())
        tallest = max(tallest, parser.height)
      } while parser.takes(.and)
      try parser.grow(tallest)
      return conditions
    }
  }

  // MARK: `is concluded`

  /// `<kind> <subject> { ["in"] <field> <operand or list> } is concluded`.
  private mutating func concludedTest() throws(Fault) -> ConditionSyntax {
    let start = mark()
    do {
      return try concluded(from: start)
    } catch let first {
      // A number may be followed by the name of the next field instead of a unit: `rank 1 line initial`.
      rewind(to: start)
      let before = tokens
      readUnitsAsWords(from: start)
      if tokens != before, let condition = try? concluded(from: start) { return condition }
      rewind(to: start)
      throw mentionsConcluded ? first : notARelation(token(ahead: 1))
    }
  }

  private mutating func concluded(from start: Int) throws(Fault) -> ConditionSyntax {
    let kind = located(take())
    let subject = try operand(anyAllowed: true)
    var fields: [PatternFieldSyntax] = []
    while !current.is(.is) {
      let marked = takes(.in)
      guard current.isName || current.mayBeField else {
        throw unexpected(marked ? "the name of a field" : "`is concluded` or a field with its value", words: ["is"])
      }
      let name = located(take())
      fields.append(PatternFieldSyntax(name: name, values: try fieldValues()))
    }
    let pattern = PatternSyntax(kind: kind, subjects: [subject], fields: fields, span: span(from: start))
    _ = take()
    try expect(.concluded, "behind `\(kind.value) …  is`")
    height = 1
    return ConditionSyntax(.concluded(pattern), span(from: start))
  }

  private mutating func fieldValues() throws(Fault) -> [OperandSyntax] {
    current.is(.openList) ? try list(anyAllowed: false) : [try operand(anyAllowed: true)]
  }

  private var mentionsConcluded: Bool {
    let words = tokens[position...]
    if words.contains(where: { $0.kind == .word && nearestWord(text($0), ["concluded"]) != nil }) { return true }
    return token(ahead: 2).is(.in) && token(ahead: 3).isName
  }

  /// A word between two names that is no relation: `age atleast 18 a`.
  private func notARelation(_ token: Token) -> Fault {
    if token.is(.any) || token.kind == .quoted || !token.isName {
      return fault(
        "`\(shown(token))` does not fit here: a comparison was expected",
        help: "comparisons are `is`, `in`, `includes`, `between`, `<`, `<=`, `>` and `>=`", at: token.range)
    }
    let near = Words.foreignOperators[text(token)] ?? nearestWord(text(token), Words.relations + ["is concluded"])
    let forms = "a name is followed by `is`, `in`, `includes`, `between`, `<`, `<=`, `>` or `>=`"
    return fault(
      "`\(text(token))` does not compare anything", help: near.map { "did you mean `\($0)`? \(forms)" } ?? forms,
      at: token.range)
  }
}
