internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Grids of conditions: every row is a rule.

extension Resolver {
  mutating func row(
    _ row: DecisionRowSyntax, of table: TableSyntax, _ grid: DecisionTableSyntax, _ draft: RuleDraft
  ) -> Rule? {
    let place = Environment(document: draft.document)
    // A row of another width has been reported by the reader.
    guard row.cells.count == grid.inputs.count else { return nil }
    let cells = zip(row.cells, grid.inputs).map { self.cells($0, $1, in: place) }
    let when = grid.when.map { condition($0, in: place) }
    let exceptions = grid.unless + row.unless
    let unless = self.unless(grid.unless, row.unless, in: place)
    let overrides = (grid.overrides + row.overrides).map { override($0, in: place) }
    let levels = [row.annotations, table.annotations, bodies[draft.document.index].annotations]
    let notes = annotations(levels, in: place)
    let inherited = Inherited(notes: notes, levels: levels)
    let conclusions = row.then.map { self.conclusions($0, inherited, in: place) }
    let parts = when + cells.map { $0?.condition }
    guard when.allSatisfy({ $0 != nil }), cells.allSatisfy({ $0 != nil }), unless != nil || exceptions.isEmpty,
      overrides.allSatisfy({ $0 != nil }), conclusions.allSatisfy({ $0 != nil })
    else { return nil }
    var rule = Rule(
      name: draft.name, document: draft.document, family: draft.family,
      when: Condition(.group(.all, parts.compactMap { $0 }), row.span), span: row.span,
      nameSpan: row.id?.span ?? row.span)
    rule.title = table.title?.value
    rule.unless = unless
    rule.overrides = overrides.compactMap { $0 }
    rule.conclusions = conclusions.compactMap { $0 }.flatMap { $0 }
    rule.uniqueIn = isUnique(grid) ? table.id.value : nil
    rule.because = row.annotations.because?.value ?? table.annotations.because?.value
    rule.citations = notes.citations
    rule.quote = notes.quote
    rule.comment = row.annotations.comment?.value ?? table.annotations.comment?.value
    return rule
  }

  /// An exception of the table or one of the row: either is enough.
  private mutating func unless(
    _ table: [ConditionSyntax], _ row: [ConditionSyntax], in place: Environment
  ) -> Condition? {
    let first = table.isEmpty ? nil : conditions(table, in: place)
    let second = row.isEmpty ? nil : conditions(row, in: place)
    guard table.isEmpty || first != nil, row.isEmpty || second != nil else { return nil }
    guard let first, let second else { return first ?? second }
    return Condition(.group(.any, [first, second]), second.span)
  }

  private func isUnique(_ grid: DecisionTableSyntax) -> Bool { grid.hit?.value != "all" }

  // MARK: Cells

  /// What a cell asks of its input: nothing for `any`.
  ///
  /// Nil when it is broken.
  private mutating func cells(_ cell: CellSyntax, _ input: ValueSyntax, in place: Environment) -> GridCell? {
    guard let value = value(input, in: place) else { return nil }
    var alternatives: [Condition] = []
    var isOpen = false
    var isBroken = false
    for alternative in cell.alternatives {
      if case .any = alternative {
        isOpen = true
        continue
      }
      guard let condition = condition(alternative, of: value, at: cell.span, in: place) else {
        isBroken = true
        continue
      }
      alternatives.append(condition)
    }
    if isBroken { return nil }
    guard !isOpen, let first = alternatives.first else { return GridCell() }
    return GridCell(condition: alternatives.count == 1 ? first : Condition(.group(.any, alternatives), cell.span))
  }

  private mutating func condition(
    _ alternative: CellSyntax.Alternative, of value: Value, at span: Span, in place: Environment
  ) -> Condition? {
    switch alternative {
    case .broken, .any: return nil
    case .unknown: return value.firstToday == nil ? Condition(.isUnknown(.value(value)), span) : nil
    case .operand(let operand): return oneOf(value, [withUnit(operand, of: value)], at: span, in: place)
    case .compare(let order, let right): return compare(value, (order, withUnit(right, of: value)), at: span, in: place)
    case .range(let low, let high):
      let ends = rangeEnds(low, high, of: value).map { ValueSyntax(.literal($0), span) }
      let lower = compare(value, (.greaterOrEqual, ends[0]), at: span, in: place)
      let upper = compare(value, (.lessOrEqual, ends[1]), at: span, in: place)
      guard let lower, let upper else { return nil }
      if case .compare(_, _, let first) = lower.form, case .compare(_, _, let second) = upper.form,
        isAbove(first, second)
      {
        diagnostics.report(
          .rangeReversed, "the range of this cell runs downwards: nobody is in it", at: span,
          help: "write the lower end first")
        return nil
      }
      return Condition(.group(.all, [lower, upper]), span)
    }
  }

  /// `1 .. 2 mg/kg/d`: an end without a unit has that of the other, or else that of the input.
  private func rangeEnds(_ low: LiteralSyntax, _ high: LiteralSyntax, of value: Value) -> [LiteralSyntax] {
    guard case .quantity(let first, let lowUnit) = low, case .quantity(let second, let highUnit) = high else {
      return [low, high]
    }
    return [
      withUnit(.quantity(number: first, unit: lowUnit ?? highUnit), of: value),
      withUnit(.quantity(number: second, unit: highUnit ?? lowUnit), of: value),
    ]
  }

  private func withUnit(_ operand: OperandSyntax, of value: Value) -> OperandSyntax {
    guard case .literal(let literal) = operand.form else { return operand }
    return OperandSyntax(.literal(withUnit(literal, of: value)), operand.span)
  }

  private func withUnit(_ syntax: ValueSyntax, of value: Value) -> ValueSyntax {
    guard case .literal(let literal) = syntax.form else { return syntax }
    return ValueSyntax(.literal(withUnit(literal, of: value)), syntax.span)
  }

  /// A number of a cell without a unit is in the unit of its column.
  private func withUnit(_ literal: LiteralSyntax, of value: Value) -> LiteralSyntax {
    guard case .quantity(let number, nil) = literal, case .quantity(let unit) = value.type else { return literal }
    return .quantity(number: number, unit: LocatedText(unit.symbol, number.span))
  }
}

/// A cell that was read; no condition: it holds for everybody.
private struct GridCell {
  var condition: Condition?
}
