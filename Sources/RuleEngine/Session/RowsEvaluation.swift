import ClinicalValues

/// A row that may be counted, and how surely.
struct MatchingRow {
  var row: Int
  var truth: Truth
}

extension Session {
  /// Whether some row meets a question: the first that surely does ends the search.
  mutating func exists(_ id: RowsID, _ reading: Reading) -> Truth {
    let isShort = relations[tables.rows[id.index].relation.index].count <= Self.scanLimit
    // Of many rows an index finds those that a question about more than cells is about.
    if isShort || !tables.rowQuestions.questions[id.index].hasOthers, let truth = existsByWords(id, reading) {
      return truth
    }
    return isShort ? existsByScan(id, reading) : Truth.any(matchingRows(id, reading).map(\.truth))
  }

  /// So few rows are looked at one after the other: an index would cost more to build than it saves.
  static let scanLimit = 16

  private mutating func existsByScan(_ id: RowsID, _ reading: Reading) -> Truth {
    let relation = tables.rows[id.index].relation.index
    let conditions = tables.rows[id.index].conditions
    let variable = Int(tables.rows[id.index].variable)
    let outer = bindings[variable]
    defer { bindings[variable] = outer }
    var found = Truth.no
    for row in 0..<relations[relation].count {
      bindings[variable] = Binding(relation: UInt32(truncatingIfNeeded: relation), row: row)
      var result = relations[relation].truth(row, reading)
      for index in conditions.range where result > found {
        result = min(result, truth(ConditionID(Int(tables.members[index])), reading))
      }
      found = max(found, result)
      if found == .yes { break }
    }
    return found
  }

  /// The rows of a question whose truth is not false.
  mutating func matchingRows(_ id: RowsID, _ reading: Reading) -> [MatchingRow] {
    let (variable, relation) = (Int(tables.rows[id.index].variable), tables.rows[id.index].relation)
    let checks = graph.rowsPlans[id.index].checks
    let outer = bindings[variable]
    defer { bindings[variable] = outer }
    var matching: [MatchingRow] = []
    let found = findCandidates(graph.rowsPlans[id.index], reading)
    defer { forget(found) }
    for place in found.places {
      let row = candidates[place]
      bindings[variable] = Binding(relation: relation.raw, row: row)
      var result = relations[relation.index].truth(row, reading)
      for check in checks where result != .no && check != found.met { result = min(result, truth(check, reading)) }
      if result != .no { matching.append(MatchingRow(row: row, truth: result)) }
    }
    return matching
  }

  /// Rows that are looked at one after the other: a range of `candidates`, to be forgotten afterwards.
  struct Candidates {
    var places: Range<Int>
    /// The check that all of them meet.
    var met: ConditionID?
  }

  /// The rows that may meet a step's equality, or all of them; in ascending order.
  mutating func findCandidates(_ step: JoinStep, _ reading: Reading) -> Candidates {
    let relation = step.relation.index
    let start = candidates.count
    guard relations[relation].count > Self.scanLimit, let probe = step.probe, let keys = probeKeys(probe, reading)
    else {
      candidates.append(contentsOf: 0..<relations[relation].count)
      return Candidates(places: start..<candidates.count)
    }
    let column = Int(probe.column)
    relations[relation].prepareIndex(column, pool)
    switch keys {
    case .none: break
    case .one(let key): relations[relation].collectRows(column, equalTo: key, into: &candidates)
    case .many(let keys):
      for key in keys { relations[relation].collectRows(column, equalTo: key, into: &candidates) }
    }
    let settled = candidates.count
    relations[relation].collectUnsettledRows(column, into: &candidates)
    var met: ConditionID?
    if case .one = keys, settled == candidates.count {
      // One chain, the newest first; and what is known and equal is equal.
      candidates[start...].reverse()
      if probe.classes == nil { met = probe.condition }
    } else {
      candidates[start...].sort()
    }
    return Candidates(places: start..<candidates.count, met: met)
  }

  mutating func forget(_ found: Candidates) { candidates.removeSubrange(found.places.lowerBound...) }

  private enum ProbeKeys {
    case none
    case one(EstimateID)
    case many([EstimateID])
  }

  /// The known cells that can be equal, or related by class, to the key; nil: the key is not known, any row may be.
  private mutating func probeKeys(_ probe: Probe, _ reading: Reading) -> ProbeKeys? {
    if probe.classes == nil, case .field = tables.values[probe.key.index] {
      let key = estimateID(probe.key, reading)
      let packed = pool.packed[key.index]
      return packed.isNone ? ProbeKeys.none : packed.isKnown ? .one(key) : nil
    }
    let key = estimate(probe.key, reading)
    if key.isNone { return ProbeKeys.none }
    guard key.isKnown else { return nil }
    guard let classes = probe.classes, case .terms(let terms) = key.values, let term = terms.single else {
      return found(key)
    }
    let table = graph.classes[classes.index]
    guard !table.isFlat, table.members.indices.contains(term) else { return found(key) }
    return .many(table.members[term].union(table.classes[term]).indices.compactMap { pool.find(.term($0)) })
  }

