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
    case .anyPoint(let slot, let days, let test): return anyPoint(Int(slot), days, test)
    case .countPoints(let slot, let days, let comparator, let number):
      return countPoints(Int(slot), days).map { Truth(holds($0, comparator, number)) }
    case .exists(let rows): return existsByCells(rows)
    }
  }

  private mutating func anyPoint(_ slot: Int, _ days: Int64, _ test: QuickTest) -> Truth? {
    guard series[slot].isGiven else { return .unknown }
    var result = Truth.no
    for index in series[slot].points.indices {
      let point = series[slot].points[index]
      guard let isMember = isWithin(days, point) else { return nil }
      guard isMember else { continue }
      guard let truth = test.answer(pool.packed[point.value.index]) else { return nil }
      result = max(result, truth)
    }
    return result
  }

  mutating func countPoints(_ slot: Int, _ days: Int64) -> Int64? {
    guard series[slot].isGiven else { return nil }
    var count: Int64 = 0
    for index in series[slot].points.indices {
      guard let isMember = isWithin(days, series[slot].points[index]) else { return nil }
      if isMember { count += 1 }
    }
    return count
  }

  /// Whether a point is not after today and at most so many days old; nil: its day is not known to the day.
  @inline(__always)
  mutating func isWithin(_ days: Int64, _ point: InternedPoint) -> Bool? {
    guard let day = pool.packed[point.day.index].whole else { return nil }
    let (age, isBeyond) = Int64(today.number).subtractingReportingOverflow(day)
    return day <= Int64(today.number) && !isBeyond && age <= days
  }

  // MARK: Given rows

  /// Tests the rows of a block's relation, which have just been given.
  mutating func answerRows(ofBlock block: Int) {
    let tests = tables.rowQuestions.blocks[block].tests
    let relation = tables.rowQuestions.blocks[block].relation.index
    rowAnswers[block].rows.removeAll(keepingCapacity: true)
    rowAnswers[block].isUndecided = false
    for row in 0..<relations[relation].count {
      var answers = RowAnswers.Row(exists: relations.span[relation].truth(row, .cautious), yes: 0, maybe: 0)
      var bit: UInt64 = 1
      for index in tests.indices {
        let cell = relations.span[relation].cell(row, tests[index].column)
        guard let truth = tests[index].test.answer(pool.packed[cell.index]) else {
          rowAnswers[block].isUndecided = true
          return
        }
        if truth == .yes { answers.yes |= bit }
        if truth != .no { answers.maybe |= bit }
        bit <<= 1
      }
      rowAnswers[block].rows.append(answers)
    }
  }

  /// Whether some row meets a question that asks of cells alone; nil: it asks more.
  private mutating func existsByCells(_ id: RowsID) -> Truth? {
    guard !tables.rowQuestions.questions[id.index].hasOthers else { return nil }
    return existsByWords(id, .cautious)
  }

  /// Whether some row meets a question about given rows; nil: nothing of it is asked of cells.
  mutating func existsByWords(_ id: RowsID, _ reading: Reading) -> Truth? {
    let question = tables.rowQuestions.questions[id.index]
    guard question.block != RowQuestions.noBlock, !rowAnswers[Int(question.block)].isUndecided else { return nil }
    var found = Truth.no
    for row in rowAnswers[Int(question.block)].rows.indices {
      let answers = rowAnswers[Int(question.block)].rows[row]
      guard answers.maybe & question.mask == question.mask else { continue }
      var result = min(answers.exists, answers.yes & question.mask == question.mask ? .yes : .unknown)
      if question.hasOthers, result > found { result = min(result, meetsOthers(id, row, reading)) }
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
