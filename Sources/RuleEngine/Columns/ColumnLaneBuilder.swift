import ClinicalValues

/// Asks each value of each dictionary what it answers, once; who answers is a session.
struct ColumnLaneBuilder: ~Copyable {
  private let plan: ColumnPlan
  private let columns: PatientColumns
  private var session: Session

  init(_ plan: ColumnPlan, _ columns: PatientColumns) {
    self.plan = plan
    self.columns = columns
    session = Session(plan.graph, today: plan.today)
    session.run()
  }

  private static func bits(_ field: ColumnPlan.Field, _ truth: Truth) -> UInt64 {
    (truth == .yes ? field.certain : 0) | (truth == .no ? 0 : field.possible)
  }

  private static func words(_ fields: [ColumnPlan.Field]) -> [Int] { Set(fields.map(\.word)).sorted() }

  // MARK: Facts

  mutating func factLanes() -> ContiguousArray<FactLane> {
    var lanes: ContiguousArray<FactLane> = []
    for slot in plan.scalars.indices where !plan.scalars[slot].isEmpty {
      let column = columns.scalars[slot]
      var answers: [[Truth]] = []
      for value in column.dictionary {
        session.assert(ScalarSlotID(slot), value)
        answers.append(ask(plan.scalars[slot]))
      }
      session.assert(ScalarSlotID(slot), Estimate?.none)
      lanes += Self.lanes(plan.scalars[slot], answers, column.codes)
    }
    for slot in plan.sets.indices where !plan.sets[slot].isEmpty {
      let column = columns.sets[slot]
      var answers: [[Truth]] = []
      for value in column.dictionary {
        session.assert(SetSlotID(slot), value)
        answers.append(ask(plan.sets[slot]))
      }
      session.assert(SetSlotID(slot), nil)
      lanes += Self.lanes(plan.sets[slot], answers, column.codes)
    }
    session.run()
    return ContiguousArray(lanes.sorted { $0.word < $1.word })
  }

  private mutating func ask(_ questions: [ColumnPlan.FactQuestion]) -> [Truth] {
    session.run()
    var truths: [Truth] = []
    for question in questions { truths.append(session.truth(question.condition, .cautious)) }
    return truths
  }

  private static func lanes(
    _ questions: [ColumnPlan.FactQuestion], _ answers: [[Truth]], _ codes: ContiguousArray<UInt16>
  ) -> [FactLane] {
    words(questions.map(\.field)).map { word in
      let masks = answers.map { truths in
        zip(questions, truths).reduce(UInt64(0)) { mask, answer in
          answer.0.field.word == word ? mask | bits(answer.0.field, answer.1) : mask
        }
      }
      return FactLane(word: word, codes: codes, masks: ContiguousArray(masks))
    }
  }

  // MARK: Points

  mutating func pointLanes() -> ContiguousArray<TableLane> {
    var lanes: ContiguousArray<TableLane> = []
    for slot in plan.series.indices {
      let table = plan.series[slot]
      let fields = table.questions.map(\.field)
      let cells = columns.series[slot].cells
      let days = table.questions.map { memberships(slot, $0.days, cells[0].dictionary) }
      let values = table.questions.map { pointTruths($0.inner, cells[1].dictionary) }
      for word in Self.words(fields + [table.missing].compactMap { $0 }) {
        var lane = TableLane(
          table: slot, word: word,
          columns: [
            TableLane.Column(codes: cells[0].codes, masks: Self.masks(fields, days, word, cells[0].dictionary.count)),
            TableLane.Column(codes: cells[1].codes, masks: Self.masks(fields, values, word, cells[1].dictionary.count)),
          ])
        for field in fields where field.word == word {
          lane.low |= field.low
          lane.missing |= field.possible
        }
        if let field = table.missing, field.word == word { lane.missing |= Self.bits(field, .yes) }
        lanes.append(lane)
      }
    }
    return lanes
  }

  /// For each code the bits that its truths set.
  private static func masks(
    _ fields: [ColumnPlan.Field], _ truths: [[Truth]], _ word: Int, _ count: Int
  ) -> ContiguousArray<UInt64> {
    var masks = ContiguousArray(repeating: UInt64(0), count: count)
    for (field, truths) in zip(fields, truths) where field.word == word {
      for code in 0..<count { masks[code] |= bits(field, truths[code]) }
    }
    return masks
  }

  private mutating func memberships(
    _ slot: Int, _ days: ColumnPlan.PointQuestion.Days, _ cells: ContiguousArray<TableColumns.Cell>
  ) -> [Truth] {
    guard case .window(let window) = days else { return cells.map { _ in .yes } }
    let slot = SeriesSlotID(slot)
    session.assert(slot, cells.map { SeriesPoint(day: Self.given($0), value: .none) })
    defer { session.assert(slot, [SeriesPoint]?.none) }
    return session.memberships(slot, window, .cautious)
  }

