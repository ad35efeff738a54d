internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax

/// Rows and points (`semantics.md` §1, §2).
extension Run {
  func rows(_ collection: GuidelineModel.Collection) -> [Row] {
    if isBlind, isDerived(collection) { return [blindRow(collection)] }
    switch collection {
    case .table(let table):
      return library[table].rows.enumerated().map { index, row in
        let fields = zip(row.cells, library[table].columns).map { cell, column -> Guess in
          switch cell {
          case .one(let constant): guess(constant)
          case .set(let constants): .join(constants.map(guess))
          case .unknown, .any: everything(column.type)
          }
        }
        return Row(key: .table(table, index), fields: fields, cells: row.cells, existence: .yes)
      }
    case .record(let record) where library.derivedRecords.contains(record):
      return (records[record] ?? [:]).filter { $0.value != .no }.map { fields, truth in
        Row(key: .derived(record, fields), fields: fields, existence: truth)
      }
    case .record(let record):
      guard let rows = intake.records[record] else {
        let fields = library.vocabulary[record].fields.map { everything($0.type) }
        return [Row(key: .ghost(record), fields: fields, existence: .unknown)]
      }
      return rows.enumerated().map { Row(key: .given(record, $0), fields: $1, existence: .yes) }
    case .kind(let kind): return rows(of: kind)
    }
  }

  /// Stands for whatever may be concluded.
  private func blindRow(_ collection: GuidelineModel.Collection) -> Row {
    let fields =
      switch collection {
      case .record(let record): library.vocabulary[record].fields
      case .kind(let kind): library.vocabulary[kind].fields
      case .table: [Field]()
      }
    return Row(key: .ghost(RecordID(-1)), fields: fields.map { everything($0.type) }, existence: .unknown)
  }

  /// One row per conclusion; those of one guideline with equal fields are one.
  private func rows(of kind: KindID) -> [Row] {
    var truths: [[Guess]: Truth] = [:]
    for concluded in conclusions.values.joined() where concluded.key.kind == kind && concluded.stands != .no {
      let row = row(concluded.key)
      truths[row] = greatest([truths[row] ?? .no, concluded.stands])
    }
    return truths.map { Row(key: .concluded(kind, $0), fields: $0, existence: $1) }
  }

  /// A conclusion as a row: its fields, and last the guideline that says so.
  func row(_ key: ConclusionKey) -> [Guess] {
    let fields = library.vocabulary[key.kind].fields
    return fields.enumerated().map { index, field in
      field.name == "guideline" && index == fields.count - 1
        ? Guess.text(library[library[key.rule].document].id) : key.fields[index] ?? .none
    }
  }

  func truths(_ rows: Rows, _ environment: Environment) -> [(truth: Truth, row: Row)] {
    self.rows(rows.collection).map { row in
      let inner = environment.adding(row, at: rows.variable)
      let condition = rows.condition.map { truth(of: $0, inner) } ?? .yes
      return (least([row.existence, condition]), row)
    }
  }

  /// Rows that other things conclude are a set: several with unknown fields may turn out to be one, or one to be several.
  private func isDerived(_ collection: GuidelineModel.Collection) -> Bool {
    switch collection {
    case .record(let record): library.derivedRecords.contains(record)
    case .kind: true
    case .table: false
    }
  }

  private func isOpen(_ row: Row) -> Bool { row.fields.contains(where: \.isUnknown) }

  func count(_ rows: Rows, _ environment: Environment) -> Guess {
    let counted = truths(rows, environment).filter { $0.truth != .no }
    let certain = counted.filter { $0.truth == .yes }
    var low = certain.count
    var isUnbounded = counted.contains { $0.row.isGhost }
    if isDerived(rows.collection) {
      low = max(certain.filter { !isOpen($0.row) }.count, certain.isEmpty ? 0 : 1)
      isUnbounded = counted.contains { isOpen($0.row) }
    }
    let high: End = isUnbounded ? .plus : .at(Rational(Int64(counted.count)))
    return Guess(.numbers(.at(Rational(Int64(low))), high))
  }

  // MARK: Aggregates

  func aggregate(
    _ aggregate: RowsAggregate, _ rows: Rows, _ field: Int, _ type: ValueType, _ environment: Environment
  ) -> Guess {
    if aggregate == .only { return only(rows, field, type, environment) }
    let counted = truths(rows, environment).filter { $0.truth != .no }
    if counted.contains(where: { $0.row.isGhost }) { return everything(type) }
    if aggregate == .total {
      if isDerived(rows.collection), counted.contains(where: { isOpen($0.row) }) { return everything(type) }
      return total(counted.map { ($0.truth, $0.row.fields[field]) })
    }
    let isLeast = aggregate == .lowest || aggregate == .earliest
    return extreme(isLeast, counted.map { maybe($0.row.fields[field], $0.truth) })
  }

  /// What a row adds: nothing, if it may not be there.
  private func maybe(_ guess: Guess, _ truth: Truth) -> Guess {
    Guess(guess.content, orNone: guess.orNone || truth != .yes)
  }

