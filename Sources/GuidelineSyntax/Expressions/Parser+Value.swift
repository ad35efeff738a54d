internal import SourceText

// Values: `grammar.md` §3.

extension Parser {
  /// `product { ("+" | "-") product }`.
  mutating func value() throws(Fault) -> ValueSyntax {
    let start = mark()
    var left = try product()
    while let sign = current.sum {
      _ = take()
      let tall = height
      let right = try product()
      try grow(tall, height)
      left = ValueSyntax(.arithmetic(sign, left, right), span(from: start))
    }
    return left
  }

  /// `atom { ("*" | "/") atom }`.
  private mutating func product() throws(Fault) -> ValueSyntax {
    let start = mark()
    var left = try atom()
    while let sign = current.product {
      _ = take()
      let tall = height
      let right = try atom()
      try grow(tall, height)
      left = ValueSyntax(.arithmetic(sign, left, right), span(from: start))
    }
    return left
  }

  mutating func atom() throws(Fault) -> ValueSyntax {
    let start = mark()
    height = 1
    let form = try nested { (parser) throws(Fault) in
      parser.current.is(.open) ? try parser.bracketed() : try parser.atomForm()
    }
    return ValueSyntax(form, span(from: start))
  }

  /// `( value )`: the brackets belong to the place of the value, not to the tree.
  private mutating func bracketed() throws(Fault) -> ValueSyntax.Form {
    _ = take()
    let inner = try value()
    guard takes(.close) else { throw unexpected("`)` or an operator") }
    return inner.form
  }

  private mutating func atomForm() throws(Fault) -> ValueSyntax.Form {
    if let literal = try literal() { return .literal(literal) }
    guard current.kind == .word else { throw noValue() }
    if current.isName || current.mayBeField { return .name(text(take())) }
    if current.is(.no), token(ahead: 1).kind == .end { return .name(text(take())) }
    switch current.keyword {
    case .today:
      _ = take()
      return .today
    case .latest, .earliest, .highest, .lowest:
      return token(ahead: 1).is(.open) ? try fieldOf() : try pointOf()
    case .only, .total: return try fieldOf()
    case .date: return try dateOf()
    case .relative, .change: return try change()
    case .count: return try count()
    case .min, .max, .earlier, .later: return try extreme()
    case .round: return try round()
    default: throw noValue()
    }
  }

  private func noValue() -> Fault {
    guard current.kind == .word, !current.isReserved else {
      return unexpected("a value", example: "a value is written as `patient.age`, `2 mg/kg/d` or `latest lab.wbc`")
    }
    return noName(current)
  }

  // MARK: Literals

  /// A number with its unit, a date, a text; nil when none of these is next.
  mutating func literal() throws(Fault) -> LiteralSyntax? {
    switch current.kind {
    case .number:
      let number = located(take())
      guard current.kind == .unit else { return .quantity(number: number, unit: nil) }
      return .quantity(number: number, unit: located(take()))
    case .date: return .date(text(take()))
    case .quoted: return .text(text(take()))
    default: return nil
    }
  }

  /// A span of time: a quantity, or a name that holds one.
  mutating func duration(_ place: String) throws(Fault) -> ValueSyntax {
    guard current.kind == .number || current.isName else {
      throw unexpected("a time behind \(place)", example: "a time is written as `14 d`")
    }
    return try atom()
  }

  // MARK: Series

  /// The name of a fact with several values over time.
  mutating func series() throws(Fault) -> LocatedText {
    guard current.isName else {
      throw unexpected("a fact with several values over time", example: "such a fact is `lab.wbc`")
    }
    return located(take())
  }

  /// `within 14 d`, `since <date>`.
  mutating func window() throws(Fault) -> WindowSyntax? {
    height = 1
    if takes(.within) { return .within(try duration("`within`")) }
    if takes(.since) { return .since(try atom()) }
    return nil
  }

  private mutating func pointOf() throws(Fault) -> ValueSyntax.Form {
    guard let pick = Pick(rawValue: text(take())) else { throw noValue() }
    let series = try series()
    let window = try window()
    try grow(height)
    return .pointOf(pick, series: series, window)
  }

