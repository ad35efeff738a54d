import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine
import SourceText
import Synchronization

extension Guidelines {
  /// The first day after today on which the same facts give another answer (`semantics.md` §7).
  ///
  /// Between breakpoints nothing can change; at each of them the facts are evaluated again, until the answer differs.
  ///
  /// An answer that counts the days may have a breakpoint on every day for ever: after so many of them without another
  /// answer the day that was reached is given, for so far it is known to hold.
  ///
  /// `session`: where the report was made; it is one of this program afterwards too.
  func validUntil(_ facts: Facts, _ report: Report, _ intake: IntakeReport, _ session: inout Session) -> Day? {
    var current = self
    var watch = DayWatch(self, intake, &session)
    let day = validUntil(facts, report.comparable, &session, &current, &watch)
    if current.selected != selected { session = Session(program.graph, today: today) }
    return day
  }

  static let mostBreakpoints: Int32 = 1_000

  private func validUntil(
    _ facts: Facts, _ reference: Report, _ session: inout Session, _ current: inout Guidelines,
    _ watch: inout DayWatch
  ) -> Day? {
    var day = today
    var breakpoints: Int32 = 0
    while let next = current.breakpoint(after: day, facts, &session) {
      day = next
      breakpoints += 1
      guard breakpoints <= Self.mostBreakpoints else { return day }
      guard let later = current.onDay(day) else { return day }
      if later.selected != current.selected {
        session = Session(later.program.graph, today: day)
        watch = DayWatch(later)
      }
      current = later
      session.setToday(day)
      let intake = current.program.takeIn(facts.given, into: &session)
      let isSame = watch.isSame(intake, &session)
      if isSame, reference.due == dueItems(reference.conclusions, on: day) { continue }
      var builder = ReportBuilder(
        program: current.program, quotations: source.quotations, intake: intake, session: session, explains: false)
      var result = builder.build()
      session = builder.takeSession()
      result.guidelines = current.reportedGuidelines
      if result.comparable != reference { return day }
    }
    return nil
  }

  /// The same choice seen from another day: other editions may be in force then.
  ///
  /// Nil: it cannot be loaded then.
  private func onDay(_ day: Day) -> Guidelines? {
    var later = selection
    switch selection {
    case .inForce: later = .inForce(on: day)
    case .pinned(let pins, _): later = .pinned(pins, on: day)
    }
    // Until a document comes into force or ends, those that were chosen are chosen again.
    if day >= today, source.turn(after: today).map({ day < $0 }) ?? true { return seen(from: later) }
    var found = Diagnostics()
    let chosen = select(later, from: source.headers, into: &found)
    guard !found.hasErrors else { return nil }
    guard chosen != selected else { return seen(from: later) }
    return try? source.compile(chosen, later)
  }

  /// The same documents on the day of another selection.
  private func seen(from selection: Selection) -> Guidelines {
    var same = self
    same.selection = selection
    return same
  }

  /// The next day on which anything may change: a date meets a length of time, a point or due date is reached, an edition
  /// comes into force or ends.
  private func breakpoint(after day: Day, _ facts: Facts, _ session: inout Session) -> Day? {
    var times = TimeScan(after: day)
    times.scan(program, facts.given, &session)
    if let turn = source.turn(after: day) { times.add(turn) }
    return times.next
  }
}

extension Report {
  /// What counts when two days are compared: all but the day, texts and reasons.
  var comparable: Report {
    var copy = self
    copy.today = Day(number: 0)
    copy.validUntil = nil
    for index in copy.conclusions.indices {
      copy.conclusions[index].because = []
      copy.conclusions[index].title = nil
    }
    for index in copy.outOfScope.indices { copy.outOfScope[index].because = [] }
    copy.derived = []
    return copy
  }
}

/// Runs a session on one day after the other, and tells whether a day brings anything new.
///
/// Most breakpoints are of no consequence: a date and a length of time met that nothing compares. Then no report needs to
/// be made to see that it would be the same.
private struct DayWatch {
  private let readers: TimeReaders
  private var signature: [UInt8]?
  private var intake: IntakeReport?

  /// For a session that has not run: on its first day, everything counts as new.
  init(_ guidelines: Guidelines) { readers = guidelines.timeReaders.value(of: guidelines.program) }

  /// For a session that has run.
  init(_ guidelines: Guidelines, _ intake: IntakeReport, _ session: inout Session) {
    self.init(guidelines)
    self.intake = intake
    signature = session.timeSignature(readers)
  }

