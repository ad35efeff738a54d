internal import ClinicalValues
package import GuidelineCompiler
package import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

/// What the cases of a library reach and say, for those who judge the cases by the content.
package struct TestReach: Sendable {
  /// A case that ran.
  package struct Case: Sendable {
    package var test: TestCase
    package var suite: String
    /// Indices of its documents in the syntax.
    package var selected: [Int]
    package var contradictions: [Contradiction]
  }

  /// Facts that contradict each other, or that cannot be used.
  package struct Contradiction: Hashable, Sendable {
    package var facts: [String]
    /// A word of the report, such as `out_of_range`.
    package var reason: String
  }

  /// In the order of the suites and their cases.
  package var cases: [Case] = []
  package var reached = ReachedPlaces()
  /// The choices of documents that the cases load, each compiled once.
  package var programs: [[Int]: Program] = [:]
}

extension GuidelineLibrary {
  /// Runs the engine on every case of these suites, once; a choice of documents that was compiled already is not
  /// compiled again.
  package func reach(of suites: [TestSuite], knowing programs: [[Int]: Program]) -> TestReach {
    var runner = ReachRunner(library: self, known: programs)
    for suite in suites {
      for test in suite.cases { runner.run(test, of: suite.id) }
    }
    return runner.reach
  }
}

/// Runs cases one after the other, each choice of documents in one session: what cases have in common is computed once.
private struct ReachRunner {
  let library: GuidelineLibrary
  let known: [[Int]: Program]
  var reach = TestReach()
  /// The documents of a selection; nil: it cannot be chosen.
  private var chosen: [Selection: [Int]?] = [:]
  private var engines: [EngineKey: CaseEngine] = [:]
  private var plans: [[Int]: ReachPlan] = [:]

  private struct EngineKey: Hashable {
    var selected: [Int]
    var today: Day
  }

  init(library: GuidelineLibrary, known: [[Int]: Program]) {
    self.library = library
    self.known = known
  }

  mutating func run(_ test: TestCase, of suite: String) {
    guard let selected = choose(test.selection), let plan = plan(selected) else { return }
    let key = EngineKey(selected: selected, today: test.today)
    let engine = engines[key] ?? CaseEngine(plan.program, on: test.today)
    engines[key] = engine
    let contradictions = engine.run(test, Quotations(library.files)) { reach.reached.note(plan, &$0) }
    reach.cases.append(
      TestReach.Case(test: test, suite: suite, selected: selected, contradictions: contradictions))
  }

  private mutating func choose(_ selection: Selection) -> [Int]? {
    if let known = chosen[selection] { return known }
    var found = Diagnostics()
    let selected = select(selection, from: library.syntax, into: &found)
    let usable = found.hasErrors ? nil : selected
    chosen[selection] = .some(usable)
    return usable
  }

  private mutating func plan(_ selected: [Int]) -> ReachPlan? {
    if let known = plans[selected] { return known }
    guard let program = known[selected] ?? compiled(selected) else { return nil }
    reach.programs[selected] = program
    let plan = ReachPlan(program)
    plans[selected] = plan
    return plan
  }

  private func compiled(_ selected: [Int]) -> Program? {
    var found = Diagnostics()
    let resolved = resolve(selected, of: library.syntax, vocabulary: library.vocabulary, into: &found)
    return found.hasErrors ? nil : Program.compile(resolved, into: &found)
  }
}

/// The engine with one program on one day.
private final class CaseEngine {
  private let program: Program
  private var session: Session?

  init(_ program: Program, on today: Day) {
    self.program = program
    session = Session(program.graph, today: today)
  }

  /// What of the facts of a case contradicts each other; `note` looks at the session after its run.
  func run(
    _ test: TestCase, _ quotations: Quotations, _ note: (inout Session) -> Void
  ) -> [TestReach.Contradiction] {
    var session = session.take() ?? Session(program.graph, today: test.today)
    let intake = program.takeIn(test.facts, into: &session)
    session.run()
    note(&session)
    var builder = ReportBuilder(
      program: program, quotations: quotations, intake: intake, session: session, reasons: .none)
    let contradictions = builder.conflicts([]).compactMap { conflict -> TestReach.Contradiction? in
      if case .data(let facts, let reason) = conflict { .init(facts: facts, reason: reason) } else { nil }
    }
    self.session = builder.takeSession()
    return contradictions
  }
}