  private mutating func dateOf() throws(Fault) -> ValueSyntax.Form {
    _ = take()
    try expect(.of, "behind `date`")
    guard current.is(.latest) || current.is(.earliest), let pick = Pick(rawValue: text(current)) else {
      throw unexpected("`latest` or `earliest` behind `date of`", words: ["latest", "earliest"])
    }
    _ = take()
    let series = try series()
    let window = try window()
    try grow(height)
    return .dateOf(pick, series: series, window)
  }

  private mutating func change() throws(Fault) -> ValueSyntax.Form {
    let relative = takes(.relative)
    try expect(.change, "behind `relative`")
    try expect(.of, "behind `change`")
    let series = try series()
    try expect(.over, "and a time")
    let time = try duration("`over`")
    try grow(height)
    return .change(relative: relative, series: series, over: time)
  }

  // MARK: Rows

  /// `only (medication.dose where …)` and its kin.
  private mutating func fieldOf() throws(Fault) -> ValueSyntax.Form {
    let word = take()
    guard let aggregate = RowsAggregate(rawValue: text(word)) else { throw noValue() }
    try expect(.open, "behind `\(aggregate.rawValue)`")
    let token = current
    let written = text(token)
    guard token.isName, let dot = written.lastIndex(of: ".") else {
      throw unexpected("a field of a record", example: "such a field is `medication.dose`")
    }
    _ = take()
    let bytes = written.utf8.distance(from: written.startIndex, to: dot)
    let middle = token.range.lowerBound + bytes
    let record = LocatedText(String(written[..<dot]), line.span(token.range.lowerBound..<middle))
    let name = String(written[written.index(after: dot)...])
    let field = LocatedText(name, line.span(middle + 1..<token.range.upperBound))
    height = 1
    let conditions = try conditionsBehindWhere()
    guard takes(.close) else { throw unexpected("`)`, or `where` with a condition,", words: ["where", "and"]) }
    try grow(height)
    return .fieldOf(aggregate, record: record, field: field, conditions: conditions)
  }

  /// `count (…)` of rows, or of the points of a series.
  private mutating func count() throws(Fault) -> ValueSyntax.Form {
    _ = take()
    try expect(.open, "behind `count`")
    let name = current
    guard name.kind == .word, !name.isReserved,
      name.isName || NameForm.kebab.fits(line.bytes[name.range])
    else { throw unexpected("a record or a fact with several values") }
    _ = take()
    let window = try window()
    let conditions = window == nil ? try conditionsBehindWhere() : []
    guard takes(.close) else {
      throw unexpected("`)`, `where`, `within` or `since`", words: ["where", "within", "since"])
    }
    try grow(height)
    return .count(of: located(name), window, conditions: conditions)
  }

  // MARK: Functions

  /// `min of (a and b)` and its kin.
  private mutating func extreme() throws(Fault) -> ValueSyntax.Form {
    let word = take()
    guard let extreme = Extreme(rawValue: text(word)) else { throw noValue() }
    try expect(.of, "behind `\(extreme.rawValue)`")
    try expect(.open, "behind `\(extreme.rawValue) of`")
    var tallest = 0
    let parts = try nested { (parser) throws(Fault) in
      var parts: [ValueSyntax] = []
      repeat {
        parts.append(try parser.value())
        tallest = max(tallest, parser.height)
      } while parser.takes(.and)
      return parts
    }
    if current.is(.comma) {
      throw fault("the values are not joined by `,`", help: "write `and` between them", at: current.range)
    }
    guard takes(.close) else { throw unexpected("`and` or `)`", words: ["and"]) }
    try grow(tallest)
    return .extreme(extreme, parts)
  }

  private mutating func round() throws(Fault) -> ValueSyntax.Form {
    _ = take()
    let rounded = try atom()
    let tall = height
    try expect(.to, "and a step")
    guard current.kind == .number else { throw unexpected("a number with its unit") }
    let step = try atom()
    try grow(tall)
    return .round(rounded, to: step)
  }
}
