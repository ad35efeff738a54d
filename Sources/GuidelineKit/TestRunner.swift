internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension GuidelineLibrary {
  /// Runs the cases of the `tests:` documents; `paths` restricts them to these files of the library.
  ///
  /// In a library with errors every case fails and says why.
  public func runTests(in paths: Set<String>? = nil, coverage: Bool = false) -> TestRun {
    var runner = TestRunner(self, collects: coverage)
    var suites: [SuiteResult] = []
    for document in syntax.documents {
      guard case .tests(let suite) = document.syntax.body else { continue }
      if let paths, !paths.contains(files[document.file].path) { continue }
      suites.append(runner.run(suite, document))
    }
    return TestRun(suites: suites, coverage: runner.coverage())
  }
}

/// Runs suites one after the other and keeps what they share: each choice of documents is compiled once.
struct TestRunner {
  let library: GuidelineLibrary
  private var compiled: [[Int]: Guidelines] = [:]
  private var reached: ReachedPlaces?
  private var plans: [[Int]: ReachPlan] = [:]

  init(_ library: GuidelineLibrary, collects: Bool) {
    self.library = library
    reached = collects ? ReachedPlaces() : nil
  }

  /// What all cases together have reached; nil: it was not asked for.
  func coverage() -> TestCoverage? { reached.map { library.coverage(of: $0) } }

  // MARK: Suites and cases

  mutating func run(_ suite: TestSuiteSyntax, _ document: LibraryDocument) -> SuiteResult {
    var found = Diagnostics()
    let surroundings = TestSurroundings(vocabulary: library.vocabulary, library: library.syntax)
    let resolved = resolveTests(suite, header: document.syntax.header, in: surroundings, into: &found)
    var cases: [CaseResult] = []
    for written in suite.cases {
      var result = CaseResult(
        name: written.name.value, title: written.title?.value, path: library.files[document.file].path,
        line: library.files.position(written.name.span).line, failures: [])
      let own = found.items.filter { $0.code.severity == .error && written.span.contains($0.span) }
      if !own.isEmpty {
        result.failures = [notRun(written, own)]
      } else if let test = resolved.cases.first(where: { $0.span == written.span }) {
        result.failures = run(test, written)
      } else {
        result.failures = [notRun(written, found.items)]
      }
      cases.append(result)
    }
    return SuiteResult(id: resolved.id, path: library.files[document.file].path, cases: cases)
  }

  private mutating func run(_ test: TestCase, _ written: TestCaseSyntax) -> [TestFailure] {
    let guidelines: Guidelines
    do throws(InvalidContent) {
      guidelines = try choose(test.selection)
    } catch {
      return [notRun(written, error.diagnostics)]
    }
    var session = Session(guidelines.program.graph, today: guidelines.today)
    let intake = guidelines.program.takeIn(test.facts, into: &session)
    session.run()
    var builder = ReportBuilder(
      program: guidelines.program, quotations: Quotations(library.files), intake: intake, session: session,
      reasons: .none)
    var report = builder.build()
    report.guidelines = guidelines.reportedGuidelines
    if reached != nil {
      let plan = plans[guidelines.selected] ?? ReachPlan(guidelines.program)
      plans[guidelines.selected] = plan
      reached?.note(plan, &builder.session)
    }
    var judge = TestJudge(report: report, facts: test.facts, builder: builder)
    return judge.failures(of: test)
  }

  /// The guidelines of a case, compiled once for each choice of documents.
  private mutating func choose(_ selection: Selection) throws(InvalidContent) -> Guidelines {
    guard library.isValid else { throw InvalidContent(diagnostics: library.diagnostics, files: library.files) }
    var found = Diagnostics()
    let selected = select(selection, from: library.syntax, into: &found)
    guard !found.hasErrors else {
      throw InvalidContent(diagnostics: found.sorted(in: library.files), files: library.files)
    }
    var guidelines: Guidelines
    if let known = compiled[selected] {
      guidelines = known
    } else {
      guidelines = try library.source.compile(selected, selection)
      compiled[selected] = guidelines
    }
    guidelines.selection = selection
    return guidelines
  }

  private func notRun(_ written: TestCaseSyntax, _ found: [Diagnostic]) -> TestFailure {
    let errors = found.filter { $0.code.severity == .error }
    let lines = errors.prefix(3).map { item in
      let place = item.span.map { library.files.describe($0) + ": " } ?? ""
      return place + item.message
    }
    let rest = errors.count > 3 ? ["and \(errors.count - 3) more"] : []
    return TestFailure(
      kind: .setup, place: written.name.span, path: library.files[written.name.span.file].path,
      line: library.files.position(written.name.span).line, expectation: written.name.value,
      explanation: ["the case cannot be run"] + lines + rest)
  }
}

extension Span {
  /// Whether another piece lies within this one.
  fileprivate func contains(_ other: Span?) -> Bool {
    guard let other else { return false }
    return file == other.file && start <= other.start && other.end <= end
  }
}
