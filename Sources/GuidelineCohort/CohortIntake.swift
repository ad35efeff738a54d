internal import CSimdJSON
internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineKit
internal import JSONLines
internal import RuleEngine

/// Takes patients into columns by the texts of their values.
///
/// A text that comes for the first time goes through the reader of patients, by itself; afterwards it is known what it
/// stands for. A line in which anything is not plain is left to that reader as a whole.
struct CohortIntake: ~Copyable, Sendable {
  private let plan: CohortPlan
  private var book: KeyBook
  private var session: Session
  private(set) var columns: PatientColumns
  private var keys: ContiguousArray<KeyPlan> = []
  private var memo = TextMemo()
  /// The keys of a point.
  private var valueKey = -1
  private var dayKey = -1
  /// Numbers lines.
  private var stamp = 0
  /// A dictionary was full.
  private var isFull = false

  /// Of a text that is no plain value.
  private static let other = UInt32.max - 1

  init(_ plan: CohortPlan, capacity: Int) {
    self.plan = plan
    book = KeyBook(plan.guidelines.program)
    session = Session(plan.guidelines.program.graph, today: plan.guidelines.today)
    columns = PatientColumns(plan.guidelines.program.graph, capacity: capacity)
  }

  /// Values keep coming for which there is no room: another intake has to begin.
  var mustEnd: Bool { isFull || memo.isFull }

  mutating func removePatients() { columns.removePatients() }

