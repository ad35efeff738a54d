package import ClinicalValues
package import GuidelineModel
package import RuleEngine

/// A contradiction in what was given of a patient, or a value that cannot be used.
package struct DataConflict: Hashable, Sendable {
  package enum Reason: String, Hashable, Sendable {
    /// Given twice with different values.
    case contradictory
    case outOfRange = "out_of_range"
    case inFuture = "in_future"
    /// Given, and derived with another value.
    case derivedDiffers = "derived_differs"
    /// Facts that should agree and do not.
    case disagree
    /// Rows were given of a record that rules derive; they are not used.
    case derivedGiven = "derived_given"
  }

  /// The facts, by name.
  package var facts: [String]
  package var reason: Reason

  package init(facts: [String], reason: Reason) {
    self.facts = facts
    self.reason = reason
  }
}

/// What became of a patient's facts on the way into a session.
package struct IntakeReport: Hashable, Sendable {
  package var conflicts: [DataConflict] = []
  /// Why a fact, set, series or collection is unknown, by name; `never_given` is not listed.
  package var causes: [String: String] = [:]
  /// Texts of the patient, numbered behind those of the program.
  package var texts: [String] = []

  /// Nothing was given.
  package init() {}
}

extension Program {
  /// Asserts a patient's facts into a session, seen from the session's day (`semantics.md` §1).
  ///
  /// Facts that nothing reads are checked too: a contradiction is reported, wherever it is.
  package func takeIn(_ facts: PatientFacts, into session: inout Session) -> IntakeReport {
    forgetOthers(than: facts, in: &session)
    var intake = Intake(program: self, today: session.today)
    // In the order of the vocabulary: texts are numbered as they come.
    for id in facts.scalars.keys.sorted() {
      let estimate = intake.scalar(id, facts.scalars[id] ?? [])
      if let slot = sourceMap.scalarSlots[id] { session.assert(slot, estimate) }
    }
    for id in facts.sets.keys.sorted() {
      let members = intake.set(id, facts.sets[id] ?? [])
      if let slot = sourceMap.setSlots[id] { session.assert(slot, members) }
    }
    for id in facts.series.keys.sorted() {
      let points = intake.series(id, facts.series[id] ?? [])
      if let slot = sourceMap.seriesSlots[id] { session.assert(slot, points) }
    }
    for id in facts.records.keys.sorted() {
      let rows = intake.rows(id, facts.records[id] ?? [])
      if let slot = sourceMap.collectionSlots[id] { session.assert(slot, rows) }
    }
    return intake.report
  }

  /// Whether facts are taken in on one day as on another: nothing that was given reaches its day or becomes stale between.
  package func takesInTheSame(_ facts: PatientFacts, on first: Day, and second: Day) -> Bool {
    for (id, items) in facts.scalars {
      for case let day? in items.lazy.map(\.on) {
        let fact = library.vocabulary[id]
        if (day > first) != (day > second) { return false }
        if Intake.isStale(day, fact, first) != Intake.isStale(day, fact, second) { return false }
      }
    }
    for items in facts.series.values {
      for case .points(let points) in items.lazy.map(\.content) {
        for case .day(let day) in points.lazy.map(\.on) where (day > first) != (day > second) { return false }
      }
    }
    return true
  }

  /// Takes back what the session holds of facts that are not given now; what is given again is compared, and stays.
  private func forgetOthers(than facts: PatientFacts, in session: inout Session) {
    for slot in session.givenScalarSlots where index.scalarFacts[slot.index].flatMap({ facts.scalars[$0] }) == nil {
      session.assert(slot, nil as Estimate?)
    }
    for (slot, fact) in index.setFacts.enumerated() where fact.flatMap({ facts.sets[$0] }) == nil {
      session.assert(SetSlotID(slot), nil)
    }
    for (slot, fact) in index.seriesFacts.enumerated() where fact.flatMap({ facts.series[$0] }) == nil {
      session.assert(SeriesSlotID(slot), nil)
    }
    for (slot, record) in index.records.enumerated() where record.flatMap({ facts.records[$0] }) == nil {
      session.assert(CollectionSlotID(slot), nil as [[Estimate]]?)
    }
  }
}

/// Turns what was given into what a session takes, and notes what could not be used.
private struct Intake {
  let program: Program
  let today: Day
  var report = IntakeReport()
  private var textIDs: [String: TextID] = [:]

  init(program: Program, today: Day) {
    self.program = program
    self.today = today
  }

  // MARK: Scalars

  /// The estimate of a scalar; nil: nothing usable was given.
  mutating func scalar(_ id: FactID, _ given: [GivenScalar]) -> Estimate? {
    let fact = program.library.vocabulary[id]
    var usable: [GivenValue] = []
    for item in given {
      if let cause = unusable(item, fact) {
        report.causes[fact.name] = cause
      } else if !usable.contains(item.value) {
        usable.append(item.value)
      }
    }
    guard usable.count < 2 else { return contradict(fact.name) }
    guard let value = usable.first else { return nil }
    report.causes[fact.name] = nil
    return estimate(value)
  }

  private mutating func unusable(_ item: GivenScalar, _ fact: Fact) -> String? {
    if case .unknown(let cause) = item.value { return cause }
    if isOutOfRange(item.value, fact) { return note(fact.name, .outOfRange) }
    guard let day = item.on else { return nil }
    if day > today { return note(fact.name, .inFuture) }
    return Self.isStale(day, fact, today) ? "stale" : nil
  }

  static func isStale(_ day: Day, _ fact: Fact, _ today: Day) -> Bool {
    guard let limit = fact.validForDays else { return false }
    return Rational(Int64(today.number) - Int64(day.number)) > limit
  }

