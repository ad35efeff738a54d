package import ClinicalValues

/// The answers of a plan for the patients of columns: for each rule two bits a patient, 64 patients at once.
///
/// Both readings are alike here: what a rule of the network says is certain, or may be.
package struct ColumnRun: Sendable {
  package let plan: ColumnPlan
  package let count: Int
  private let blocks: Int
  private let columns: PatientColumns
  private let facts: ContiguousArray<FactLane>
  private let points: ContiguousArray<TableLane>
  private let rows: ContiguousArray<TableLane>

  /// For each word what each patient of the block has set; then for each bit which patients have.
  private var words: ContiguousArray<UInt64>
  private var planes: ContiguousArray<UInt64>
  /// What each row of the block sets.
  private var hits: ContiguousArray<UInt64>
  /// The rows of the block that are asked more.
  private var candidates: ContiguousArray<UInt32>
  /// For `atLeast`: which patients have one, two, … of the inputs.
  private var reached: ContiguousArray<UInt64>
  /// For each covered rule its planes, block by block.
  private var certain: ContiguousArray<UInt64>
  private var possible: ContiguousArray<UInt64>

  /// Asks each value of the dictionaries what it answers.
  package init(_ plan: ColumnPlan, _ columns: PatientColumns) {
    self.plan = plan
    self.columns = columns
    count = columns.count
    blocks = columns.blocks
    var builder = ColumnLaneBuilder(plan, columns)
    facts = builder.factLanes()
    points = builder.pointLanes()
    rows = builder.rowLanes()
    words = ContiguousArray(repeating: 0, count: plan.words * 64)
    planes = ContiguousArray(repeating: 0, count: plan.planes)
    var longest = 0
    for block in 0..<columns.blocks {
      for table in columns.series { longest = max(longest, table.rows(ofBlock: block).count) }
      for table in columns.collections { longest = max(longest, table.rows(ofBlock: block).count) }
    }
    hits = ContiguousArray(repeating: 0, count: longest)
    candidates = ContiguousArray(repeating: 0, count: longest + 1)
    let highest = plan.gates.map { if case .atLeast(let count) = $0.form { count } else { 0 } }.max() ?? 0
    reached = ContiguousArray(repeating: 0, count: highest + 1)
    certain = ContiguousArray(repeating: 0, count: plan.rules.count * blocks)
    possible = certain
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

  package mutating func evaluate() {
    for block in 0..<blocks {
      clear()
      gatherFacts(block)
      for lane in points.indices {
        Self.gather(points[lane], columns.series[points[lane].table], block, &hits, &words)
      }
      for lane in rows.indices {
        let table = rows[lane].table
        Self.gather(rows[lane], columns.collections[table], block, &hits, &words)
        if rows[lane].asksMore != 0 { askMore(lane, columns.collections[table].rows(ofBlock: block), block) }
      }
      Self.turn(words, &planes)
      Self.combine(plan.gates, plan.inputs, &planes, &reached)
      Self.keep(plan, planes, block, valid(block), &certain, &possible)
    }
  }

  private mutating func clear() {
    var words = words.mutableSpan
    for place in words.indices { words[place] = 0 }
  }

  private mutating func gatherFacts(_ block: Int) {
    let range = block * 64..<min(count, block * 64 + 64)
    var place = 0
    while place < facts.count {
      let isGroup = place + 3 < facts.count && facts[place + 3].word == facts[place].word
      if isGroup {
        Self.gather(facts[place], facts[place + 1], facts[place + 2], facts[place + 3], range, &words)
      } else {
        Self.gather(facts[place], range, &words)
      }
      place += isGroup ? 4 : 1
    }
  }

  private static func gather(_ lane: FactLane, _ range: Range<Int>, _ words: inout ContiguousArray<UInt64>) {
    var words = words.mutableSpan
    let codes = lane.codes.span
    let masks = lane.masks.span
    let first = lane.word * 64 - range.lowerBound
    for patient in range { words[first + patient] |= masks[Int(codes[patient])] }
  }

  /// Four columns of one word: the word is read and written once.
  private static func gather(
    _ one: FactLane, _ two: FactLane, _ three: FactLane, _ four: FactLane, _ range: Range<Int>,
    _ words: inout ContiguousArray<UInt64>
  ) {
    var words = words.mutableSpan
    let codes1 = one.codes.span
    let masks1 = one.masks.span
    let codes2 = two.codes.span
    let masks2 = two.masks.span
    let codes3 = three.codes.span
    let masks3 = three.masks.span
    let codes4 = four.codes.span
    let masks4 = four.masks.span
    let first = one.word * 64 - range.lowerBound
    for patient in range {
      let left = masks1[Int(codes1[patient])] | masks2[Int(codes2[patient])]
      words[first + patient] |= left | masks3[Int(codes3[patient])] | masks4[Int(codes4[patient])]
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
    set(lane.columns[0], rows, &hits)
    for column in lane.columns.indices.dropFirst() { narrow(lane.columns[column], rows, &hits) }
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
    let codes1 = one.codes.span.extracting(rows)
    let masks1 = one.masks.span
    let codes2 = two.codes.span.extracting(rows)
    let masks2 = two.masks.span
    let patients = table.patients.span.extracting(rows)
    let low = lane.low
    let first = lane.word * 64
    guard lane.asksMore != 0 else {
      for row in 0..<rows.count {
        let hit = masks1[Int(codes1[row])] & masks2[Int(codes2[row])]
        add(hit, low, first + Int(patients[row]), &words)
      }
      return
    }
    var hits = hits.mutableSpan
    for row in 0..<rows.count {
      let hit = masks1[Int(codes1[row])] & masks2[Int(codes2[row])]
      hits[row] = hit
      add(hit, low, first + Int(patients[row]), &words)
    }
  }

  private static func set(_ column: TableLane.Column, _ rows: Range<Int>, _ hits: inout ContiguousArray<UInt64>) {
    let codes = column.codes.span
    let masks = column.masks.span
    var hits = hits.mutableSpan
    for row in rows { hits[row - rows.lowerBound] = masks[Int(codes[row])] }
  }

  private static func narrow(_ column: TableLane.Column, _ rows: Range<Int>, _ hits: inout ContiguousArray<UInt64>) {
    let codes = column.codes.span
    let masks = column.masks.span
    var hits = hits.mutableSpan
    for row in rows { hits[row - rows.lowerBound] &= masks[Int(codes[row])] }
  }

  // MARK: Rows with points

  private mutating func askMore(_ lane: Int, _ range: Range<Int>, _ block: Int) {
    let found = Self.find(rows[lane], columns.collections[rows[lane].table].patients, range, hits, words, &candidates)
    for place in 0..<found {
      let row = Int(candidates[place])
      let hit = hits[row - range.lowerBound]
      let patient = columns.collections[rows[lane].table].patients[row]
      for join in rows[lane].joins.indices where hit & rows[lane].joins[join].cells.possible != 0 {
        let isCertain = hit & rows[lane].joins[join].cells.certain != 0
        let truth = self.truth(rows[lane].joins[join], row, patient, block, isCertain ? .yes : .unknown)
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

  private func truth(_ join: RowJoin, _ row: Int, _ patient: UInt8, _ block: Int, _ cells: Truth) -> Truth {
    for part in join.parts.indices {
      let any = join.parts[part].any
      if words[any.word * 64 + Int(patient)] & any.possible == 0 { return .no }
    }
    var result = cells
    for part in join.parts.indices where result != .no {
      result = min(result, truth(join.parts[part], row, block * 64 + Int(patient)))
    }
    return result
  }

  private func truth(_ part: RowJoin.Part, _ row: Int, _ patient: Int) -> Truth {
    let series = columns.series[part.series].absent[patient / 64]
    if series & 1 << UInt64(patient % 64) != 0 { return .unknown }
    let start = Int(part.starts[row])
    var result = Truth.no
    for point in columns.series[part.series].rows(of: patient) where result != .yes {
      let value = part.values[Int(columns.series[part.series].cells[1].codes[point])]
      guard value > result else { continue }
      let day = Int(columns.series[part.series].cells[0].codes[point])
      let member: Truth =
        part.dates.certain[day] >= part.certainFrom[start]
        ? .yes : part.dates.possible[day] >= part.possibleFrom[start] ? .unknown : .no
      result = max(result, min(value, member))
    }
    return result
  }

  // MARK: Planes

  /// Turns each word of 64 patients into 64 planes (Hacker's Delight, 7-3).
  private static func turn(_ words: ContiguousArray<UInt64>, _ planes: inout ContiguousArray<UInt64>) {
    let words = words.span
    var planes = planes.mutableSpan
    for first in stride(from: 0, to: words.count, by: 64) {
      var distance = 32
      var mask: UInt64 = 0x0000_0000_FFFF_FFFF
      for place in 0..<64 { planes[first + place] = words[first + place] }
      while distance != 0 {
        for start in stride(from: first, to: first + 64, by: 2 * distance) {
          for place in start..<start + distance {
            let (upper, lower) = (planes[place], planes[place + distance])
            let change = ((upper >> UInt64(distance)) ^ lower) & mask
            planes[place] = upper ^ (change << UInt64(distance))
            planes[place + distance] = lower ^ change
          }
        }
        distance /= 2
        mask ^= mask << UInt64(distance)
      }
    }
  }

  private static func combine(
    _ gates: ContiguousArray<ColumnPlan.Gate>, _ inputs: ContiguousArray<UInt32>,
    _ planes: inout ContiguousArray<UInt64>, _ reached: inout ContiguousArray<UInt64>
  ) {
    let inputs = inputs.span
    var planes = planes.mutableSpan
    for gate in gates.indices {
      let range = gates[gate].inputs
      switch gates[gate].form {
      case .all:
        var result = UInt64.max
        for input in range { result &= plane(inputs[input], planes) }
        planes[gates[gate].output] = result
      case .any:
        var result: UInt64 = 0
        for input in range { result |= plane(inputs[input], planes) }
        planes[gates[gate].output] = result
      case .atLeast(let count):
        for level in 0...count { reached[level] = level == 0 ? .max : 0 }
        for input in range {
          let plane = plane(inputs[input], planes)
          for level in stride(from: count, to: 0, by: -1) { reached[level] |= reached[level - 1] & plane }
        }
        planes[gates[gate].output] = reached[count]
      }
    }
  }

  @inline(__always)
  private static func plane(_ input: UInt32, _ planes: borrowing MutableSpan<UInt64>) -> UInt64 {
    planes[Int(input >> 1)] ^ (0 &- UInt64(input & 1))
  }

  /// The bits of patients that there are.
  private func valid(_ block: Int) -> UInt64 {
    block == blocks - 1 && count % 64 != 0 ? (1 << UInt64(count % 64)) - 1 : .max
  }

  private static func keep(
    _ plan: ColumnPlan, _ planes: ContiguousArray<UInt64>, _ block: Int, _ valid: UInt64,
    _ certain: inout ContiguousArray<UInt64>, _ possible: inout ContiguousArray<UInt64>
  ) {
    guard !plan.rules.isEmpty else { return }
    let planes = planes.span
    var certain = certain.mutableSpan
    var possible = possible.mutableSpan
    let blocks = certain.count / plan.rules.count
    for rule in plan.rules.indices {
      let yes = plan.rules[rule].certain
      let maybe = plan.rules[rule].possible
      certain[rule * blocks + block] = (planes[yes >> 1] ^ (0 &- UInt64(yes & 1))) & valid
      possible[rule * blocks + block] = (planes[maybe >> 1] ^ (0 &- UInt64(maybe & 1))) & valid
    }
  }
}