  /// Adds the patient of a line; false: the line is not plain, and nothing of it was added.
  mutating func add(
    _ line: csimdjson_line, _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> Bool {
    stamp += 1
    var index = Int(line.node) + 1
    let end = Int(nodes[Int(line.node)].next)
    while index < end {
      let key = Int(nodes[index].key)
      if key >= keys.count || keys[key].kind == .new { learnKey(key, keyText(key)) }
      guard keys[key].seen != stamp, take(key, index, nodes, bytes, keyText) else {
        columns.dropPatient()
        return false
      }
      keys[key].seen = stamp
      index = Int(nodes[index].next)
    }
    return columns.addPatient()
  }

  private mutating func learnKey(_ key: Int, _ text: String) {
    while keys.count <= key { keys.append(KeyPlan()) }
    keys[key] = book.plan(text, columns)
    if text == "value" { valueKey = key }
    if text == "on" { dayKey = key }
    guard keys[key].kind == .record else { return }
    let width = book.records[keys[key].record].names.count
    var codes = ContiguousArray(repeating: UInt16(0), count: width)
    let slot = keys[key].slot
    if slot >= 0 {
      guard let row = rows(slot, line: "{\"\(text)\":[{}]}")?.first else {
        keys[key].kind = .other
        return
      }
      for column in 0..<width { codes[column] = rowCode(slot, column, row[column]) ?? 0 }
    }
    book.setMissing(codes, ofRecord: keys[key].record)
  }

  @inline(__always)
  private mutating func take(
    _ key: Int, _ index: Int, _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> Bool {
    let plan = keys[key]
    switch plan.kind {
    case .scalar:
      var code = memo.code(plan.memo, nodes, index, bytes)
      if code >= Self.other { code = learnScalar(code, key, nodes[index], bytes, keyText) }
      guard code < Self.other else { return false }
      if plan.slot >= 0 {
        columns.scalarCodes[plan.slot * columns.capacity + columns.count] = UInt16(truncatingIfNeeded: code)
      }
      return true
    case .series: return takeSeries(key, index, nodes, bytes, keyText)
    case .record: return takeRows(key, index, nodes, bytes, keyText)
    case .set:
      var code = memo.code(plan.memo, nodes, index, bytes)
      if code >= Self.other { code = learnSet(code, key, nodes[index], bytes, keyText) }
      guard code < Self.other else { return false }
      if plan.slot >= 0 {
        columns.setCodes[plan.slot * columns.capacity + columns.count] = UInt16(truncatingIfNeeded: code)
      }
      return true
    case .id: return Self.isPlainText(nodes[index], bytes)
    case .new, .other: return false
    }
  }

  private static func isPlainText(_ node: csimdjson_node, _ bytes: Span<UInt8>) -> Bool {
    guard Int(node.kind) == csimdjson_string else { return false }
    return isPlain(node, bytes)
  }

  /// Without an escape, without a letter beyond ASCII.
  private static func isPlain(_ node: csimdjson_node, _ bytes: Span<UInt8>) -> Bool {
    for place in Int(node.start)..<Int(node.start) + Int(node.length) {
      if bytes[place] >= 0x7F || bytes[place] < 0x20 || bytes[place] == UInt8(ascii: "\\") { return false }
    }
    return true
  }

  // MARK: Points

  private mutating func takeSeries(
    _ key: Int, _ index: Int, _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> Bool {
    guard Int(nodes[index].kind) == csimdjson_array else { return false }
    let plan = keys[key]
    let end = Int(nodes[index].next)
    var cells = InlineArray<64, UInt16>(repeating: 0)
    var count = 0
    var point = index + 1
    while point < end {
      guard Int(nodes[point].kind) == csimdjson_object, Int(nodes[point].next) == point + 3 else { return false }
      // The value, then the day; otherwise they are looked for.
      var (value, day) = (point + 1, point + 2)
      if Int(nodes[value].key) != valueKey || Int(nodes[day].key) != dayKey {
        learnPointKey(Int(nodes[value].key), keyText)
        learnPointKey(Int(nodes[day].key), keyText)
        if Int(nodes[value].key) != valueKey { swap(&value, &day) }
        guard Int(nodes[value].key) == valueKey, Int(nodes[day].key) == dayKey else { return false }
      }
      var valueCode = memo.code(plan.memo, nodes, value, bytes)
      if valueCode >= Self.other { valueCode = learnPoint(valueCode, key, false, nodes[value], bytes, keyText) }
      var dayCode = memo.code(plan.memo + 1, nodes, day, bytes)
      if dayCode >= Self.other { dayCode = learnPoint(dayCode, key, true, nodes[day], bytes, keyText) }
      guard valueCode < Self.other, dayCode < Self.other else { return false }
      cells[count] = UInt16(truncatingIfNeeded: dayCode)
      cells[count + 1] = UInt16(truncatingIfNeeded: valueCode)
      count += 2
      point += 3
      if count == 64 || point == end {
        if plan.slot >= 0 { columns.series[plan.slot].append(cells.span.extracting(first: count)) }
        count = 0
      }
    }
    if plan.slot >= 0 { columns.series[plan.slot].isGiven = true }
    return true
  }

  private mutating func learnPointKey(_ key: Int, _ keyText: (Int) -> String) {
    if key >= keys.count || keys[key].kind == .new { learnKey(key, keyText(key)) }
  }

  // MARK: Rows

  private mutating func takeRows(
    _ key: Int, _ index: Int, _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> Bool {
    guard Int(nodes[index].kind) == csimdjson_array else { return false }
    let plan = keys[key]
    guard plan.width <= 64 else { return false }
    let all = plan.width == 64 ? UInt64.max : (1 << UInt64(plan.width)) - 1
    let end = Int(nodes[index].next)
    var cells = InlineArray<64, UInt16>(repeating: 0)
    var row = index + 1
    while row < end {
      guard Int(nodes[row].kind) == csimdjson_object else { return false }
      var given: UInt64 = 0
      let rowEnd = Int(nodes[row].next)
      var cell = row + 1
      while cell < rowEnd {
        let field = Int(nodes[cell].key)
        var column = book.column(field, ofRecord: plan.record)
        if column == -2 { column = book.findColumn(field, keyText(field), ofRecord: plan.record) }
        guard column >= 0, given & 1 << UInt64(column) == 0 else { return false }
        given |= 1 << UInt64(column)
        var code = memo.code(plan.memo + column, nodes, cell, bytes)
        if code >= Self.other { code = learnCell(code, key, column, nodes[cell], bytes, keyText) }
        guard code < Self.other else { return false }
        cells[column] = UInt16(truncatingIfNeeded: code)
        cell = Int(nodes[cell].next)
      }
      if given != all {
        for column in 0..<plan.width where given & 1 << UInt64(column) == 0 {
          cells[column] = book.records[plan.record].missing[column]
        }
      }
      if plan.slot >= 0 { columns.collections[plan.slot].append(cells.span.extracting(first: plan.width)) }
      row = rowEnd
    }
    if plan.slot >= 0 { columns.collections[plan.slot].isGiven = true }
    return true
  }
}

// MARK: What is new

extension CohortIntake {
  /// A line with one value, read as ever and taken in; false: something about it is not plain.
  private mutating func read(_ before: String, _ node: csimdjson_node, _ bytes: Span<UInt8>, _ after: String) -> Bool {
    guard node.length <= UInt32(TextMemo.longest), Self.isPlain(node, bytes) else { return false }
    let isText = Int(node.kind) == csimdjson_string
    var line = Array(before.utf8)
    if isText { line.append(UInt8(ascii: "\"")) }
    for place in Int(node.start)..<Int(node.start) + Int(node.length) { line.append(bytes[place]) }
    if isText { line.append(UInt8(ascii: "\"")) }
    return read(line + after.utf8)
  }

  private mutating func read(_ line: [UInt8]) -> Bool {
    let patient = plan.source.patient(line: line, path: "")
    guard let facts = patient.facts, patient.diagnostics.isEmpty else { return false }
    let report = plan.guidelines.program.takeIn(facts.given, into: &session)
    return report.conflicts.isEmpty
  }

  private mutating func learn(_ code: UInt16?, _ memo: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>) -> UInt32 {
    guard let code else {
      isFull = true
      return Self.other
    }
    self.memo.keep(UInt32(code), memo, node, bytes)
    return UInt32(code)
  }

  private mutating func refuse(_ memo: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>) -> UInt32 {
    self.memo.keep(Self.other, memo, node, bytes)
    return Self.other
  }

  @inline(never)
  private mutating func learnScalar(
    _ known: UInt32, _ key: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> UInt32 {
    let plan = keys[key]
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    guard read("{\"\(keyText(key))\":", node, bytes, "}") else { return refuse(plan.memo, node, bytes) }
    guard plan.slot >= 0 else { return learn(0, plan.memo, node, bytes) }
    let code = columns.scalars[plan.slot].code(session.given(ScalarSlotID(plan.slot)))
    return learn(code, plan.memo, node, bytes)
  }

  @inline(never)
  private mutating func learnSet(
    _ known: UInt32, _ key: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> UInt32 {
    let plan = keys[key]
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    guard read("{\"\(keyText(key))\":", node, bytes, "}") else { return refuse(plan.memo, node, bytes) }
    guard plan.slot >= 0 else { return learn(0, plan.memo, node, bytes) }
    return learn(columns.sets[plan.slot].code(session.members(SetSlotID(plan.slot))), plan.memo, node, bytes)
  }

  @inline(never)
  private mutating func learnPoint(
    _ known: UInt32, _ key: Int, _ isDay: Bool, _ node: csimdjson_node, _ bytes: Span<UInt8>,
    _ keyText: (Int) -> String
  ) -> UInt32 {
    let plan = keys[key]
    let memo = plan.memo + (isDay ? 1 : 0)
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    let before = "{\"\(keyText(key))\":[{\"value\":" + (isDay ? "{\"unknown\":\"not_recorded\"},\"on\":" : "")
    guard read(before, node, bytes, "}]}") else { return refuse(memo, node, bytes) }
    guard plan.slot >= 0 else { return learn(0, memo, node, bytes) }
    guard let point = session.points(SeriesSlotID(plan.slot))?.first else { return refuse(memo, node, bytes) }
    let code = columns.series[plan.slot].dictionaries[isDay ? 0 : 1].code(.given(isDay ? point.day : point.value))
    return learn(code, memo, node, bytes)
  }

  @inline(never)
  private mutating func learnCell(
    _ known: UInt32, _ key: Int, _ column: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>,
    _ keyText: (Int) -> String
  ) -> UInt32 {
    let plan = keys[key]
    let memo = plan.memo + column
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    let names = book.records[plan.record].names
    let before = "{\"\(keyText(key))\":[{\"\(names[column])\":"
    guard read(before, node, bytes, "}]}") else { return refuse(memo, node, bytes) }
    guard plan.slot >= 0 else { return learn(0, memo, node, bytes) }
    guard let row = givenRows(plan.slot)?.first, row.indices.contains(column) else {
      return refuse(memo, node, bytes)
    }
    return learn(rowCode(plan.slot, column, row[column]), memo, node, bytes)
  }

  private mutating func rowCode(_ slot: Int, _ column: Int, _ estimate: Estimate) -> UInt16? {
    columns.collections[slot].dictionaries[column].code(.given(estimate))
  }

  private mutating func rows(_ slot: Int, line: String) -> [[Estimate]]? {
    read(Array(line.utf8)) ? givenRows(slot) : nil
  }

  private func givenRows(_ slot: Int) -> [[Estimate]]? {
    guard let rows = session.internedRows(CollectionSlotID(slot)), rows.count > 0 else { return nil }
    let width = rows.cells.count / rows.count
    return (0..<rows.count).map { row in
      rows.cells[row * width..<(row + 1) * width].map { session.estimate($0) }
    }
  }
}