  private func isOutOfRange(_ value: GivenValue, _ fact: Fact) -> Bool {
    guard let range = fact.range, case .number(let number) = value else { return false }
    return number < range.low || number > range.high
  }

  private mutating func note(_ name: String, _ reason: DataConflict.Reason) -> String {
    let conflict = DataConflict(facts: [name], reason: reason)
    if !report.conflicts.contains(conflict) { report.conflicts.append(conflict) }
    return reason.rawValue
  }

  private mutating func contradict<Result>(_ name: String) -> Result? {
    report.causes[name] = note(name, .contradictory)
    return nil
  }

  // MARK: Sets, series, rows

  mutating func set(_ id: FactID, _ given: [GivenSet]) -> TermSet? {
    let name = program.library.vocabulary[id].name
    var usable: [TermSet] = []
    for item in given {
      switch item.content {
      case .unknown(let cause): report.causes[name] = cause
      case .members(let members):
        let set = TermSet(members)
        if !usable.contains(set) { usable.append(set) }
      }
    }
    guard usable.count < 2 else { return contradict(name) }
    if !usable.isEmpty { report.causes[name] = nil }
    return usable.first
  }

  mutating func series(_ id: FactID, _ given: [GivenSeries]) -> [SeriesPoint]? {
    let fact = program.library.vocabulary[id]
    var usable: [[SeriesPoint]] = []
    for item in given {
      switch item.content {
      case .unknown(let cause): report.causes[fact.name] = cause
      case .points(let points):
        var taken: [SeriesPoint] = []
        for point in points { taken.append(self.point(point, fact)) }
        let bag = taken.sorted(by: Self.precedes)
        if !usable.contains(bag) { usable.append(bag) }
      }
    }
    guard usable.count < 2 else { return contradict(fact.name) }
    if !usable.isEmpty { report.causes[fact.name] = nil }
    return usable.first
  }

  private mutating func point(_ point: GivenPoint, _ fact: Fact) -> SeriesPoint {
    var value = estimate(point.value) ?? full(fact.type)
    if isOutOfRange(point.value, fact) {
      _ = note(fact.name, .outOfRange)
      value = full(fact.type)
    }
    if case .day(let day) = point.on, day > today { _ = note(fact.name, .inFuture) }
    return SeriesPoint(day: estimate(point.on) ?? .interval(.all, mayBeNone: true), value: value)
  }

  /// An order in which equal bags of points are equal lists.
  private static func precedes(_ left: SeriesPoint, _ right: SeriesPoint) -> Bool {
    let order = (order(left.day), order(right.day))
    if order.0 != order.1 { return order.0 < order.1 }
    return Self.order(left.value) < Self.order(right.value)
  }

  private static func order(_ estimate: Estimate) -> Bound {
    guard case .interval(let interval) = estimate.values else { return .negativeInfinity }
    return interval.low
  }

  mutating func rows(_ id: RecordID, _ given: [GivenRows]) -> [[Estimate]]? {
    let record = program.library.vocabulary[id]
    if program.library.derivedRecords.contains(id) {
      if !given.isEmpty { _ = note(record.name, .derivedGiven) }
      return nil
    }
    var usable: [[[Estimate]]] = []
    for item in given {
      switch item.content {
      case .unknown(let cause): report.causes[record.name] = cause
      case .rows(let rows):
        var taken: [[Estimate]] = []
        for row in Self.canonicalOrder(rows, record) { taken.append(self.row(row, record)) }
        if !usable.contains(taken) { usable.append(taken) }
      }
    }
    guard usable.count < 2 else { return contradict(record.name) }
    if !usable.isEmpty { report.causes[record.name] = nil }
    return usable.first
  }

  /// Rows have no order of their own: the answers must not depend on the order in which they were sent.
  private static func canonicalOrder(_ rows: [GivenRow], _ record: Record) -> [GivenRow] {
    let keyed = rows.map { row in (row: row, key: record.fields.indices.map { key(row.fields[$0]) }) }
    return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.row)
  }

  private static func key(_ value: GivenValue?) -> String {
    guard let value else { return "" }
    return switch value {
    case .unknown: ""
    case .none: "0"
    case .term(let index): "1 \(index)"
    case .number(let number): "2 \(number.numerator)/\(number.denominator)"
    case .day(let day): "3 \(day.number)"
    case .text(let text): "4 \(text)"
    }
  }

  private mutating func row(_ row: GivenRow, _ record: Record) -> [Estimate] {
    record.fields.indices.map { index in
      let given = row.fields[index].flatMap { estimate($0) }
      return given ?? full(record.fields[index].type)
    }
  }

  // MARK: Values

  /// The estimate of a value; nil: it is unknown.
  private mutating func estimate(_ value: GivenValue) -> Estimate? {
    switch value {
    case .unknown: nil
    case .none: Estimate.none
    case .term(let index): .term(index)
    case .number(let number): .exactly(number)
    case .day(let day): .exactly(day.rational)
    case .text(let text): .text(textID(text))
    }
  }

  private mutating func textID(_ text: String) -> TextID {
    if let known = program.sourceMap.textIDs[text] ?? textIDs[text] { return known }
    let id = TextID(index: UInt32(program.sourceMap.texts.count + report.texts.count))
    report.texts.append(text)
    textIDs[text] = id
    return id
  }

  private func full(_ type: ValueType) -> Estimate {
    switch type {
    case .term(let group): .terms(TermSet(allOf: program.library.vocabulary[group].terms.count), mayBeNone: true)
    case .quantity, .number, .date, .duration: .interval(.all, mayBeNone: true)
    case .text: Estimate(values: .anyText, mayBeNone: true)
    }
  }
}
