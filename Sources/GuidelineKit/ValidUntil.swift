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
    let given = GivenTimes(facts.given, source.vocabulary)
    var day = today
    var breakpoints: Int32 = 0
    while let next = current.breakpoint(after: day, given, &session) {
      let before = day
      day = next
      breakpoints += 1
      guard breakpoints <= Self.mostBreakpoints else { return day }
      guard let later = current.onDay(day) else { return day }
      var known = watch.intake
      if later.selected != current.selected {
        session = Session(later.program.graph, today: day)
        watch = DayWatch(later)
        known = nil
      } else if !current.program.takesInTheSame(facts.given, on: before, and: day) {
        known = nil
      }
      current = later
      session.setToday(day)
      let intake = known ?? current.program.takeIn(facts.given, into: &session)
      let isSame = watch.isSame(intake, &session)
      if isSame, reference.due == dueItems(reference.conclusions, on: day) { continue }
      var builder = ReportBuilder(
        program: current.program, quotations: source.quotations, intake: intake, session: session, reasons: .none)
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
  private func breakpoint(after day: Day, _ given: GivenTimes, _ session: inout Session) -> Day? {
    var times = TimeScan(after: day)
    times.scan(timeReaders.value(of: program).compared, program, given, &session)
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
  /// What became of the facts on the last day.
  private(set) var intake: IntakeReport?

  /// For a session that has not run: on its first day, everything counts as new.
  init(_ guidelines: Guidelines) { readers = guidelines.timeReaders.value(of: guidelines.program).readers }

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

/// What the day can change of the answers of one program, found when it is first asked for.
final class KeptTimeReaders: Sendable {
  struct Found: Sendable {
    let readers: TimeReaders
    let compared: ComparedTimes
  }

  private let kept = Mutex<Found?>(nil)

  func value(of program: Program) -> Found {
    kept.withLock { kept in
      if let known = kept { return known }
      // What reports ask that no rule does.
      let asked = program.index.scopes.compactMap(\.self) + program.sourceMap.invariants.map(\.node)
      let found = Found(readers: TimeReaders(program.graph, askedBesides: asked), compared: ComparedTimes(program))
      kept = found
      return found
    }
  }
}