  private func found(_ key: Estimate) -> ProbeKeys { pool.find(key).map { .one($0) } ?? .none }

  mutating func countRows(_ id: RowsID, _ reading: Reading) -> Estimate {
    let rows = matchingRows(id, reading)
    let relation = graph[graph[id].relation]
    let certain = rows.count { $0.truth == .yes }
    switch relation.origin {
    case .given, .knowledge:
      return Self.count(from: certain, to: isGhost(graph[id].relation) && !rows.isEmpty ? nil : rows.count)
    case .derived, .conclusions:
      // Rows of a set that are not fully known may turn out to be one.
      let full = rows.count { $0.truth == .yes && isSettled($0.row, graph[id].relation) }
      let isOpen = rows.contains { !isSettled($0.row, graph[id].relation) }
      return Self.count(from: max(full, certain > 0 ? 1 : 0), to: isOpen ? nil : rows.count)
    }
  }

  private func isSettled(_ row: Int, _ relation: RelationID) -> Bool {
    let store = relations[relation.index]
    return (0..<store.width).allSatisfy { !pool[store.cell(row, $0)].isUnknown }
  }

  mutating func aggregate(
    _ aggregate: Aggregate, _ id: RowsID, _ column: Int, _ reading: Reading
  ) -> Estimate {
    let relation = graph[id].relation
    let full = pool[graph[relation].fulls[column]]
    let rows = matchingRows(id, reading)
    if isGhost(relation), !rows.isEmpty { return full }
    if aggregate == .total || aggregate == .only, !areCounted(rows, relation) {
      // A derived row with an unknown field may turn out to be several rows: only what all of them share is settled.
      let cells = rows.map { pool[relations[relation.index].cell($0.row, column)] }
      guard aggregate == .only, let first = cells.first, first.isKnown, cells.allSatisfy({ $0 == first }) else {
        return full
      }
      return rows.contains { $0.truth == .yes } ? first : first.joined(with: .none)
    }
    let values = rows.map { (value: pool[relations[relation.index].cell($0.row, column)], truth: $0.truth) }
    return switch aggregate {
    case .only: values.isEmpty ? .none : shared(values) ?? full
    // Without its row a complete table leaves the value unknown: nothing is settled before one row is certain.
    case .lookUp: values.contains { $0.truth == .yes } ? shared(values) ?? full : full
    case .total: total(values)
    case .highest: extreme(values, isHighest: true)
    case .lowest: extreme(values, isHighest: false)
    }
  }

  /// Whether each of the rows is one row: given and known ones are, derived ones if every field is settled.
  private func areCounted(_ rows: [MatchingRow], _ relation: RelationID) -> Bool {
    switch graph[relation].origin {
    case .given, .knowledge: true
    case .derived, .conclusions: rows.allSatisfy { isSettled($0.row, relation) }
    }
  }

  /// The value that all rows share, or the estimate of the only row; nil: there is no such value.
  private func shared(_ values: [(value: Estimate, truth: Truth)]) -> Estimate? {
    guard let first = values.first?.value else { return nil }
    let isSure = values.contains { $0.truth == .yes }
    guard values.count == 1 || (first.isKnown && values.allSatisfy { $0.value == first }) else { return nil }
    return isSure ? first : first.joined(with: .none)
  }

  /// The sum over certain rows, widened by each uncertain one from 0 to its value.
  private func total(_ values: [(value: Estimate, truth: Truth)]) -> Estimate {
    let zero = Interval(exactly: Rational(0))
    var sum = zero
    for (value, truth) in values where !value.isNone {
      guard case .interval(var interval) = value.values else { return unknownNumber }
      if truth != .yes || value.mayBeNone { interval = interval.joined(with: zero) }
      guard case .value(let next) = sum.adding(interval) else { return unknownNumber }
      sum = next
    }
    return .interval(sum)
  }

  private func extreme(_ values: [(value: Estimate, truth: Truth)], isHighest: Bool) -> Estimate {
    var certain: Interval?
    var widest: Interval?
    for (value, truth) in values where !value.isNone {
      guard case .interval(let interval) = value.values else { return unknownNumber }
      widest = widest?.joined(with: interval) ?? interval
      if truth == .yes, !value.mayBeNone {
        certain = certain.map { isHighest ? $0.maximum(interval) : $0.minimum(interval) } ?? interval
      }
    }
    guard let widest else { return .none }
    guard let certain else { return .interval(widest, mayBeNone: true) }
    return .interval(
      isHighest
        ? Interval(low: certain.low, high: max(certain.high, widest.high))
        : Interval(low: min(certain.low, widest.low), high: certain.high))
  }
}
