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
    guard series[slot].isGiven else { return .unknown }
    var result = Truth.no
    for index in series[slot].points.indices {
      let point = series[slot].points[index]
      guard let day = pool.packed[point.day.index].whole else { return nil }
      guard first <= day, day <= Int64(today.number) else { continue }
      guard let truth = test.answer(pool.packed[point.value.index]) else { return nil }
      result = max(result, truth)
    }
    return result
  }

  mutating func countPoints(_ slot: Int, _ days: Int64) -> Int64? {
    guard series[slot].isGiven else { return nil }
    let first = firstDay(days)
    var count: Int64 = 0
    for index in series[slot].points.indices {
      guard let day = pool.packed[series[slot].points[index].day.index].whole else { return nil }
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

  /// Tests rows that have just been given, for a block of questions about them: they exist alike.
  mutating func answerRows(
    ofBlock block: Int, _ cells: ContiguousArray<EstimateID>, count: Int, exists: Truth
  ) {
    Self.answerRows(tables, block, cells, count, exists, pool.packed, &rowAnswers[block])
  }

  private static func answerRows(
    _ tables: RunTables, _ block: Int, _ cells: ContiguousArray<EstimateID>, _ count: Int, _ exists: Truth,
    _ packed: ContiguousArray<PackedEstimate>, _ answers: inout RowAnswers
  ) {
    let columns = tables.rowQuestions.blocks[block].columns
    let width = count == 0 ? 0 : cells.count / count
    answers.prepare(estimates: packed.count, columns: columns.count)
    for row in 0..<count {
      var answer = CellAnswer(yes: .max, maybe: .max)
      for place in columns.indices {
        // What is not there is none: whether a column is one of its relation is not known of every program.
        let cell = columns[place].column < width ? cells[row * width + columns[place].column] : RuleGraphBuilder.none
        var known = answers.cells[cell.index * columns.count + place]
        if known == .unasked {
          known = tables.rowQuestions.blocks[block].answer(packed[cell.index], columns[place])
          answers.cells[cell.index * columns.count + place] = known
        }
        guard known != .undecided else {
          answers.isUndecided = true
          return
        }
        answer.yes &= known.yes
        answer.maybe &= known.maybe
      }
      answers.rows.append(RowAnswers.Row(exists: exists, answer: answer))
    }
  }

  /// Whether some row meets a question that asks of cells alone; nil: it asks more.
  private mutating func existsByCells(_ id: RowsID) -> Truth? {
    guard let (block, mask) = tables.rowQuestions.byCells(id), !rowAnswers[block].isUndecided else { return nil }
    return rowAnswers[block].exists(mask)
  }

  /// Whether some row meets a question about given rows; nil: nothing of it is asked of cells.
  mutating func existsByWords(_ id: RowsID, _ reading: Reading) -> Truth? {
    let question = tables.rowQuestions.questions[id.index]
    guard question.block != RowQuestions.noBlock, !rowAnswers[Int(question.block)].isUndecided else { return nil }
    guard question.hasOthers else { return rowAnswers[Int(question.block)].exists(question.mask) }
    var found = Truth.no
    for row in rowAnswers[Int(question.block)].rows.indices {
      let own = rowAnswers[Int(question.block)].rows[row]
      guard own.answer.maybe & question.mask == question.mask else { continue }
      var result = min(own.exists, own.answer.yes & question.mask == question.mask ? .yes : .unknown)
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
