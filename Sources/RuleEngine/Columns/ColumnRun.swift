package import ClinicalValues

/// The answers of a plan for the patients of columns: for each rule two bits a patient, 64 patients at once.
///
/// Both readings are alike here: what a rule of the network says is certain, or may be.
package struct ColumnRun: ~Copyable, Sendable {
  package let plan: ColumnPlan
  /// How many patients were evaluated last.
  package private(set) var count = 0
  private var blocks = 0
  private var builder: ColumnLaneBuilder
  private var facts: ContiguousArray<FactLane>
  private var points: ContiguousArray<TableLane>
  private var rows: ContiguousArray<TableLane>

  /// For each word what each patient of the block has set; then for each bit which patients have.
  private var words: ContiguousArray<UInt64>
  private var planes: ContiguousArray<UInt64>
  /// What each row of the block sets.
  private var hits: ContiguousArray<UInt64> = []
  /// The rows of the block that are asked more.
  private var candidates: ContiguousArray<UInt32> = [0]
  /// For `atLeast`: which patients have one, two, … of the inputs.
  private var reached: ContiguousArray<UInt64>
  /// For each covered rule, and then for each condition that was asked for, its planes, block by block.
  package private(set) var certain: ContiguousArray<UInt64> = []
  package private(set) var possible: ContiguousArray<UInt64> = []

  package init(_ plan: ColumnPlan) {
    self.plan = plan
    builder = ColumnLaneBuilder(plan)
    facts = builder.factLanes()
    points = builder.pointLanes()
    rows = builder.rowLanes()
    words = ContiguousArray(repeating: 0, count: plan.words * 64)
    planes = ContiguousArray(repeating: 0, count: plan.planes)
    let highest = plan.gates.map { if case .atLeast(let count) = $0.form { count } else { 0 } }.max() ?? 0
    reached = ContiguousArray(repeating: 0, count: highest + 1)
  }

  /// Asks each value that the dictionaries have gained what it answers.
  package mutating func ask(_ columns: PatientColumns) {
    builder.extend(&facts, columns)
    builder.extend(points: &points, columns)
    builder.extend(rows: &rows, columns)
  }

  // MARK: Answers

  /// What a covered rule says of a patient; of any other rule, nothing.
  package func truth(_ rule: RuleNodeID, patient: Int) -> Truth? {
    let place = Int(plan.placeOfRule[rule.index])
    guard place >= 0, patient < count else { return nil }
    let word = place * blocks + patient / 64
    let bit = UInt64(1) << UInt64(patient % 64)
    return certain[word] & bit != 0 ? .yes : possible[word] & bit != 0 ? .unknown : .no
  }

  /// Where the planes of a rule begin in `certain` and `possible`: a word for each block.
  package func place(of rule: RuleNodeID) -> Int? {
    let place = Int(plan.placeOfRule[rule.index])
    return place >= 0 ? place * blocks : nil
  }

  /// The same of a condition that was asked for.
  package func place(ofCondition condition: Int) -> Int { (plan.rules.count + condition) * blocks }

  /// Of how many patients a rule certainly holds.
  package func certainCount(_ rule: RuleNodeID) -> Int {
    let place = Int(plan.placeOfRule[rule.index])
    guard place >= 0 else { return 0 }
    let span = certain.span
    var count = 0
    for word in place * blocks..<(place + 1) * blocks { count += span[word].nonzeroBitCount }
    return count
  }

  // MARK: Evaluation

  /// Answers for the patients of columns whose dictionaries are those of the columns before, or grew since.
  package mutating func evaluate(_ columns: PatientColumns) {
    ask(columns)
    count = columns.count
    blocks = columns.blocks
    let size = (plan.rules.count + plan.conditions.count) * blocks
    if certain.count != size {
      certain = ContiguousArray(repeating: 0, count: size)
      possible = certain
    }
    makeRoom(columns)
    for block in 0..<blocks {
      clear()
      gatherFacts(block, columns)
      for lane in points.indices {
        Self.gather(points[lane], columns.series[points[lane].table], block, &hits, &words)
      }
      for lane in rows.indices {
        let table = rows[lane].table
        Self.gather(rows[lane], columns.collections[table], block, &hits, &words)
        if rows[lane].asksMore != 0 { askMore(lane, block, columns) }
      }
      Self.turn(words, &planes)
      Self.combine(plan.gates, plan.inputs, &planes, &reached)
      Self.keep(plan, planes, block, valid(block), &certain, &possible)
    }
  }

  private mutating func makeRoom(_ columns: PatientColumns) {
    var longest = hits.count
    for block in 0..<blocks {
      for table in columns.series { longest = max(longest, table.rows(ofBlock: block).count) }
      for table in columns.collections { longest = max(longest, table.rows(ofBlock: block).count) }
    }
    guard longest > hits.count else { return }
    hits = ContiguousArray(repeating: 0, count: longest)
    candidates = ContiguousArray(repeating: 0, count: longest + 1)
  }

  private mutating func clear() {
    var words = words.mutableSpan
    for place in words.indices { words[place] = 0 }
  }

  private mutating func gatherFacts(_ block: Int, _ columns: PatientColumns) {
    let range = block * 64..<min(count, block * 64 + 64)
    var place = 0
    while place < facts.count {
      let isGroup =
        place + 3 < facts.count && facts[place + 3].word == facts[place].word
        && !facts[place..<place + 4].contains { $0.isSet }
      if isGroup {
        Self.gather((facts[place], facts[place + 1], facts[place + 2], facts[place + 3]), range, columns, &words)
      } else {
        let codes = facts[place].isSet ? columns.setCodes : columns.scalarCodes
        Self.gather(facts[place], codes, columns.capacity, range, &words)
      }
      place += isGroup ? 4 : 1
    }
  }

  private static func gather(
    _ lane: FactLane, _ codes: ContiguousArray<UInt16>, _ capacity: Int, _ range: Range<Int>,
    _ words: inout ContiguousArray<UInt64>
  ) {
    var words = words.mutableSpan
    let codes = codes.span.extracting(lane.slot * capacity + range.lowerBound..<lane.slot * capacity + range.upperBound)
    let masks = lane.masks.span
    let first = lane.word * 64
    for patient in 0..<range.count { words[first + patient] |= masks[Int(codes[patient])] }
  }

  /// Four columns of one word: the word is read and written once.
  private static func gather(
    _ lanes: (FactLane, FactLane, FactLane, FactLane), _ range: Range<Int>, _ columns: PatientColumns,
    _ words: inout ContiguousArray<UInt64>
  ) {
    var words = words.mutableSpan
    let codes = columns.scalarCodes.span
    let masks1 = lanes.0.masks.span
    let masks2 = lanes.1.masks.span
    let masks3 = lanes.2.masks.span
    let masks4 = lanes.3.masks.span
    let starts = (
      lanes.0.slot * columns.capacity + range.lowerBound, lanes.1.slot * columns.capacity + range.lowerBound,
      lanes.2.slot * columns.capacity + range.lowerBound, lanes.3.slot * columns.capacity + range.lowerBound
    )
    let first = lanes.0.word * 64
    for patient in 0..<range.count {
      let left = masks1[Int(codes[starts.0 + patient])] | masks2[Int(codes[starts.1 + patient])]
      let right = masks3[Int(codes[starts.2 + patient])] | masks4[Int(codes[starts.3 + patient])]
      words[first + patient] |= left | right
    }
  }

  private static func gather(
    _ lane: TableLane, _ table: TableColumns, _ block: Int, _ hits: inout ContiguousArray<UInt64>,
    _ words: inout ContiguousArray<UInt64>
  ) {
    var words = words.mutableSpan
    let first = lane.word * 64
    if lane.missing != 0 {
      var absent = table.absent[block]
      while absent != 0 {
        words[first + absent.trailingZeroBitCount] |= lane.missing
        absent &= absent &- 1
      }
    }
    let rows = table.rows(ofBlock: block)
    guard !lane.columns.isEmpty, !rows.isEmpty else { return }
    if lane.columns.count == 2 {
      gather(lane.columns[0], lane.columns[1], lane, table, rows, &hits, &words)
      return
    }
    set(lane.columns[0], table, rows, &hits)
    for column in lane.columns.indices.dropFirst() { narrow(lane.columns[column], table, rows, &hits) }
    let hits = hits.span
    let patients = table.patients.span
    let low = lane.low
    for row in rows { add(hits[row - rows.lowerBound], low, first + Int(patients[row]), &words) }
  }

  /// Each count of ones grows by one where the row is counted: its next bit is set.
  @inline(__always)
  private static func add(_ hit: UInt64, _ low: UInt64, _ place: Int, _ words: inout MutableSpan<UInt64>) {
    let before = words[place]
    words[place] = before | ((before << 1 | low) & hit)
  }

  /// The same for two columns, in one pass.
  private static func gather(
    _ one: TableLane.Column, _ two: TableLane.Column, _ lane: TableLane, _ table: TableColumns, _ rows: Range<Int>,
    _ hits: inout ContiguousArray<UInt64>, _ words: inout MutableSpan<UInt64>
  ) {
    let width = table.width
    let codes = table.codes.span.extracting(rows.lowerBound * width..<rows.upperBound * width)
    let masks1 = one.masks.span
    let masks2 = two.masks.span
    let patients = table.patients.span.extracting(rows)
    let low = lane.low
    let first = lane.word * 64
    guard lane.asksMore != 0 else {
      var cell = 0
      for row in 0..<rows.count {
        let hit = masks1[Int(codes[cell + one.column])] & masks2[Int(codes[cell + two.column])]
        add(hit, low, first + Int(patients[row]), &words)
        cell += width
      }
      return
    }
    var hits = hits.mutableSpan
    var cell = 0
    for row in 0..<rows.count {
      let hit = masks1[Int(codes[cell + one.column])] & masks2[Int(codes[cell + two.column])]
      hits[row] = hit
      add(hit, low, first + Int(patients[row]), &words)
      cell += width
    }
  }

  private static func set(
    _ column: TableLane.Column, _ table: TableColumns, _ rows: Range<Int>, _ hits: inout ContiguousArray<UInt64>
  ) {
    let codes = table.codes.span
    let masks = column.masks.span
    var hits = hits.mutableSpan
    for row in rows { hits[row - rows.lowerBound] = masks[Int(codes[row * table.width + column.column])] }
  }

  private static func narrow(
    _ column: TableLane.Column, _ table: TableColumns, _ rows: Range<Int>, _ hits: inout ContiguousArray<UInt64>
  ) {
    let codes = table.codes.span
    let masks = column.masks.span
    var hits = hits.mutableSpan
    for row in rows { hits[row - rows.lowerBound] &= masks[Int(codes[row * table.width + column.column])] }
  }

  // MARK: Rows with points

  private mutating func askMore(_ lane: Int, _ block: Int, _ columns: PatientColumns) {
    let table = rows[lane].table
    let range = columns.collections[table].rows(ofBlock: block)
    let found = Self.find(rows[lane], columns.collections[table].patients, range, hits, words, &candidates)
    for place in 0..<found {
      let row = Int(candidates[place])
      let hit = hits[row - range.lowerBound]
      let patient = columns.collections[table].patients[row]
      for join in rows[lane].joins.indices where hit & rows[lane].joins[join].cells.possible != 0 {
        let isCertain = hit & rows[lane].joins[join].cells.certain != 0
        let truth = self.truth(
          rows[lane].joins[join], table, row, block * 64 + Int(patient), isCertain ? .yes : .unknown, columns)
        guard truth != .no else { continue }
        let result = rows[lane].joins[join].result
        words[result.word * 64 + Int(patient)] |= result.possible | (truth == .yes ? result.certain : 0)
      }
    }
  }

  /// The rows that are asked more, of patients who have any such point; the answer is how many.
  private static func find(
    _ lane: TableLane, _ patients: ContiguousArray<UInt8>, _ range: Range<Int>, _ hits: ContiguousArray<UInt64>,
    _ words: ContiguousArray<UInt64>, _ candidates: inout ContiguousArray<UInt32>
  ) -> Int {
    let first = lane.pointsWord * 64
    let points = lane.points
    let isOpen = lane.isOpen
    let asksMore = lane.asksMore
    let hits = hits.span
    let words = words.span
    let patients = patients.span
    var candidates = candidates.mutableSpan
    var found = 0
    for row in range {
      // Both are asked without a branch: who is asked more is hard to foretell.
      let isAsked = min(hits[row - range.lowerBound] & asksMore, 1)
      let mayHold = min(words[first + Int(patients[row])] & points | isOpen, 1)
      candidates[found] = UInt32(truncatingIfNeeded: row)
      found += Int(isAsked & mayHold)
    }
    return found
  }

  private func truth(
    _ join: RowJoin, _ table: Int, _ row: Int, _ patient: Int, _ limit: Truth, _ columns: PatientColumns
  ) -> Truth {
    for part in join.parts.indices {
      let any = join.parts[part].any
      if words[any.word * 64 + patient % 64] & any.possible == 0 { return .no }
    }
    var result = limit
    for part in join.parts.indices where result != .no {
      let column = row * columns.collections[table].width + join.parts[part].column
      result = min(result, truth(join.parts[part], Int(columns.collections[table].codes[column]), patient, columns))
    }
    return result
  }

  private func truth(_ part: RowJoin.Part, _ start: Int, _ patient: Int, _ columns: PatientColumns) -> Truth {
    let series = part.series
    if columns.series[series].absent[patient / 64] & 1 << UInt64(patient % 64) != 0 { return .unknown }
    var result = Truth.no
    for point in columns.series[series].rows(of: patient) where result != .yes {
      let value = part.values[Int(columns.series[series].codes[2 * point + 1])]
      guard value > result else { continue }
      let day = Int(columns.series[series].codes[2 * point])
      result = max(result, min(value, part.starts[start].includes(part.days[day])))
    }
    return result
  }

  /// The bits of patients that there are.
  private func valid(_ block: Int) -> UInt64 {
    block == blocks - 1 && count % 64 != 0 ? (1 << UInt64(count % 64)) - 1 : .max
  }
}
