import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// What a program compares today with, and how long its windows are, by id.
struct ComparedTimes: Sendable {
  private(set) var dates: [ValueID] = []
  private(set) var lengths: [ValueID] = []
  private(set) var windows: [EstimateID] = []
  private(set) var definitions: [DefinitionNodeID] = []

  init(_ program: Program) {
    let graph = program.graph
    for window in graph.windows {
      switch window {
      case .within(let length): windows.append(length)
      case .since(let value): Self.add(value, to: &dates, graph)
      }
    }
    for node in graph.conditions {
      guard case .compare(let first, _, let second) = node else { continue }
      addSides(first, second, graph)
      addSides(second, first, graph)
    }
    for (index, definition) in program.library.definitions.enumerated() where definition.type == .date {
      definitions.append(DefinitionNodeID(index))
    }
    dates = dates.ascendingOnce
    lengths = lengths.ascendingOnce
  }

  private mutating func addSides(_ side: ValueID, _ other: ValueID, _ graph: RuleGraph) {
    switch graph[side] {
    case .today: Self.add(other, to: &dates, graph)
    case .subtract(let minuend, let date) where graph[minuend] == .today:
      Self.add(date, to: &dates, graph)
      Self.add(other, to: &lengths, graph)
    default: break
    }
  }

  /// Only what reads no row: the dates of rows are collected from the facts.
  private static func add(_ value: ValueID, to values: inout [ValueID], _ graph: RuleGraph) {
    if graph.isClosed(value) { values.append(value) }
  }
}

/// The dates that were given of a patient, and how long what was given stays valid.
struct GivenTimes {
  private(set) var dates: [Rational] = []
  private(set) var lengths: [Rational] = []

  init(_ facts: PatientFacts, _ vocabulary: Vocabulary) {
    for (id, items) in facts.scalars {
      for item in items {
        if case .day(let date) = item.value { dates.append(date.rational) }
        if let on = item.on {
          dates.append(on.rational)
          if let limit = vocabulary[id].validForDays { lengths.append(limit) }
        }
      }
    }
    for items in facts.series.values {
      for case .points(let points) in items.map(\.content) {
        for case .day(let date) in points.map(\.on) { dates.append(date.rational) }
      }
    }
    for items in facts.records.values {
      for case .rows(let rows) in items.map(\.content) {
        for case .day(let date) in rows.flatMap({ $0.fields.values }) { dates.append(date.rational) }
      }
    }
    dates = dates.ascendingOnce
    lengths = lengths.ascendingOnce
  }
}

/// Finds the nearest day after a given one on which a comparison with today can turn.
struct TimeScan {
  let day: Day
  private(set) var next: Day?
  private var dates: [Rational] = []
  private var lengths: [Rational] = []

  init(after day: Day) { self.day = day }

  mutating func add(_ candidate: Day) {
    guard candidate > day, next.map({ candidate < $0 }) ?? true else { return }
    next = candidate
  }

  mutating func scan(_ compared: ComparedTimes, _ program: Program, _ given: GivenTimes, _ session: inout Session) {
    dates = given.dates
    lengths = given.lengths
    for window in compared.windows { collect(session.estimate(window), to: &lengths) }
    for value in compared.lengths { collect(value, &session, to: &lengths) }
    for value in compared.dates { collect(value, &session, to: &dates) }
    for definition in compared.definitions {
      collect(session.definition(definition, .presuming), to: &dates)
      collect(session.definition(definition, .cautious), to: &dates)
    }
    for place in session.placesThatConclude { collectDates(PlaceID(Int(place)), program, &session) }
    for date in dates {
      meet(date)
      for length in lengths { if let moved = date.adding(length) { meet(moved) } }
    }
  }

  /// A date d, or d + c for a length c: the day itself and the day after may differ from the days before.
  private mutating func meet(_ moment: Rational) {
    let floor = moment.floor
    for candidate in [floor, floor &+ 1, moment.ceiling] {
      if let number = Int32(exactly: candidate) { add(Day(number: number)) }
    }
  }

  private func collect(_ value: ValueID, _ session: inout Session, to times: inout [Rational]) {
    collect(session.estimate(value, .cautious), to: &times)
    collect(session.estimate(value, .presuming), to: &times)
  }

  private func collect(_ estimate: Estimate, to times: inout [Rational]) {
    guard case .interval(let interval) = estimate.values else { return }
    for case let end? in [interval.low.number, interval.high.number] where !times.contains(end) { times.append(end) }
  }

  /// Dates that are concluded, such as `due`.
  private mutating func collectDates(_ place: PlaceID, _ program: Program, _ session: inout Session) {
    for index in program.index.places[place.index].dates {
      for item in session.concluded(place, .presuming) {
        if let id = item.fields[index] { collect(session.estimate(id), to: &dates) }
      }
    }
  }
}

extension Array where Element: Comparable {
  /// Its elements in ascending order, each once.
  var ascendingOnce: [Element] {
    var found: [Element] = []
    for element in sorted() where found.last != element { found.append(element) }
    return found
  }
}
