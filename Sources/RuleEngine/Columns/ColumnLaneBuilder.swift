import ClinicalValues

/// Asks each value of each dictionary what it answers, once; who answers is a session.
struct ColumnLaneBuilder: ~Copyable, Sendable {
  private let plan: ColumnPlan
  private var session: Session

  init(_ plan: ColumnPlan) {
    self.plan = plan
    session = Session(plan.graph, today: plan.today)
    session.run()
  }

  private static func bits(_ field: ColumnPlan.Field, _ truth: Truth) -> UInt64 {
    (truth == .yes ? field.certain : 0) | (truth == .no ? 0 : field.possible)
  }

  private static func words(_ fields: [ColumnPlan.Field]) -> [Int] { Set(fields.map(\.word)).sorted() }

  /// For each value what its answers set in a word.
  private static func append(
    _ fields: [ColumnPlan.Field], _ truths: [[Truth]], _ word: Int, _ count: Int,
    to masks: inout ContiguousArray<UInt64>
  ) {
    for place in 0..<count {
      var mask: UInt64 = 0
      for (field, truths) in zip(fields, truths) where field.word == word { mask |= bits(field, truths[place]) }
      masks.append(mask)
    }
  }

  // MARK: Facts

  func factLanes() -> ContiguousArray<FactLane> {
    var lanes: ContiguousArray<FactLane> = []
    for slot in plan.scalars.indices {
      lanes += Self.words(plan.scalars[slot].map(\.field)).map { FactLane(word: $0, slot: slot, isSet: false) }
    }
    for slot in plan.sets.indices {
      lanes += Self.words(plan.sets[slot].map(\.field)).map { FactLane(word: $0, slot: slot, isSet: true) }
    }
    return ContiguousArray(lanes.sorted { $0.word < $1.word })
  }

  /// Asks the values that came since.
  mutating func extend(_ lanes: inout ContiguousArray<FactLane>, _ columns: PatientColumns) {
    for place in lanes.indices {
      let (slot, isSet) = (lanes[place].slot, lanes[place].isSet)
      let count = isSet ? columns.sets[slot].values.count : columns.scalars[slot].values.count
      let known = lanes[place].masks.count
      guard known < count else { continue }
      let questions = isSet ? plan.sets[slot] : plan.scalars[slot]
      var truths: [[Truth]] = Array(repeating: [], count: questions.count)
      for code in known..<count {
        if isSet {
          session.assert(SetSlotID(slot), columns.sets[slot].values[code])
        } else {
          session.assert(ScalarSlotID(slot), columns.scalars[slot].values[code])
        }
        session.run()
        for question in questions.indices {
          truths[question].append(session.truth(questions[question].condition, .cautious))
        }
      }
      if isSet { session.assert(SetSlotID(slot), nil) } else { session.assert(ScalarSlotID(slot), Estimate?.none) }
      session.run()
      for other in lanes.indices where lanes[other].slot == slot && lanes[other].isSet == isSet {
        Self.append(questions.map(\.field), truths, lanes[other].word, count - known, to: &lanes[other].masks)
      }
    }
  }

  // MARK: Points

  func pointLanes() -> ContiguousArray<TableLane> {
    var lanes: ContiguousArray<TableLane> = []
    for slot in plan.series.indices {
      let table = plan.series[slot]
      let fields = table.questions.map(\.field)
      for word in Self.words(fields + [table.missing].compactMap { $0 }) {
        var lane = TableLane(
          table: slot, word: word, columns: [TableLane.Column(column: 0), TableLane.Column(column: 1)])
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

  mutating func extend(points lanes: inout ContiguousArray<TableLane>, _ columns: PatientColumns) {
    for place in lanes.indices {
      let table = lanes[place].table
      let questions = plan.series[table].questions
      for column in lanes[place].columns.indices {
        let values = columns.series[table].dictionaries[column].values
        let known = lanes[place].columns[column].masks.count
        guard known < values.count else { continue }
        let fresh = ContiguousArray(values[known...])
        var truths: [[Truth]] = []
        for question in questions {
          truths.append(column == 0 ? memberships(table, question.days, fresh) : pointTruths(question.inner, fresh))
        }
        for other in lanes.indices where lanes[other].table == table {
          Self.append(
            questions.map(\.field), truths, lanes[other].word, fresh.count, to: &lanes[other].columns[column].masks)
        }
      }
    }
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
      let missing = missingTruths(table.questions, used)
      for word in Self.words(fields + [table.missing].compactMap { $0 }) {
        var lane = TableLane(
          table: slot, word: word, columns: ContiguousArray(used.map { TableLane.Column(column: $0) }))
        for (field, truth) in zip(fields, missing) where field.word == word {
          lane.low |= field.low
          lane.missing |= Self.bits(field, truth)
        }
        if let field = table.missing, field.word == word { lane.missing |= Self.bits(field, .yes) }
        for question in table.questions where question.field.word == word && !question.joins.isEmpty {
          lane.append(Self.join(question))
        }
        lanes.append(lane)
      }
    }
    return lanes
  }

  mutating func extend(rows lanes: inout ContiguousArray<TableLane>, _ columns: PatientColumns) {
    for place in lanes.indices {
      let table = lanes[place].table
      let questions = plan.collections[table].questions
      for number in lanes[place].columns.indices {
        let column = lanes[place].columns[number].column
        let values = columns.collections[table].dictionaries[column].values
        let known = lanes[place].columns[number].masks.count
        guard known < values.count else { continue }
        let fresh = ContiguousArray(values[known...])
        var truths: [[Truth]] = []
        for question in questions { truths.append(rowTruths(question, column, fresh)) }
        for other in lanes.indices where lanes[other].table == table {
          Self.append(
            questions.map(\.field), truths, lanes[other].word, fresh.count, to: &lanes[other].columns[number].masks)
        }
      }
      for join in lanes[place].joins.indices {
        for part in lanes[place].joins[join].parts.indices {
          extend(&lanes[place].joins[join].parts[part], lanes[place].table, columns)
        }
      }
    }
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
    session.relations[relation.index].refill(InternedRows(count: 1, cells: row), truth: .unknown)
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

  private static func join(_ question: ColumnPlan.RowQuestion) -> RowJoin {
    let parts = question.joins.map {
      RowJoin.Part(series: $0.series, column: $0.column, inner: $0.inner, full: $0.full, any: $0.any)
    }
    return RowJoin(cells: question.field, result: question.joined ?? question.field, parts: ContiguousArray(parts))
  }

  private mutating func extend(_ part: inout RowJoin.Part, _ table: Int, _ columns: PatientColumns) {
    for cell in columns.collections[table].dictionaries[part.column].values[part.starts.count...] {
      if case .given(let estimate) = cell {
        part.starts.append(StartDay(estimate))
      } else {
        part.starts.append(StartDay(plan.graph.estimates[part.full.index]))
      }
    }
    for cell in columns.series[part.series].dictionaries[0].values[part.days.count...] {
      part.days.append(PointDay(cell, today: plan.today))
    }
    let values = columns.series[part.series].dictionaries[1].values[part.values.count...]
    if !values.isEmpty { part.values += pointTruths(part.inner, ContiguousArray(values)) }
  }
}