  private func total(_ rows: [(truth: Truth, value: Guess)]) -> Guess {
    var sum = Guess.number(.zero)
    for (truth, value) in rows {
      guard case .numbers(let low, let high) = value.content, case .numbers(let sumLow, let sumHigh) = sum.content
      else { continue }
      let isCertain = truth == .yes && !value.orNone
      let range = (
        low: isCertain ? low : End.least([low, .at(.zero)]), high: isCertain ? high : End.greatest([high, .at(.zero)])
      )
      guard let next = Intervals.add((sumLow, sumHigh), range) else { return .anything }
      sum = next
    }
    return sum
  }

  func only(_ rows: Rows, _ field: Int, _ type: ValueType, _ environment: Environment) -> Guess {
    let candidates = truths(rows, environment).filter { $0.truth != .no }
    let isCertain = candidates.contains { $0.truth == .yes }
    // A knowledge table without the row leaves the value unknown, so nothing is settled before one row is certain.
    if case .table = rows.collection, !isCertain { return everything(type) }
    if candidates.isEmpty { return .none }
    if candidates.contains(where: { $0.row.isGhost }) { return everything(type) }
    let values = candidates.map { $0.row.fields[field] }
    let isSame = values[0].isKnown && values.allSatisfy { $0 == values[0] }
    if candidates.count > 1, !isSame { return everything(type) }
    if isDerived(rows.collection), !isSame, isOpen(candidates[0].row) { return everything(type) }
    return isCertain ? values[0] : values[0].joined(.none)
  }

  // MARK: Series

  /// The points that may lie in the window; nil: the series is absent.
  func points(of series: FactID, _ window: Window?, _ environment: Environment) -> [(member: Truth, point: Point)]? {
    intake.series[series].map { points in
      points.map { (member($0, window, environment), $0) }.filter { $0.member != .no }
    }
  }

  private func member(_ point: Point, _ window: Window?, _ environment: Environment) -> Truth {
    if point.isNever { return .no }
    var start = Guess.anything
    if case .since(let value) = window { start = self.value(of: value, environment) }
    if start.isNone { return .no }
    guard let day = point.day else { return .unknown }
    switch window {
    case nil: return .yes
    case .within(let days):
      let age = Rational(Int64(today.number) - Int64(day.number))
      return Truth(!Exact.isLess(days, age))
    case .since: return compared(start, .lessOrEqual, .number(Rational(Int64(day.number))))
    }
  }

  func count(_ series: FactID, _ window: Window?, _ environment: Environment) -> Guess {
    guard let points = points(of: series, window, environment) else { return Guess(.numbers(.at(.zero), .plus)) }
    let certain = points.filter { $0.member == .yes }.count
    return Guess(.numbers(.at(Rational(Int64(certain))), .at(Rational(Int64(points.count)))))
  }

  func point(_ pick: Pick, _ series: FactID, _ window: Window?, _ environment: Environment) -> Guess {
    let type = library.vocabulary[series].type
    guard let points = points(of: series, window, environment), points.contains(where: { $0.member == .yes })
    else { return everything(type) }
    switch pick {
    case .latest, .earliest: return outermost(pick, points)
    case .highest, .lowest: return extreme(pick == .lowest, points.map { maybe($0.point.value, $0.member) })
    }
  }

  /// The join of the values that may be of the last (or first) day with a value.
  private func outermost(_ pick: Pick, _ points: [(member: Truth, point: Point)]) -> Guess {
    let days = points.filter { $0.member == .yes }.compactMap(\.point.day)
    guard let outer = pick == .latest ? days.max() : days.min() else { return .anything }
    let possible = points.filter { member, point in
      guard let day = point.day else { return true }
      if day == outer { return true }
      return member == .unknown && (pick == .latest ? day > outer : day < outer)
    }
    return .join(possible.map(\.point.value))
  }

  func date(of pick: Pick, _ series: FactID, _ window: Window?, _ environment: Environment) -> Guess {
    guard let points = points(of: series, window, environment) else { return .anything }
    let days = points.filter { $0.member == .yes }.compactMap(\.point.day)
    let outer = (pick == .latest ? days.max() : days.min()).map { End.at(Rational(Int64($0.number))) }
    if points.allSatisfy({ $0.member == .yes }) {
      return outer.map { Guess(.numbers($0, $0)) } ?? .none
    }
    let now = End.at(Rational(Int64(today.number)))
    guard let outer else { return Guess(.numbers(.minus, now), orNone: true) }
    return Guess(pick == .latest ? .numbers(outer, now) : .numbers(.minus, outer))
  }

  func change(_ isRelative: Bool, _ series: FactID, _ days: Rational, _ environment: Environment) -> Guess {
    let window = Window.within(days: days)
    guard let points = points(of: series, window, environment), points.allSatisfy({ $0.member == .yes }),
      Set(points.map(\.point.day)).count > 1
    else { return .anything }
    let last = outermost(.latest, points)
    let first = outermost(.earliest, points)
    let difference = arithmetic(.subtract, last, first)
    return isRelative ? arithmetic(.divide, difference, first) : difference
  }
}
