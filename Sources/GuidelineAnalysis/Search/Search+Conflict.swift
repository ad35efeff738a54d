/// Learning from a dead end.
///
/// What is blamed is a clause: one literal for each blamed variable, none of which holds of the values that remain.
/// It follows from the constraints. Going back step by step, a step that made one of the literals fail is replaced by
/// the reasons of that step, until a single literal failed since the last supposition: that one had to hold already
/// before it.
extension Search {
  /// Goes back to where the constraint that cannot hold first left no choice, and makes that choice; false if the
  /// conflict rests on no supposition.
  mutating func learn(from conflict: Int, _ table: FormulaTable) -> Bool {
    blameAll(of: conflict, table)
    while let supposed = suppositions.last, let step = steps.last {
      let isToBlame = isBlamed(step, table)
      if isToBlame, !isBlamedElsewhere(step.literal.variable, since: supposed, table) {
        settle(step.literal.variable, table)
        return true
      }
      restore(downTo: steps.count - 1, table)
      if steps.count == supposed { suppositions.removeLast() }
      if isToBlame { replace(step, table) }
    }
    clearBlame(table)
    return false
  }

  /// Learns the blamed clause and lets its literal for this variable hold from the first supposition after which no
  /// other literal could.
  private mutating func settle(_ variable: Int, _ table: FormulaTable) {
    repeat {
      undo(to: suppositions.count - 1, table)
    } while suppositions.last.map { !isBlamedElsewhere(variable, since: $0, table) } ?? false
    let first = learnt.count
    // The two watched literals are the one that is forced and the one that failed last.
    blamedVariables.sort { ($0 == variable ? Int.max : latest[$0]) > ($1 == variable ? Int.max : latest[$1]) }
    for blamedVariable in blamedVariables {
      let base = table.offsets[blamedVariable]
      learnt.append(Literal(variable: blamedVariable, set: -1 - learntWords.count))
      learntWords += blamed[base..<base + table.width(blamedVariable)]
    }
    for blamedVariable in blamedVariables.prefix(2) { watch(blamedVariable, by: constraints.count) }
    constraints.append(Constraint(formula: -1, literals: first..<learnt.count, isWaiting: false))
    clearBlame(table)
    _ = narrow(learnt[first], constraints.count - 1, table)
  }

  /// Whether the step made the blamed literal of its variable fail.
  private func isBlamed(_ step: Step, _ table: FormulaTable) -> Bool {
    let base = table.offsets[step.literal.variable]
    return (0..<table.width(step.literal.variable)).contains { saved[step.saved + $0] & blamed[base + $0] != 0 }
  }

  /// Whether the literal of another variable failed since there were so many steps.
  private func isBlamedElsewhere(_ variable: Int, since count: Int, _ table: FormulaTable) -> Bool {
    blamedVariables.contains { other in
      guard other != variable, latest[other] >= count else { return false }
      var earliest = latest[other]
      while steps[earliest].previous >= count { earliest = steps[earliest].previous }
      return isBlamed(steps[earliest], table)
    }
  }

  /// Replaces the blamed literal that failed with a step, now taken back, by the reasons of the step.
  private mutating func replace(_ step: Step, _ table: FormulaTable) {
    let base = table.offsets[step.literal.variable]
    for place in 0..<table.width(step.literal.variable) {
      blamed[base + place] &= word(step.literal.set, place, table)
    }
    let constraint = constraints[step.constraint]
    guard constraint.formula < 0 else {
      let isExplained = blameReasons(step.literal, constraint.formula, table)
      assert(isExplained, "the constraint of a step leaves no other way than the step")
      return
    }
    for place in constraint.literals where learnt[place].variable != step.literal.variable {
      blame(learnt[place], table)
    }
  }

  /// Blames what leaves the formula no way to hold but the literal; false if there are other ways.
  private mutating func blameReasons(_ literal: Literal, _ formula: Int, _ table: FormulaTable) -> Bool {
    let node = table.nodes[formula]
    switch node.kind {
    case .impossible, .certain: return false
    case .literal: return node.variable == literal.variable && node.first == literal.set
    case .all:
      for place in node.first..<node.end where blameReasons(literal, table.members[place], table) { return true }
      return false
    case .any:
      let possible = (node.first..<node.end).filter { truth(table.members[$0], table) != .impossible }
      for place in possible.isEmpty ? Array(node.first..<node.end) : possible where possible.count < 2 {
        guard blameReasons(literal, table.members[place], table) else { continue }
        for other in node.first..<node.end where other != place { blameAll(table.members[other], table) }
        return true
      }
      return false
    }
  }

  /// Blames what leaves the constraint no way to hold.
  private mutating func blameAll(of constraint: Int, _ table: FormulaTable) {
    let formula = constraints[constraint].formula
    guard formula < 0 else { return blameAll(formula, table) }
    for place in constraints[constraint].literals { blame(learnt[place], table) }
  }

  /// Blames what leaves the formula no way to hold.
  private mutating func blameAll(_ formula: Int, _ table: FormulaTable) {
    let node = table.nodes[formula]
    switch node.kind {
    case .impossible, .certain: break
    case .literal: blame(Literal(variable: node.variable, set: node.first), table)
    case .any: for place in node.first..<node.end { blameAll(table.members[place], table) }
    case .all:
      for place in node.first..<node.end where truth(table.members[place], table) == .impossible {
        return blameAll(table.members[place], table)
      }
    }
  }

  private mutating func blame(_ literal: Literal, _ table: FormulaTable) {
    let base = table.offsets[literal.variable]
    if !blamedVariables.contains(literal.variable) { blamedVariables.append(literal.variable) }
    for place in 0..<table.width(literal.variable) { blamed[base + place] |= word(literal.set, place, table) }
  }

  private mutating func clearBlame(_ table: FormulaTable) {
    for variable in blamedVariables {
      let base = table.offsets[variable]
      for place in 0..<table.width(variable) { blamed[base + place] = 0 }
    }
    blamedVariables.removeAll(keepingCapacity: true)
  }
}
