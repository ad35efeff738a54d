internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let boundaryOverlap = Check(
    DiagnosticCode("GL0409", "boundary-overlap", .warning), .syntax,
    CheckPage(
      summary: "Two rules that differ in one comparison both take the limit itself.",
      why: "A patient exactly at the limit gets the advice of both, which were meant for different patients.",
      example: """
        rules:
          mild:
            title: Mild
            when: [ild.present, latest pft.fvc >= 70 %]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
          moderate:
            title: Moderate
            when: [ild.present, latest pft.fvc <= 70 %]
            then: [{recommend: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        rules:
          mild:
            title: Mild
            when: [ild.present, latest pft.fvc >= 70 %]
            then: [{recommend: mycophenolate}]
            source: handbook#H1
          moderate:
            title: Moderate
            when: [ild.present, latest pft.fvc < 70 %]
            then: [{recommend: azathioprine}]
            source: handbook#H1
        """,
      notes: """
        Meant are rules of one document that conclude one kind of thing, and whose other conditions are word for word the \
        same. Rows of a table are judged by \
        table-rows-overlap.
        """)
  ) { context, found in
    for pair in SiblingLimits.pairs(in: context) where pair.low.includesLimit && pair.high.includesLimit {
      found.report(
        "exactly `\(pair.low.limit)` falls in both `\(pair.low.rule.id.value)` and `\(pair.high.rule.id.value)`",
        at: pair.low.line, related: [RelatedPlace(pair.high.line, "the limit belongs to this rule too")],
        help: ["let the limit belong to one of them, as the source says: write `<` or `>` in the other"])
    }
  }
}

/// Rules that differ in one comparison, of the same value with the same limit, from both sides.
enum SiblingLimits {
  /// One rule, split at one of its comparisons.
  struct Side {
    var rule: RuleSyntax
    /// What stands beside the comparison, word for word.
    var rest: [String]
    var value: String
    var limit: String
    var order: OrderSyntax
    var line: Span

    var includesLimit: Bool { order == .lessOrEqual || order == .greaterOrEqual }
    var isBelow: Bool { order == .less || order == .lessOrEqual }
  }

  static func pairs(in context: LintContext) -> [(low: Side, high: Side)] {
    var found: [(low: Side, high: Side)] = []
    for document in context.syntax.documents {
      guard case .guideline(let body) = document.syntax.body else { continue }
      let sides = body.rules.flatMap { self.sides(of: $0, context.files) }
      for low in sides where low.isBelow {
        for high in sides where !high.isBelow && high.value == low.value && high.limit == low.limit {
          guard high.rest == low.rest, high.rule.id != low.rule.id, high.rule.saysTheKind(of: low.rule) else {
            continue
          }
          found.append((low, high))
        }
      }
    }
    return found
  }

  /// Whether another rule beside them speaks for the limit itself.
  static func speaksForLimit(of pair: (low: Side, high: Side), in context: LintContext) -> Bool {
    context.syntax.documents.contains { document in
      guard case .guideline(let body) = document.syntax.body else { return false }
      return body.rules.contains { rule in
        rule.id != pair.low.rule.id && rule.id != pair.high.rule.id
          && (rule.when + rule.unless).contains { context.files.text($0.span).contains(pair.low.limit) }
      }
    }
  }

  private static func sides(of rule: RuleSyntax, _ files: SourceFiles) -> [Side] {
    rule.when.indices.compactMap { index in
      let condition = rule.when[index]
      guard case .relation(let value, let relation) = condition.form,
        case .compare(let order, let right) = relation.form,
        case .literal(.quantity(let number, let unit)) = right.form, let size = Rational(decimal: number.value)
      else { return nil }
      let others = rule.when.indices.filter {
        $0 != index && !isFarEnd(rule.when[$0], of: value, order, size, unit?.value, files)
      }.map { plain(files.text(rule.when[$0].span)) }.sorted()
      let rest =
        others + ["unless"] + rule.unless.map { plain(files.text($0.span)) }.sorted()
        + rule.forEach.map { plain(files.text($0.rows.span)) }
      let limit = unit.map { "\(size.canonicalDecimal) \($0.value)" } ?? size.canonicalDecimal
      return Side(
        rule: rule, rest: rest, value: plain(files.text(value.span)), limit: limit, order: order, line: condition.span)
    }
  }

  /// Whether a condition is the other end of a range that ends here: `> 30 d` beside `<= 90 d`.
  private static func isFarEnd(
    _ condition: ConditionSyntax, of value: ValueSyntax, _ order: OrderSyntax, _ limit: Rational, _ unit: String?,
    _ files: SourceFiles
  ) -> Bool {
    guard case .relation(let other, let relation) = condition.form,
      case .compare(let otherOrder, let right) = relation.form,
      case .literal(.quantity(let number, let otherUnit)) = right.form, otherUnit?.value == unit,
      let size = Rational(decimal: number.value), plain(files.text(other.span)) == plain(files.text(value.span))
    else { return false }
    switch order {
    case .less, .lessOrEqual: return (otherOrder == .greater || otherOrder == .greaterOrEqual) && size < limit
    case .greater, .greaterOrEqual: return (otherOrder == .less || otherOrder == .lessOrEqual) && size > limit
    }
  }

  private static func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension RuleSyntax {
  /// Whether both conclude something of one kind.
  fileprivate func saysTheKind(of other: RuleSyntax) -> Bool {
    let kinds = Set(then.map(\.kind.value))
    return other.then.contains { kinds.contains($0.kind.value) }
  }
}

extension String {
  /// Whether a piece stands somewhere in it.
  fileprivate func contains(_ piece: String) -> Bool { indices.contains { self[$0...].hasPrefix(piece) } }
}
