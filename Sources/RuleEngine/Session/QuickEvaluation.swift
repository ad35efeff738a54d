import ClinicalValues

extension Session {
  /// Nil: it takes more than a look.
  ///
  /// It changes nothing, but a call that only borrows the session moves a copy of it on the stack; so do all of these.
  mutating func answer(_ condition: QuickCondition) -> Truth? {
    switch condition {
    case .no: return nil
    case .scalar(let slot, let test): return test.answer(pool.packed[scalars[Int(slot)].index])
    case .cell(let variable, let column, let test):
      let binding = bindings[Int(variable)]
      return test.answer(pool.packed[relations.span[Int(binding.relation)].cell(binding.row, Int(column)).index])
    case .point(let test): return test.answer(pool.packed[currentPoint.index])
    case .anyPoint(let slot, let days, let test): return anyPoint(Int(slot), from: firstDay(days), test)
    case .anyPointSince(let slot, let variable, let column, let test):
      let binding = bindings[Int(variable)]
      let cell = relations.span[Int(binding.relation)].cell(binding.row, Int(column))
      return pool.packed[cell.index].whole.flatMap { anyPoint(Int(slot), from: $0, test) }
    case .countPoints(let slot, let days, let comparator, let number):
      return countPoints(Int(slot), days).map { Truth(holds($0, comparator, number)) }
    case .exists(let rows): return existsByCells(rows)
    }
  }

  private mutating func anyPoint(_ slot: Int, from first: Int64, _ test: QuickTest) -> Truth? {
    guard series.isGiven(slot) else { return .unknown }
    var result = Truth.no
    for place in series.range(slot) {
      let point = series.points[place]
      guard let day = pool.packed[point.day.index].whole else { return nil }
      guard first <= day, day <= Int64(today.number) else { continue }
      guard let truth = test.answer(pool.packed[point.value.index]) else { return nil }
      result = max(result, truth)
    }
    return result
  }

  mutating func countPoints(_ slot: Int, _ days: Int64) -> Int64? {
    guard series.isGiven(slot) else { return nil }
    let first = firstDay(days)
    var count: Int64 = 0
    for place in series.range(slot) {
      guard let day = pool.packed[series.points[place].day.index].whole else { return nil }
      if first <= day, day <= Int64(today.number) { count += 1 }
    }
    return count
  }

  /// The first day that is at most so many days ago.
  @inline(__always)
  mutating func firstDay(_ days: Int64) -> Int64 {
    let (day, isBeyond) = Int64(today.number).subtractingReportingOverflow(days)
    return isBeyond ? .min : day
  }

  // MARK: Given rows

  /// Whether some row meets a question as far as cells say it; nil: more is to be asked.
  private mutating func existsByCells(_ id: RowsID) -> Truth? {
    let question = tables.rowQuestions.questions[id.index]
    guard question.block != RowQuestions.noBlock, !rowAnswers[Int(question.block)].isUndecided else { return nil }
    let most = rowAnswers[Int(question.block)].exists(question.bit)
    return question.hasOthers && most != .no ? nil : most
  }

  /// Whether some row meets a question about given rows; nil: nothing of it is asked of cells.
  mutating func existsByWords(_ id: RowsID, _ reading: Reading) -> Truth? {
    let question = tables.rowQuestions.questions[id.index]
    guard question.block != RowQuestions.noBlock, !rowAnswers[Int(question.block)].isUndecided else { return nil }
    guard question.hasOthers else { return rowAnswers[Int(question.block)].exists(question.bit) }
    var found = Truth.no
    for row in 0..<rowAnswers[Int(question.block)].rowCount {
      let own = rowAnswers[Int(question.block)].rows[row].truth(question.bit)
      var result = min(own, rowAnswers[Int(question.block)].existence)
      if result > found { result = min(result, meetsOthers(id, row, reading)) }
      found = max(found, result)
      if found == .yes { break }
    }
    return found
  }

  /// The conditions of a question that ask more than a cell.
  private mutating func meetsOthers(_ id: RowsID, _ row: Int, _ reading: Reading) -> Truth {
    let node = tables.rows[id.index]
    let outer = bindings[Int(node.variable)]
    bindings[Int(node.variable)] = Binding(relation: node.relation.raw, row: row)
    var result = Truth.yes
    for place in tables.rowQuestions.others.range(id.index) where result != .no {
      result = min(result, truth(ConditionID(tables.rowQuestions.others[place]), reading))
    }
    bindings[Int(node.variable)] = outer
    return result
  }
}
