internal import CSimdJSON
internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineKit
internal import JSONLines
internal import RuleEngine

/// Takes patients into columns by the texts of their values.
///
/// A text that comes for the first time goes through the reader of patients, by itself (`CohortLearning`); afterwards it
/// is known what it stands for. A line in which anything is not plain is left to that reader as a whole.
struct CohortIntake: ~Copyable, Sendable {
  let plan: CohortPlan
  var book: KeyBook
  var session: Session
  var columns: PatientColumns
  var keys: ContiguousArray<KeyPlan> = []
  /// For each family the numbers of texts.
  var memo = TextMemo()
  /// For each family what its texts stand for, by their numbers.
  var values: [ContiguousArray<Estimate>] = []
  /// For each owner whose values rules read and each text of its family the code, or `noCode`.
  var codes: ContiguousArray<UInt16> = []
  /// What each patient in the columns is called by: the place of the text in the bytes, and nil without one.
  private(set) var ids: [Range<Int>?] = []
  private var id: Range<Int>?
  /// The keys of a point.
  var valueKey = -1
  var dayKey = -1
  /// A dictionary was full.
  var isFull = false
  /// For each key beyond the first 64 the line that had it last; lines are numbered.
  private var seen: ContiguousArray<Int> = []
  private var line = 0

  /// Of a text that is no plain value.
  static let other = UInt32.max - 1
  static let noCode = UInt16.max
  /// A family has no more texts.
  static let mostTexts = 1 << 14
  /// What an owner has for its codes.
  ///
  /// A power of two would put the first codes of all owners in one place of the cache.
  static let room = mostTexts + 160

  init(_ plan: CohortPlan, capacity: Int) {
    self.plan = plan
    book = KeyBook(plan.guidelines.program)
    session = Session(plan.guidelines.program.graph, today: plan.guidelines.today)
    columns = PatientColumns(plan.guidelines.program.graph, capacity: capacity)
  }

  /// Values keep coming for which there is no room: another intake has to begin.
  var mustEnd: Bool { isFull || memo.isFull }

  mutating func removePatients() {
    columns.removePatients()
    ids.removeAll(keepingCapacity: true)
  }

  /// Adds the patient of a line; false: the line is not plain, and nothing of it was added.
  mutating func add(_ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String) -> Bool {
    line += 1
    id = nil
    var index = 1
    let end = nodes.count
    var given: UInt64 = 0
    // Scalars are entered at the end, all at once.
    var scalars = InlineArray<64, UInt64>(repeating: 0)
    var count = 0
    while index < end {
      let key = Int(nodes[index].key)
      if key >= keys.count || keys[key].kind == .new { learnKey(key, keyText) }
      var isAgain = false
      if key < 64 {
        isAgain = given & 1 << UInt64(key) != 0
        given |= 1 << UInt64(key)
      } else {
        isAgain = seen[key] == line
        seen[key] = line
      }
      guard !isAgain, take(key, index, nodes, bytes, keyText, &scalars, &count) else {
        columns.dropPatient()
        return false
      }
      index = Int(nodes[index].next)
    }
    columns.enter(scalars.span.extracting(first: count))
    guard columns.addPatient() else { return false }
    ids.append(id)
    return true
  }

  func makeRoom(key: Int) -> Int { max(0, key + 1 - seen.count) }

  mutating func append(keys count: Int) {
    for _ in 0..<count {
      keys.append(KeyPlan())
      seen.append(0)
    }
  }

  @inline(__always)
  private mutating func take(
    _ key: Int, _ index: Int, _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String,
    _ scalars: inout InlineArray<64, UInt64>, _ count: inout Int
  ) -> Bool {
    let plan = keys[key]
    switch plan.kind {
    case .scalar:
      var code = code(Int(plan.owner), nodes, index, bytes)
      if code >= Self.other { code = learnScalar(code, key, nodes[index], bytes, keyText) }
      guard code < Self.other else { return false }
      guard plan.slot >= 0 else { return true }
      if count == 64 {
        columns.enter(scalars.span)
        count = 0
      }
      scalars[count] = UInt64(truncatingIfNeeded: plan.slot) << 16 | UInt64(code)
      count += 1
      return true
    case .series: return takeSeries(key, index, nodes, bytes, keyText)
    case .record: return takeRows(key, index, nodes, bytes, keyText)
    case .set:
      var code = memo.code(book.owners[Int(plan.owner)].tag, nodes[index], bytes)
      if code >= Self.other { code = learnSet(code, key, nodes[index], bytes, keyText) }
      guard code < Self.other else { return false }
      if plan.slot >= 0 {
        columns.setCodes[Int(plan.slot) * columns.capacity + columns.count] = UInt16(truncatingIfNeeded: code)
      }
      return true
    case .id:
      id = Int(nodes[index].start)..<Int(nodes[index].start) + Int(nodes[index].length)
      // A number is called as it is written.
      return Int(nodes[index].kind) == csimdjson_number
        || Int(nodes[index].kind) == csimdjson_string && Self.isPlain(nodes[index], bytes)
    case .new, .other: return false
    }
  }

