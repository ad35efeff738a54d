internal import SourceText

// The right side of a comparison: `grammar.md` §2.

extension Parser {
  mutating func relation() throws(Fault) -> RelationSyntax {
    let start = mark()
    let form = try relationForm()
    return RelationSyntax(form, span(from: start))
  }

  private mutating func relationForm() throws(Fault) -> RelationSyntax.Form {
    let first = current
    if let order = first.order {
      _ = take()
      return .compare(order, try value())
    }
    if takes(.between) { return try between() }
    if takes(.is) { return try isRelation() }
    if takes(.includes) { return try includes() }
    let negated = takes(.not)
    if takes(.in) { return .oneOf(try list(anyAllowed: false), negated: negated) }
    if negated {
      throw unexpected("`in` behind `not`", words: ["in"])
    }
    throw noRelation()
  }

  private func noRelation() -> Fault {
    let example = "comparisons are `is`, `in`, `includes`, `between`, `<`, `<=`, `>` and `>=`"
    if let instead = Words.foreignOperators[text(current)], current.kind == .word {
      return .foreign(text(current), instead, current.range)
    }
    return unexpected("a comparison", words: Words.relations + Words.joints, example: example)
  }

  private mutating func between() throws(Fault) -> RelationSyntax.Form {
    let low = try value()
    let tall = height
    try expect(.and, "between the two ends of `between`")
    let high = try value()
    height = max(tall, height)
    return .between(low, high)
  }

  // MARK: `is`

  private mutating func isRelation() throws(Fault) -> RelationSyntax.Form {
    height = 1
    let negation = current
    let negated = takes(.not)
    if takes(.in) { return .oneOf(try list(anyAllowed: false), negated: negated) }
    if current.is(.known), token(ahead: 1).is(.to) { return try knownToBe(negated) }
    if let form = try stateOfKnowledge(negation: negated ? negation : nil) { return form }
    if let misspelt = misspeltState() { throw misspelt }
    if current.is(.older) || current.is(.after) || current.is(.before) {
      guard !negated else {
        throw fault(
          "`is not \(text(current))` is not a comparison", help: "put `not` at the head of the line", at: current.range)
      }
      return try timeRelation()
    }
    if current.order != nil {
      throw fault("`is` stands before `\(text(current))`", help: "leave `is` out", at: current.range)
    }
    return .oneOf(try alternatives(), negated: negated)
  }

  private mutating func knownToBe(_ negated: Bool) throws(Fault) -> RelationSyntax.Form {
    _ = take()
    _ = take()
    try expect(.be, "behind `known to`")
    return .knownToBe(try alternatives(), negated: negated)
  }

  /// `known`, `unknown`, `none`; their negations are written otherwise.
  private mutating func stateOfKnowledge(negation: Token?) throws(Fault) -> RelationSyntax.Form? {
    let (form, instead): (RelationSyntax.Form, String)
    switch current.keyword {
    case .known: (form, instead) = (.known, "write `is unknown`")
    case .unknown: (form, instead) = (.unknown, "write `is known`")
    case .some(.none): (form, instead) = (.none, "put `not` at the head of the line")
    default: return nil
    }
    if let negation {
      let range = negation.range.lowerBound..<current.range.upperBound
      throw fault("`is not \(text(current))` is not a condition", help: instead, at: range)
    }
    _ = take()
    return form
  }

  /// A slip of one letter in `known` or `unknown` is not taken for a term.
  private func misspeltState() -> Fault? {
    guard current.kind == .word, !current.isReserved,
      let near = ["known", "unknown"].first(where: { isOneSlip(text(current), from: $0) })
    else { return nil }
    return fault(
      "`\(text(current))` is neither a term nor `\(near)`", help: "did you mean `is \(near)`?", at: current.range)
  }

  private mutating func timeRelation() throws(Fault) -> RelationSyntax.Form {
    let word = take()
    if word.is(.after) { return .compare(.greater, try value()) }
    if word.is(.before) { return .compare(.less, try value()) }
    try expect(.than, "behind `older`")
    return .olderThan(try duration("`older than`"))
  }

  private mutating func includes() throws(Fault) -> RelationSyntax.Form {
    height = 1
    let quantifier: SetQuantifier? = current.is(.any) ? .any : current.is(.all) ? .all : nil
    if let quantifier = quantifier ?? (current.is(.none) ? SetQuantifier.none : nil) {
      _ = take()
      try expect(.of, "behind `includes \(quantifier.rawValue)`")
      return .includes(quantifier, try list(anyAllowed: false))
    }
    if current.is(.openList) {
      throw fault(
        "`includes` does not say how many of the list", help: "write `includes any of […]` or `includes all of […]`",
        at: current.range)
    }
    return .includes(.any, try alternatives())
  }

  // MARK: Operands

  /// `<operand> or <operand> …`.
  mutating func alternatives() throws(Fault) -> [OperandSyntax] {
    height = 1
    var operands = [try operand(anyAllowed: false)]
    while takes(.or) { operands.append(try operand(anyAllowed: false)) }
    return operands
  }

  /// `[<operand>, …]`.
  mutating func list(anyAllowed: Bool) throws(Fault) -> [OperandSyntax] {
    height = 1
    guard takes(.openList) else {
      guard current.isName else {
        throw unexpected("a list in brackets", example: "a list is written as `[moderate, severe]`")
      }
      throw fault(
        "a list stands in brackets", help: "write `[\(text(current))]`, or `is` without brackets", at: current.range)
    }
    if current.is(.closeList) {
      throw Fault(.emptyList, "an empty list fits nothing", help: "name at least one value", at: current.range)
    }
    var operands = [try operand(anyAllowed: anyAllowed)]
    while takes(.comma) { operands.append(try operand(anyAllowed: anyAllowed)) }
    guard takes(.closeList) else { throw unexpected("`,` or `]`") }
    return operands
  }

  mutating func operand(anyAllowed: Bool) throws(Fault) -> OperandSyntax {
    let start = mark()
    if let literal = try literal() { return OperandSyntax(.literal(literal), span(from: start)) }
    if current.is(.any), anyAllowed {
      _ = take()
      return OperandSyntax(.any, span(from: start))
    }
    guard current.isName || current.is(.no) else { throw noOperand() }
    return OperandSyntax(.name(text(take())), span(from: start))
  }

  private func noOperand() -> Fault {
    guard current.kind == .word, !current.isReserved else {
      return unexpected("a term, `yes`, `no`, a name or a number")
    }
    return noName(current)
  }
}
