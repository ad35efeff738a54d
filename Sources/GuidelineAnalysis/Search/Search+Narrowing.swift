/// Narrowing: what remains for each variable under what has to hold and what is supposed.
extension Search {
  enum Truth { case impossible, open, certain }

  /// One word of the set of a literal.
  func word(_ set: Int, _ place: Int, _ table: FormulaTable) -> UInt64 {
    set >= 0 ? table.words[set + place] : learntWords[-1 - set + place]
  }

  /// What is known of the literal from the values that remain.
  func truth(_ literal: Literal, _ table: FormulaTable) -> Truth {
    let base = table.offsets[literal.variable]
    var inside = false
    var outside = false
    for place in 0..<table.width(literal.variable) {
      let word = word(literal.set, place, table)
      if remaining[base + place] & word != 0 { inside = true }
      if remaining[base + place] & ~word != 0 { outside = true }
    }
    return inside ? (outside ? .open : .certain) : .impossible
  }

  /// What is known of the formula from the values that remain, if its parts are looked at one by one.
  func truth(_ formula: Int, _ table: FormulaTable) -> Truth {
    let node = table.nodes[formula]
    switch node.kind {
    case .impossible: return .impossible
    case .certain: return .certain
    case .literal: return truth(Literal(variable: node.variable, set: node.first), table)
    case .all, .any:
      let (deciding, other) = node.kind == .all ? (Truth.impossible, Truth.certain) : (.certain, .impossible)
      var result = other
      for place in node.first..<node.end {
        let truth = truth(table.members[place], table)
        if truth == deciding { return deciding }
        if truth == .open { result = .open }
      }
      return result
    }
  }

  /// Looks at all constraints that wait; the one that cannot hold, if there is one.
  mutating func narrowAll(_ table: FormulaTable) -> Int? {
    var next = 0
    defer {
      for constraint in waiting[next...] { constraints[constraint].isWaiting = false }
      waiting.removeAll(keepingCapacity: true)
    }
    while next < waiting.count {
      let constraint = waiting[next]
      next += 1
      budget -= 1
      constraints[constraint].isWaiting = false
      let formula = constraints[constraint].formula
      guard formula < 0 ? enforceLearnt(constraint, table) : enforce(formula, constraint, table) else {
        return constraint
      }
    }
    return nil
  }

  /// Leaves only values with which the formula can hold, as far as a single open member shows; false if none are left.
  private mutating func enforce(_ formula: Int, _ constraint: Int, _ table: FormulaTable) -> Bool {
    let node = table.nodes[formula]
    switch node.kind {
    case .impossible: return false
    case .certain: return true
    case .literal: return narrow(Literal(variable: node.variable, set: node.first), constraint, table)
    case .all:
      for place in node.first..<node.end {
        guard enforce(table.members[place], constraint, table) else { return false }
      }
      return true
    case .any:
      var open = -1
      for place in node.first..<node.end {
        switch truth(table.members[place], table) {
        case .certain: return true
        case .open where open >= 0: return true
        case .open: open = table.members[place]
        case .impossible: break
        }
      }
      return open >= 0 && enforce(open, constraint, table)
    }
  }

  /// Looks at a learnt clause, of which only the first two literals are watched: as long as two can hold, those two.
  private mutating func enforceLearnt(_ constraint: Int, _ table: FormulaTable) -> Bool {
    let literals = constraints[constraint].literals
    let seats = literals.prefix(2)
    for seat in seats where truth(learnt[seat], table) == .impossible {
      let others = literals.dropFirst(2)
      guard let other = others.first(where: { truth(learnt[$0], table) != .impossible }) else { continue }
      learnt.swapAt(seat, other)
      watch(learnt[seat].variable, by: constraint)
    }
    let open = seats.filter { truth(learnt[$0], table) != .impossible }
    guard let only = open.first else { return false }
    return open.count > 1 || narrow(learnt[only], constraint, table)
  }

  /// Leaves only the values of the literal, and has the constraints looked at that watch the variable; false, and
  /// nothing changes, if no value would be left.
  mutating func narrow(_ literal: Literal, _ constraint: Int, _ table: FormulaTable) -> Bool {
    switch truth(literal, table) {
    case .impossible: return false
    case .certain: return true
    case .open: break
    }
    let variable = literal.variable
    steps.append(Step(literal: literal, constraint: constraint, previous: latest[variable], saved: saved.count))
    latest[variable] = steps.count - 1
    let base = table.offsets[variable]
    for place in 0..<table.width(variable) {
      saved.append(remaining[base + place])
      remaining[base + place] &= word(literal.set, place, table)
    }
    wake(watchersOf: variable)
    return true
  }

  /// Has the constraints looked at that watch the variable, and strikes off those that watch it no more.
  private mutating func wake(watchersOf variable: Int) {
    var watch = watchers[variable]
    var previous = -1
    while watch >= 0 {
      let (watching, next) = watches[watch]
      if isWatching(constraints[watching], variable) {
        previous = watch
        if !constraints[watching].isWaiting {
          constraints[watching].isWaiting = true
          waiting.append(watching)
        }
      } else if previous < 0 {
        watchers[variable] = next
      } else {
        watches[previous].next = next
      }
      watch = next
    }
  }

  private func isWatching(_ constraint: Constraint, _ variable: Int) -> Bool {
    constraint.formula >= 0 || constraint.literals.prefix(2).contains { learnt[$0].variable == variable }
  }

  /// Takes back all suppositions but the first so many, and every step that followed from them.
  mutating func undo(to count: Int, _ table: FormulaTable) {
    guard count < suppositions.count else { return }
    restore(downTo: suppositions[count], table)
    suppositions.removeLast(suppositions.count - count)
  }

  /// Takes back all steps but the first so many.
  mutating func restore(downTo count: Int, _ table: FormulaTable) {
    while steps.count > count, let step = steps.popLast() {
      let variable = step.literal.variable
      let base = table.offsets[variable]
      for place in 0..<table.width(variable) { remaining[base + place] = saved[step.saved + place] }
      latest[variable] = step.previous
      saved.removeLast(saved.count - step.saved)
    }
  }
}