  /// Runs the session; whether all that a report is made of is as it was on the day before.
  mutating func isSame(_ intake: IntakeReport, _ session: inout Session) -> Bool {
    let changesOnlyToday = session.changesOnlyToday
    session.run()
    let now = session.timeSignature(readers)
    defer { (signature, self.intake) = (now, intake) }
    return readers.isComplete && changesOnlyToday && !session.hasNewAnswers && signature == now
      && self.intake == intake
  }
}

/// The time readers of one program, found when they are first asked for.
final class KeptTimeReaders: Sendable {
  private let kept = Mutex<TimeReaders?>(nil)

  func value(of program: Program) -> TimeReaders {
    kept.withLock { kept in
      if let known = kept { return known }
      // What reports ask that no rule does.
      let asked = program.index.scopes.compactMap(\.self) + program.sourceMap.invariants.map(\.node)
      let readers = TimeReaders(program.graph, askedBesides: asked)
      kept = readers
      return readers
    }
  }
}

/// Finds the nearest day after a given one on which a comparison with today can turn.
private struct TimeScan {
  let day: Day
  private(set) var next: Day?
  private var dates: Set<Rational> = []
  private var lengths: Set<Rational> = []

  init(after day: Day) { self.day = day }

  mutating func add(_ candidate: Day) {
    guard candidate > day, next.map({ candidate < $0 }) ?? true else { return }
    next = candidate
  }

  mutating func scan(_ program: Program, _ facts: PatientFacts, _ session: inout Session) {
    collectGiven(facts, program.library.vocabulary)
    collectCompared(program, &session)
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

  private mutating func collectGiven(_ facts: PatientFacts, _ vocabulary: Vocabulary) {
    for (id, items) in facts.scalars {
      for item in items {
        if case .day(let date) = item.value { dates.insert(date.rational) }
        if let on = item.on {
          dates.insert(on.rational)
          if let limit = vocabulary[id].validForDays { lengths.insert(limit) }
        }
      }
    }
    for items in facts.series.values {
      for case .points(let points) in items.map(\.content) {
        for case .day(let date) in points.map(\.on) { dates.insert(date.rational) }
      }
    }
    for items in facts.records.values {
      for case .rows(let rows) in items.map(\.content) {
        for case .day(let date) in rows.flatMap(\.fields.values) { dates.insert(date.rational) }
      }
    }
  }

  /// What today is compared with, and the windows of series.
  private mutating func collectCompared(_ program: Program, _ session: inout Session) {
    let graph = program.graph
    for window in graph.windows {
      if case .within(let length) = window { collect(session.estimate(length), as: .length) }
      if case .since(let value) = window { collect(value, graph, &session, as: .date) }
    }
    for node in graph.conditions {
      guard case .compare(let first, _, let second) = node else { continue }
      collectSides(first, second, graph, &session)
      collectSides(second, first, graph, &session)
    }
    for (index, definition) in program.library.definitions.enumerated() where definition.type == .date {
      collect(session.definition(DefinitionNodeID(index), .presuming), as: .date)
      collect(session.definition(DefinitionNodeID(index), .cautious), as: .date)
    }
    for place in session.placesThatConclude { collectDates(PlaceID(Int(place)), program, &session) }
  }

  private enum Role {
    case date
    case length
  }

  private mutating func collectSides(
    _ side: ValueID, _ other: ValueID, _ graph: RuleGraph, _ session: inout Session
  ) {
    switch graph[side] {
    case .today: collect(other, graph, &session, as: .date)
    case .subtract(let minuend, let date) where graph[minuend] == .today:
      collect(date, graph, &session, as: .date)
      collect(other, graph, &session, as: .length)
    default: break
    }
  }

  /// Only what reads no row: the dates of rows are collected from the facts.
  private mutating func collect(
    _ value: ValueID, _ graph: RuleGraph, _ session: inout Session, as role: Role
  ) {
    guard graph.isClosed(value) else { return }
    collect(session.estimate(value, .cautious), as: role)
    collect(session.estimate(value, .presuming), as: role)
  }

  private mutating func collect(_ estimate: Estimate, as role: Role) {
    guard case .interval(let interval) = estimate.values else { return }
    for case let end? in [interval.low.number, interval.high.number] {
      if role == .date { dates.insert(end) } else { lengths.insert(end) }
    }
  }

  /// Dates that are concluded, such as `due`.
  private mutating func collectDates(_ place: PlaceID, _ program: Program, _ session: inout Session) {
    for index in program.index.places[place.index].dates {
      for item in session.concluded(place, .presuming) {
        if let id = item.fields[index] { collect(session.estimate(id), as: .date) }
      }
    }
  }
}
