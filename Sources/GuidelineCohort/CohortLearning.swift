internal import CSimdJSON
internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineKit
internal import RuleEngine

/// Finds out what a text stands for that was not met before: a line with this value alone is read and taken in as any
/// patient is, by the same functions.
extension CohortIntake {
  mutating func learnKey(_ key: Int, _ keyText: (Int) -> String) {
    append(keys: makeRoom(key: key))
    guard keys[key].kind == .new else { return }
    let text = keyText(key)
    if text == "value" { valueKey = key }
    if text == "on" { dayKey = key }
    keys[key] = book.plan(text, columns)
    while values.count < book.familyCount { values.append([]) }
    codes.append(contentsOf: repeatElement(Self.noCode, count: Int(book.readers) * Self.room - codes.count))
    guard keys[key].kind == .record else { return }
    var missing = ContiguousArray(repeating: UInt16(0), count: Int(keys[key].width))
    let slot = Int(keys[key].slot)
    if slot >= 0 {
      guard read(Array("{\"\(text)\":[{}]}".utf8)), let row = firstRow(slot), row.count == missing.count else {
        keys[key].kind = .other
        return
      }
      for column in row.indices {
        missing[column] = columns.collections[slot].dictionaries[column].code(.given(row[column])) ?? 0
      }
    }
    book.setMissing(missing, ofRecord: Int(keys[key].record))
  }

  /// A line with one value; false: something about it is not plain.
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
    return plan.guidelines.program.takeIn(facts.given, into: &session).conflicts.isEmpty
  }

  /// The row that was given.
  private func firstRow(_ slot: Int) -> [Estimate]? {
    guard let rows = session.internedRows(CollectionSlotID(slot)), rows.count == 1 else { return nil }
    return rows.cells.map { session.estimate($0) }
  }

  // MARK: Values

  /// What a text of an owner stands for, if it is known; `missing`: it has to be read.
  private func knownValue(
    _ owner: ValueOwner, _ node: csimdjson_node, _ bytes: Span<UInt8>
  ) -> (number: UInt32, value: Estimate?) {
    let number = memo.code(owner.tag, node, bytes)
    guard number < Self.other, owner.codes >= 0 else { return (number, nil) }
    return (number, values[Int(owner.family)][Int(number)])
  }

  /// Keeps what a text stands for; nil: its values are only checked.
  private mutating func keep(
    _ value: Estimate?, _ owner: ValueOwner, _ node: csimdjson_node, _ bytes: Span<UInt8>
  ) -> UInt32 {
    let family = Int(owner.family)
    guard let value else {
      memo.keep(0, owner.tag, node, bytes)
      return 0
    }
    guard values[family].count < Self.mostTexts else {
      isFull = true
      return Self.other
    }
    values[family].append(value)
    let number = UInt32(truncatingIfNeeded: values[family].count - 1)
    memo.keep(number, owner.tag, node, bytes)
    return number
  }

  private mutating func refuse(_ owner: ValueOwner, _ node: csimdjson_node, _ bytes: Span<UInt8>) -> UInt32 {
    memo.keep(Self.other, owner.tag, node, bytes)
    return Self.other
  }

  private mutating func keep(_ code: UInt16?, _ owner: ValueOwner, _ number: UInt32) -> UInt32 {
    guard let code else {
      isFull = true
      return Self.other
    }
    codes[owner.codes + Int(number)] = code
    return UInt32(code)
  }

  @inline(never)
  mutating func learnScalar(
    _ known: UInt32, _ key: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> UInt32 {
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    let (owner, slot) = (book.owners[Int(keys[key].owner)], Int(keys[key].slot))
    var (number, value) = knownValue(owner, node, bytes)
    if number == TextMemo.missing {
      guard read("{\"\(keyText(key))\":", node, bytes, "}") else { return refuse(owner, node, bytes) }
      value = slot >= 0 ? session.given(ScalarSlotID(slot)) : nil
      number = keep(value, owner, node, bytes)
    }
    guard number < Self.other, let value else { return number }
    return keep(columns.scalars[slot].code(value), owner, number)
  }

  @inline(never)
  mutating func learnSet(
    _ known: UInt32, _ key: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>, _ keyText: (Int) -> String
  ) -> UInt32 {
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    let (owner, slot) = (book.owners[Int(keys[key].owner)], Int(keys[key].slot))
    guard read("{\"\(keyText(key))\":", node, bytes, "}") else { return refuse(owner, node, bytes) }
    guard let code = slot >= 0 ? columns.sets[slot].code(session.members(SetSlotID(slot))) : 0 else {
      isFull = true
      return Self.other
    }
    memo.keep(UInt32(code), owner.tag, node, bytes)
    return UInt32(code)
  }

  @inline(never)
  mutating func learnPoint(
    _ known: UInt32, _ key: Int, _ isDay: Bool, _ node: csimdjson_node, _ bytes: Span<UInt8>,
    _ keyText: (Int) -> String
  ) -> UInt32 {
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    let (owner, slot) = (book.owners[Int(keys[key].owner) + (isDay ? 1 : 0)], Int(keys[key].slot))
    var (number, value) = knownValue(owner, node, bytes)
    if number == TextMemo.missing {
      let before = "{\"\(keyText(key))\":[{\"value\":" + (isDay ? "{\"unknown\":\"not_recorded\"},\"on\":" : "")
      guard read(before, node, bytes, "}]}") else { return refuse(owner, node, bytes) }
      if slot >= 0 {
        guard let point = session.points(SeriesSlotID(slot))?.first else { return refuse(owner, node, bytes) }
        value = isDay ? point.day : point.value
      }
      number = keep(value, owner, node, bytes)
    }
    guard number < Self.other, let value else { return number }
    return keep(columns.series[slot].dictionaries[isDay ? 0 : 1].code(.given(value)), owner, number)
  }

  @inline(never)
  mutating func learnCell(
    _ known: UInt32, _ key: Int, _ column: Int, _ node: csimdjson_node, _ bytes: Span<UInt8>,
    _ keyText: (Int) -> String
  ) -> UInt32 {
    guard known == TextMemo.missing, !mustEnd else { return Self.other }
    let (owner, slot) = (book.owners[Int(keys[key].owner) + column], Int(keys[key].slot))
    var (number, value) = knownValue(owner, node, bytes)
    if number == TextMemo.missing {
      let name = book.records[Int(keys[key].record)].names[column]
      guard read("{\"\(keyText(key))\":[{\"\(name)\":", node, bytes, "}]}") else { return refuse(owner, node, bytes) }
      if slot >= 0 {
        guard let row = firstRow(slot), row.indices.contains(column) else { return refuse(owner, node, bytes) }
        value = row[column]
      }
      number = keep(value, owner, node, bytes)
    }
    guard number < Self.other, let value else { return number }
    return keep(columns.collections[slot].dictionaries[column].code(.given(value)), owner, number)
  }
}