  private static func given(_ cell: TableColumns.Cell) -> Estimate {
    if case .given(let estimate) = cell { estimate } else { .none }
  }

  private mutating func pointTruths(
    _ inner: ConditionID?, _ cells: ContiguousArray<TableColumns.Cell>
  ) -> [Truth] {
    guard let inner else { return cells.map { _ in .yes } }
    var truths: [Truth] = []
    for cell in cells {
      let before = session.exchangeCurrentPoint(Self.given(cell))
      truths.append(session.truth(inner, .cautious))
      _ = session.exchangeCurrentPoint(before)
    }
    return truths
  }

  // MARK: Rows

  mutating func rowLanes() -> ContiguousArray<TableLane> {
    var lanes: ContiguousArray<TableLane> = []
    for slot in plan.collections.indices {
      let table = plan.collections[slot]
      var used = Set(table.questions.flatMap { $0.tests.map(\.column) }).sorted()
      if used.isEmpty, !table.questions.isEmpty { used = [0] }
      let fields = table.questions.map(\.field)
      var truths: [[[Truth]]] = []
      for column in used {
        let dictionary = columns.collections[slot].cells[column].dictionary
        var ofColumn: [[Truth]] = []
        for question in table.questions { ofColumn.append(rowTruths(question, column, dictionary)) }
        truths.append(ofColumn)
      }
      let missing = missingTruths(table.questions, used)
      for word in Self.words(fields + [table.missing].compactMap { $0 }) {
        let cells = columns.collections[slot].cells
        var lane = TableLane(
          table: slot, word: word,
          columns: ContiguousArray(
            zip(used, truths).map { column, truths in
              TableLane.Column(
                codes: cells[column].codes,
                masks: Self.masks(fields, truths, word, cells[column].dictionary.count))
            }))
        for (field, truth) in zip(fields, missing) where field.word == word {
          lane.low |= field.low
          lane.missing |= Self.bits(field, truth)
        }
        if let field = table.missing, field.word == word { lane.missing |= Self.bits(field, .yes) }
        for question in table.questions where question.field.word == word && !question.joins.isEmpty {
          lane.append(join(question, slot))
        }
        lanes.append(lane)
      }
    }
    return lanes
  }

  /// What each value of a column answers to the tests of that column; the row that may not be there never says yes.
  private mutating func rowTruths(
    _ question: ColumnPlan.RowQuestion, _ column: Int, _ cells: ContiguousArray<TableColumns.Cell>
  ) -> [Truth] {
    var truths: [Truth] = []
    for cell in cells {
      var truth = cell == .ghost ? Truth.unknown : .yes
      for test in question.tests where test.column == column && truth != .no {
        truth = min(truth, self.truth(test.condition, question, column, cell))
      }
      truths.append(truth)
    }
    return truths
  }

  private mutating func truth(
    _ condition: ConditionID, _ question: ColumnPlan.RowQuestion, _ column: Int, _ cell: TableColumns.Cell
  ) -> Truth {
    let relation = question.relation
    var row = ContiguousArray(plan.graph[relation].fulls)
    session.relations[relation.index].isGhost = cell == .ghost
    if case .given(let estimate) = cell { row[column] = session.intern(estimate) }
    session.relations[relation.index].refill(row, count: 1, truth: .unknown)
    let before = session.savedBindings
    session.bind(variable: question.variable, of: relation, to: 0)
    let truth = session.truth(condition, .cautious)
    session.savedBindings = before
    return truth
  }

  /// Rows that nobody gave may be any number: as many as are asked for, if such a row may meet the question.
  private mutating func missingTruths(_ questions: [ColumnPlan.RowQuestion], _ used: [Int]) -> [Truth] {
    var truths: [Truth] = []
    for question in questions {
      var truth = Truth.unknown
      for column in used { truth = min(truth, rowTruths(question, column, [.ghost])[0]) }
      truths.append(truth)
    }
    return truths
  }

  private mutating func join(_ question: ColumnPlan.RowQuestion, _ slot: Int) -> RowJoin {
    var parts: ContiguousArray<RowJoin.Part> = []
    for join in question.joins {
      let points = columns.series[join.series].cells
      let starts = columns.collections[slot].cells[join.column]
      let dates = PointDates(points[0].dictionary, today: plan.today)
      let full = plan.graph.estimates[plan.graph[question.relation].fulls[join.column].index]
      let days = starts.dictionary.map { cell in if case .given(let estimate) = cell { estimate } else { full } }
      parts.append(
        RowJoin.Part(
          series: join.series, starts: starts.codes,
          certainFrom: ContiguousArray(days.map { dates.first(notBefore: $0, isCertain: true) }),
          possibleFrom: ContiguousArray(days.map { dates.first(notBefore: $0, isCertain: false) }), dates: dates,
          values: ContiguousArray(pointTruths(join.inner, points[1].dictionary)), any: join.any))
    }
    return RowJoin(cells: question.field, result: question.joined ?? question.field, parts: parts)
  }
}
