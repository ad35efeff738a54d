/// Candidates: the first remaining value of every variable, and what it takes for them to satisfy everything.
extension Search {
  /// Narrows and supposes until the first remaining values satisfy all constraints, or nothing can.
  mutating func candidate(_ table: FormulaTable) -> SearchOutcome {
    while true {
      budget -= 1
      if let conflict = narrowAll(table) {
        guard learn(from: conflict, table) else { return .impossible }
      } else if budget < 0 {
        return .exhausted
      } else if let literal = unsatisfied(table) {
        suppositions.append(steps.count)
        _ = narrow(literal, -1, table)
      } else {
        let broken = brokenRequirements(table)
        if broken.isEmpty { return .found(assignment(table)) }
        undo(to: 0, table)
        guard takeUp(broken, table) else { return .impossible }
      }
    }
  }

  /// The first remaining value of a variable.
  private func first(_ variable: Int, _ table: FormulaTable) -> Int {
    let base = table.offsets[variable]
    var place = 0
    while place + 1 < table.width(variable), remaining[base + place] == 0 { place += 1 }
    return place * 64 + remaining[base + place].trailingZeroBitCount
  }

  private func holds(_ literal: Literal, _ table: FormulaTable) -> Bool {
    let value = first(literal.variable, table)
    return word(literal.set, value / 64, table) & (1 << UInt64(value % 64)) != 0
  }

  /// Whether the first remaining values satisfy the formula.
  private func holds(_ formula: Int, _ table: FormulaTable) -> Bool {
    let node = table.nodes[formula]
    switch node.kind {
    case .impossible: return false
    case .certain: return true
    case .literal: return holds(Literal(variable: node.variable, set: node.first), table)
    case .all: return !(node.first..<node.end).contains { !holds(table.members[$0], table) }
    case .any: return (node.first..<node.end).contains { holds(table.members[$0], table) }
    }
  }

  /// A literal whose supposition helps to satisfy a constraint that the first remaining values do not satisfy.
  ///
  /// Latest constraints come first: those learnt from the last dead ends say what is hard.
  private func unsatisfied(_ table: FormulaTable) -> Literal? {
    for constraint in constraints.reversed() {
      if constraint.formula >= 0 {
        if !holds(constraint.formula, table) { return supposition(constraint.formula, table) }
      } else if !constraint.literals.contains(where: { holds(learnt[$0], table) }) {
        return constraint.literals.map { learnt[$0] }.first { truth($0, table) == .open }
      }
    }
    return nil
  }

  /// The first literal on the first way to satisfy the formula.
  private func supposition(_ formula: Int, _ table: FormulaTable) -> Literal? {
    let node = table.nodes[formula]
    switch node.kind {
    case .impossible, .certain: return nil
    case .literal: return Literal(variable: node.variable, set: node.first)
    case .all:
      for place in node.first..<node.end where !holds(table.members[place], table) {
        return supposition(table.members[place], table)
      }
    case .any:
      for place in node.first..<node.end where truth(table.members[place], table) != .impossible {
        return supposition(table.members[place], table)
      }
    }
    return nil
  }
}

/// What matters of a candidate.
extension Search {
  /// Names the variables on which the candidate rests; the required formulas on those variables that it does not
  /// satisfy.
  private mutating func brokenRequirements(_ table: FormulaTable) -> [Int] {
    candidates += 1
    named.removeAll(keepingCapacity: true)
    for constraint in constraints where constraint.formula >= 0 { name(constraint.formula, table) }
    var broken: [Int] = []
    var next = 0
    while next < named.count, broken.isEmpty {
      for formula in required[named[next]] where askedIn[formula] != candidates {
        askedIn[formula] = candidates
        if holds(formula, table) { name(formula, table) } else { broken.append(formula) }
      }
      next += 1
    }
    return broken
  }

  /// Names the variables that make the formula hold, new ones only where those already named do not suffice.
  private mutating func name(_ formula: Int, _ table: FormulaTable) {
    guard !isCovered(formula, table) else { return }
    let node = table.nodes[formula]
    switch node.kind {
    case .impossible, .certain: break
    case .literal:
      namedIn[node.variable] = candidates
      named.append(node.variable)
    case .all: for place in node.first..<node.end { name(table.members[place], table) }
    case .any:
      for place in node.first..<node.end where holds(table.members[place], table) {
        return name(table.members[place], table)
      }
    }
  }

  /// Whether the variables already named make the formula hold.
  private func isCovered(_ formula: Int, _ table: FormulaTable) -> Bool {
    let node = table.nodes[formula]
    switch node.kind {
    case .impossible: return false
    case .certain: return true
    case .literal:
      return namedIn[node.variable] == candidates && holds(Literal(variable: node.variable, set: node.first), table)
    case .all: return !(node.first..<node.end).contains { !isCovered(table.members[$0], table) }
    case .any: return (node.first..<node.end).contains { isCovered(table.members[$0], table) }
    }
  }

  private func assignment(_ table: FormulaTable) -> Assignment {
    Assignment(ascending: named.sorted().map { Assignment.Choice(VariableID($0), first($0, table)) })
  }
}
