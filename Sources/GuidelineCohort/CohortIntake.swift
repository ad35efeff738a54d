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
  /// What the days of points are, by their numbers, which all series share; and for each series and day its code there.
  private var days: ContiguousArray<Estimate> = []
  private var dayCodes: ContiguousArray<UInt16> = []
  /// Numbers lines.
  private var stamp = 0
  /// A dictionary was full.
  private var isFull = false

  private static let mostDays = 1 << 14

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
    _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> Bool {
    stamp += 1
    var index = 1
    let end = nodes.count
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
    let width = book.records[Int(keys[key].number)].names.count
    var codes = ContiguousArray(repeating: UInt16(0), count: width)
    let slot = Int(keys[key].slot)
    if slot >= 0 {
      guard let row = rows(slot, line: "{\"\(text)\":[{}]}")?.first else {
        keys[key].kind = .other
        return
      }
      for column in 0..<width { codes[column] = rowCode(slot, column, row[column]) ?? 0 }
    }
    book.setMissing(codes, ofRecord: Int(keys[key].number))
  }

  @inline(__always)
  private mutating func take(
    _ key: Int, _ index: Int, _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> Bool {
    let (plan, slot) = (keys[key], Int(keys[key].slot))
    switch plan.kind {
    case .scalar:
      var code = memo.code(Int(plan.memo), nodes, index, bytes)
      if code >= Self.other { code = learnScalar(code, key, nodes[index], bytes, keyText) }
      guard code < Self.other else { return false }
      if slot >= 0 {
        columns.scalarCodes[slot * columns.capacity + columns.count] = UInt16(truncatingIfNeeded: code)
      }
      return true
    case .series: return takeSeries(key, index, nodes, bytes, keyText)
    case .record: return takeRows(key, index, nodes, bytes, keyText)
    case .set:
      var code = memo.code(Int(plan.memo), nodes, index, bytes)
      if code >= Self.other { code = learnSet(code, key, nodes[index], bytes, keyText) }
      guard code < Self.other else { return false }
      if slot >= 0 {
        columns.setCodes[slot * columns.capacity + columns.count] = UInt16(truncatingIfNeeded: code)
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
    let (plan, slot) = (keys[key], Int(keys[key].slot))
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
      var valueCode = memo.code(Int(plan.memo), nodes, value, bytes)
      if valueCode >= Self.other { valueCode = learnPoint(valueCode, key, nodes[value], bytes, keyText) }
      let dayCode = self.dayCode(key, nodes, day, bytes, keyText)
      guard valueCode < Self.other, dayCode < Self.other else { return false }
      cells[count] = UInt16(truncatingIfNeeded: dayCode)
      cells[count + 1] = UInt16(truncatingIfNeeded: valueCode)
      count += 2
      point += 3
      if count == 64 || point == end {
        if slot >= 0 { columns.series[slot].append(cells.span.extracting(first: count)) }
        count = 0
      }
    }
    if slot >= 0 { columns.series[slot].isGiven = true }
    return true
  }

  /// The code of a day in its series.
  @inline(__always)
  private mutating func dayCode(
    _ key: Int, _ nodes: Span<csimdjson_node>, _ index: Int, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> UInt32 {
    let (plan, slot) = (keys[key], Int(keys[key].slot))
    var day = memo.code(slot >= 0 ? KeyBook.days : KeyBook.otherDays, nodes, index, bytes)
    if day >= Self.other { day = learnDay(day, key, nodes[index], bytes, keyText) }
    guard day < Self.other, slot >= 0 else { return day }
    let place = Int(plan.number) * Self.mostDays + Int(day)
    if place < dayCodes.count, dayCodes[place] != .max { return UInt32(dayCodes[place]) }
    return learnDayCode(Int(day), plan)
  }

  private mutating func learnPointKey(_ key: Int, _ keyText: (Int) -> String) {
    if key >= keys.count || keys[key].kind == .new { learnKey(key, keyText(key)) }
  }

  // MARK: Rows

  private mutating func takeRows(
    _ key: Int, _ index: Int, _ nodes: Span<csimdjson_node>, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> Bool {
    guard Int(nodes[index].kind) == csimdjson_array else { return false }
    let (plan, slot) = (keys[key], Int(keys[key].slot))
    let width = Int(plan.width)
    let all = width == 64 ? UInt64.max : (1 << UInt64(width)) - 1
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
        var column = book.column(field, ofRecord: Int(plan.number))
        if column == -2 { column = book.findColumn(field, keyText(field), ofRecord: Int(plan.number)) }
        guard column >= 0, given & 1 << UInt64(column) == 0 else { return false }
        given |= 1 << UInt64(column)
        var code = memo.code(Int(plan.memo) + column, nodes, cell, bytes)
        if code >= Self.other { code = learnCell(code, key, column, nodes[cell], bytes, keyText) }
        guard code < Self.other else { return false }
        cells[column] = UInt16(truncatingIfNeeded: code)
        cell = Int(nodes[cell].next)
      }
      if given != all {
        for column in 0..<width where given & 1 << UInt64(column) == 0 {
          cells[column] = book.records[Int(plan.number)].missing[column]
        }
      }
      if slot >= 0 { columns.collections[slot].append(cells.span.extracting(first: width)) }
      row = rowEnd
    }
    if slot >= 0 { columns.collections[slot].isGiven = true }
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
    let (plan, slot) = (keys[key], Int(keys[key].slot))
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    guard read("{\"\(keyText(key))\":", node, bytes, "}") else { return refuse(Int(plan.memo), node, bytes) }
    guard slot >= 0 else { return learn(0, Int(plan.memo), node, bytes) }
    let code = columns.scalars[slot].code(session.given(ScalarSlotID(slot)))
    return learn(code, Int(plan.memo), node, bytes)
  }

  @inline(never)
  private mutating func learnSet(
    _ known: UInt32, _ key: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> UInt32 {
    let (plan, slot) = (keys[key], Int(keys[key].slot))
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    guard read("{\"\(keyText(key))\":", node, bytes, "}") else { return refuse(Int(plan.memo), node, bytes) }
    guard slot >= 0 else { return learn(0, Int(plan.memo), node, bytes) }
    return learn(columns.sets[slot].code(session.members(SetSlotID(slot))), Int(plan.memo), node, bytes)
  }

  @inline(never)
  private mutating func learnPoint(
    _ known: UInt32, _ key: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> UInt32 {
    let (plan, slot) = (keys[key], Int(keys[key].slot))
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    guard read("{\"\(keyText(key))\":[{\"value\":", node, bytes, "}]}") else { return refuse(Int(plan.memo), node, bytes) }
    guard slot >= 0 else { return learn(0, Int(plan.memo), node, bytes) }
    guard let point = session.points(SeriesSlotID(slot))?.first else { return refuse(Int(plan.memo), node, bytes) }
    return learn(columns.series[slot].dictionaries[1].code(.given(point.value)), Int(plan.memo), node, bytes)
  }

  /// The number of a day.
  @inline(never)
  private mutating func learnDay(
    _ known: UInt32, _ key: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> UInt32 {
    let slot = Int(keys[key].slot)
    let memo = slot >= 0 ? KeyBook.days : KeyBook.otherDays
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    let before = "{\"\(keyText(key))\":[{\"value\":{\"unknown\":\"not_recorded\"},\"on\":"
    guard read(before, node, bytes, "}]}") else { return refuse(memo, node, bytes) }
    guard slot >= 0 else { return learn(0, memo, node, bytes) }
    guard let point = session.points(SeriesSlotID(slot))?.first else { return refuse(memo, node, bytes) }
    guard days.count < Self.mostDays else { return learn(nil, memo, node, bytes) }
    days.append(point.day)
    return learn(UInt16(truncatingIfNeeded: days.count - 1), memo, node, bytes)
  }

  /// The code of a day in a series that did not have it yet.
  private mutating func learnDayCode(_ day: Int, _ plan: KeyPlan) -> UInt32 {
    guard let code = columns.series[Int(plan.slot)].dictionaries[0].code(.given(days[day])) else {
      isFull = true
      return Self.other
    }
    let place = Int(plan.number) * Self.mostDays + day
    if place >= dayCodes.count {
      dayCodes.append(contentsOf: repeatElement(.max, count: (Int(plan.number) + 1) * Self.mostDays - dayCodes.count))
    }
    dayCodes[place] = code
    return UInt32(code)
  }

  @inline(never)
  private mutating func learnCell(
    _ known: UInt32, _ key: Int, _ column: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>,
    _ keyText: (Int) -> String
  ) -> UInt32 {
    let (plan, slot) = (keys[key], Int(keys[key].slot))
    let memo = Int(plan.memo) + column
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    let names = book.records[Int(plan.number)].names
    let before = "{\"\(keyText(key))\":[{\"\(names[column])\":"
    guard read(before, node, bytes, "}]}") else { return refuse(memo, node, bytes) }
    guard slot >= 0 else { return learn(0, memo, node, bytes) }
    guard let row = givenRows(slot)?.first, row.indices.contains(column) else {
      return refuse(memo, node, bytes)
    }
    return learn(rowCode(slot, column, row[column]), memo, node, bytes)
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
