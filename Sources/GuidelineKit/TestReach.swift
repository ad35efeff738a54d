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
    var reach = TestReach()
    for suite in suites {
      for test in suite.cases { run(test, of: suite.id, programs, into: &reach) }
    }
    return reach
  }

  private func run(_ test: TestCase, of suite: String, _ known: [[Int]: Program], into reach: inout TestReach) {
    var found = Diagnostics()
    let selected = select(test.selection, from: syntax, into: &found)
    guard !found.hasErrors, let program = reach.programs[selected] ?? known[selected] ?? compiled(selected) else {
      return
    }
    reach.programs[selected] = program
    var session = Session(program.graph, today: test.today)
    let intake = program.takeIn(test.facts, into: &session)
    session.run()
    reach.reached.note(program, &session)
    var builder = ReportBuilder(program: program, files: files, intake: intake, session: session, explains: false)
    let contradictions = builder.conflicts([]).compactMap { conflict -> TestReach.Contradiction? in
      if case .data(let facts, let reason) = conflict { .init(facts: facts, reason: reason) } else { nil }
    }
    reach.cases.append(
      TestReach.Case(test: test, suite: suite, selected: selected, contradictions: contradictions))
  }

  private func compiled(_ selected: [Int]) -> Program? {
    var found = Diagnostics()
    let library = resolve(selected, of: syntax, vocabulary: vocabulary, into: &found)
    return found.hasErrors ? nil : Program.compile(library, into: &found)
  }
}