  /// The code of a value; `other`: it is no plain value; `missing`: that is to be found out.
  @inline(__always)
  private func code(
    _ owner: Int, _ nodes: Span<csimdjson_node>, _ index: Int, _ bytes: Span<UInt8>
  ) -> UInt32 {
    let owner = book.owners[owner]
    let text = memo.code(owner.tag, nodes[index], bytes)
    guard text < Self.other, owner.codes >= 0 else { return text }
    let code = codes[owner.codes &+ Int(truncatingIfNeeded: text)]
    return code == Self.noCode ? TextMemo.missing : UInt32(code)
  }

  /// Without an escape, without a letter beyond ASCII.
  static func isPlain(_ node: csimdjson_node, _ bytes: Span<UInt8>) -> Bool {
    for place in Int(node.start)..<Int(node.start) + Int(node.length)
    where bytes[place] >= 0x7F || bytes[place] < 0x20 || bytes[place] == UInt8(ascii: "\\") {
      return false
    }
    return true
  }

  private mutating func takeSeries(
    _ key: Int, _ index: Int, _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> Bool {
    guard Int(nodes[index].kind) == csimdjson_array else { return false }
    let (owner, slot) = (Int(keys[key].owner), Int(keys[key].slot))
    let end = Int(nodes[index].next)
    var cells = InlineArray<64, UInt16>(repeating: 0)
    var count = 0
    var point = index + 1
    while point < end {
      guard Int(nodes[point].kind) == csimdjson_object, Int(nodes[point].next) == point + 3 else { return false }
      // The value, then the day; otherwise they are looked for.
      var (value, day) = (point + 1, point + 2)
      if Int(nodes[value].key) != valueKey || Int(nodes[day].key) != dayKey {
        learnKey(Int(nodes[value].key), keyText)
        learnKey(Int(nodes[day].key), keyText)
        if Int(nodes[value].key) != valueKey { swap(&value, &day) }
        guard Int(nodes[value].key) == valueKey, Int(nodes[day].key) == dayKey else { return false }
      }
      var valueCode = code(owner, nodes, value, bytes)
      if valueCode >= Self.other { valueCode = learnPoint(valueCode, key, false, nodes[value], bytes, keyText) }
      var dayCode = code(owner + 1, nodes, day, bytes)
      if dayCode >= Self.other { dayCode = learnPoint(dayCode, key, true, nodes[day], bytes, keyText) }
      guard valueCode < Self.other, dayCode < Self.other else { return false }
      cells[count] = UInt16(truncatingIfNeeded: dayCode)
      cells[count + 1] = UInt16(truncatingIfNeeded: valueCode)
      count += 2
      point += 3
      if count == 64 {
        if slot >= 0 { columns.series[slot].append(cells.span) }
        count = 0
      }
    }
    if slot >= 0 { columns.series[slot].append(cells.span.extracting(first: count)) }
    return true
  }

  private mutating func takeRows(
    _ key: Int, _ index: Int, _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> Bool {
    guard Int(nodes[index].kind) == csimdjson_array else { return false }
    let plan = keys[key]
    let (slot, record, width) = (Int(plan.slot), Int(plan.record), Int(plan.width))
    let all = width == 64 ? UInt64.max : (1 << UInt64(width)) - 1
    let end = Int(nodes[index].next)
    var cells = InlineArray<128, UInt16>(repeating: 0)
    var count = 0
    var row = index + 1
    while row < end {
      guard Int(nodes[row].kind) == csimdjson_object else { return false }
      if count + width > 128 {
        if slot >= 0 { columns.collections[slot].append(cells.span.extracting(first: count)) }
        count = 0
      }
      var given: UInt64 = 0
      let rowEnd = Int(nodes[row].next)
      var cell = row + 1
      while cell < rowEnd {
        let field = Int(nodes[cell].key)
        var column = book.column(field, ofRecord: record)
        if column == -2 { column = book.findColumn(field, keyText(field), ofRecord: record) }
        guard column >= 0, given & 1 << UInt64(column) == 0 else { return false }
        given |= 1 << UInt64(column)
        var code = code(Int(plan.owner) + column, nodes, cell, bytes)
        if code >= Self.other { code = learnCell(code, key, column, nodes[cell], bytes, keyText) }
        guard code < Self.other else { return false }
        cells[count + column] = UInt16(truncatingIfNeeded: code)
        cell = Int(nodes[cell].next)
      }
      if given != all {
        for column in 0..<width where given & 1 << UInt64(column) == 0 {
          cells[count + column] = book.records[record].missing[column]
        }
      }
      count += width
      row = rowEnd
    }
    if slot >= 0 { columns.collections[slot].append(cells.span.extracting(first: count)) }
    return true
  }
}
