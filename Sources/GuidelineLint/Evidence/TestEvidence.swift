internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineKit
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

/// What the test cases of the library say of its rules: the engine has run each of them once.
package struct TestEvidence {
  let context: LintContext
  let reach: TestReach
  /// Every written rule and row of a decision table, in the order of their places.
  let rules: [WrittenRule]
  /// The place of a case's name, by the place of the case.
  private let names: [Span: Span]
  private var analyses: [Int: CompanyAnalysis] = [:]
  private let known: KnownAnswers
  private var patientsSought = 0
  /// So many patients are looked for: one takes a moment, and the first findings are mended first.
  private static let mostPatients = 12

  /// A written rule with what the cases reach of it.
  struct WrittenRule {
    var rule: Rule
    /// The company in which it was seen first, and its nodes there.
    var company: Int
    var nodes: [RuleNodeID]
    var document: Document
    /// The rule, or the table whose row it is.
    var family: String
    var wasTrue = false
    var wasFalse = false
  }

  /// Nil: the library has faults, or is not all there, and no case can be run.
  init?(_ context: LintContext, known: KnownAnswers) {
    guard !context.faults.hasErrors, !context.isIncomplete else { return nil }
    self.context = context
    self.known = known
    var programs: [[Int]: Program] = [:]
    for company in context.companies { programs[company.selected] = company.program }
    let suites = context.suites.sorted { $0.key < $1.key }.map(\.value)
    let reach = context.library.reach(of: suites, knowing: programs)
    self.reach = reach
    rules = Self.writtenRules(context, reach.reached)
    var names: [Span: Span] = [:]
    for document in context.syntax.documents {
      guard case .tests(let suite) = document.syntax.body else { continue }
      for test in suite.cases { names[test.span] = test.name.span }
    }
    self.names = names
  }

  private static func writtenRules(_ context: LintContext, _ reached: ReachedPlaces) -> [WrittenRule] {
    var found: [Span: WrittenRule] = [:]
    for (index, company) in context.companies.enumerated() {
      guard let program = company.program else { continue }
      for (rule, nodes) in zip(company.library.rules, program.sourceMap.nodesOfRule) where !nodes.isEmpty {
        let keys = nodes.map { program.key(of: $0) }
        var written =
          found[rule.nameSpan]
          ?? WrittenRule(
            rule: rule, company: index, nodes: nodes, document: company.library[rule.document],
            family: String(rule.name.prefix { $0 != "#" }))
        // A company whose patients are thought through shows them.
        if !context.isAnalysed(context.companies[written.company]), context.isAnalysed(company) {
          (written.rule, written.company, written.nodes) = (rule, index, nodes)
        }
        written.wasTrue = written.wasTrue || keys.contains(where: reached.wasTrue.contains)
        written.wasFalse = written.wasFalse || keys.contains(where: reached.wasFalse.contains)
        found[rule.nameSpan] = written
      }
    }
    return found.values.sorted { left, right in
      let (first, second) = (left.rule.nameSpan, right.rule.nameSpan)
      return first.file == second.file ? first.start < second.start : first.file < second.file
    }
  }

  /// The guidelines that have rules, each with its rules.
  var guidelines: [(document: Document, rules: [WrittenRule])] {
    var found: [FileID: (document: Document, rules: [WrittenRule])] = [:]
    for rule in rules { found[rule.document.span.file, default: (rule.document, [])].rules.append(rule) }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Whether some case loads a document.
  func isLoaded(_ document: Document) -> Bool {
    let indices = context.syntax.documents.indices.filter {
      context.syntax.documents[$0].file == document.span.file
    }
    return reach.cases.contains { !Set($0.selected).isDisjoint(with: indices) }
  }

  /// The answers that were used for the patients of rules.
  var learned: KnownAnswers {
    var learned = KnownAnswers()
    for (_, company) in analyses.sorted(by: { $0.key < $1.key }) { learned.add(company.analysis.learned) }
    return learned
  }

  func name(of test: TestCase) -> Span { names[test.span] ?? test.span }

  // MARK: Patients

  /// A patient for whom a rule concludes, as a test that is ready to be taken over; nil: it would take too long.
  mutating func patient(for written: WrittenRule) -> ExamplePatient? {
    guard patientsSought < Self.mostPatients, context.isAnalysed(context.companies[written.company]) else { return nil }
    patientsSought += 1
    let documents = context.companies[written.company]
    guard var company = analyses[written.company] ?? CompanyAnalysis(documents, context, known: known)
    else { return nil }
    defer { analyses[written.company] = company }
    let places = written.nodes.flatMap { company.places(of: $0) }
    func question(_ reading: Reading) -> Question {
      places.isEmpty
        ? .any(written.nodes.map { .applies($0, reading) }) : .any(places.map { .stands($0, reading) })
    }
    let verdict = company.analysis.patient(question(.presuming), preferring: question(.cautious))
    guard let witness = verdict.witness else { return nil }
    let shown = company.standing(places, for: witness).prefix(3)
    let patterns = shown.filter { company.hasConstantSubject($0) }.map { company.pattern(of: $0) }
    let name = written.rule.name.map { $0.isLetter || $0.isNumber ? $0.lowercased() : "-" }.joined()
    var patient = company.example(
      witness, showing: Array(shown), named: name,
      test: patterns.isEmpty ? nil : ["expect: [\(patterns.joined(separator: ", "))]"])
    patient.isTestMissing = true
    return patient
  }
}

extension CompanyAnalysis {
  fileprivate func hasConstantSubject(_ place: PlaceID) -> Bool {
    guard let subject = graph[place].fields.first(where: { $0.column == 0 }) else { return false }
    if case .constant = graph[subject.value] { return true }
    return false
  }
}
