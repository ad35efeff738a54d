internal import ClinicalValues
internal import GuidelineModel
internal import RuleEngine
internal import SourceText
internal import Testing

@testable internal import GuidelineAnalysis
@testable internal import GuidelineCompiler

/// What the analysis proves of everybody, the engine must not refute with anybody.
@Suite struct AnalysisAgreementTests {
  private struct Tally {
    var patients = 0
    var answers = 0
    var proved = 0
    var confirmed = 0
    var undecided = 0
    var failures = 0
  }

  /// Random patients go through the engine; nothing that is true of one of them may be proved to be true of nobody.
  @Test func `nothing that the engine says of a patient is proved impossible`() throws {
    var tally = Tally()
    let patients = 20
    let libraries = max(1, Settings.pairs(unlessSet: 600) / patients)
    for number in 0..<libraries where tally.failures < Settings.failures {
      let seed = Settings.seed &+ UInt64(number)
      if Settings.isLoud { print("seed \(seed)") }
      var generator = LibraryGenerator(seed: seed)
      let library = generator.generate()
      let givens = (0..<patients).map { patient in
        var facts = PatientGenerator(seed: seed &* 31 &+ UInt64(patient))
        return facts.generate()
      }
      check(library, givens, seed, &tally)
    }
    print("seed \(Settings.seed): \(tally)")
    #expect(tally.answers > libraries, "too little could be compared: \(tally)")
    #expect(tally.confirmed > libraries, "too little could be compared: \(tally)")
  }

  private func check(_ library: GeneratedLibrary, _ givens: [YAMLValue], _ seed: UInt64, _ tally: inout Tally) {
    guard let judge = AnalysisJudge(library) else { return }
    tally.patients += givens.count
    var analysis = judge.analysis()
    var asked: Set<Question> = []
    for given in givens {
      for question in judge.answers(of: given) where asked.insert(question).inserted {
        tally.answers += 1
        guard analysis.isImpossible(question) else { continue }
        tally.failures += 1
        let smallest = shrink(library, given) { AnalysisJudge($0)?.refutes($1) ?? false }
        let words = AnalysisJudge(smallest.0)?.refuted(smallest.1) ?? []
        Issue.record("seed \(seed): \(words.joined(separator: "\n"))\n\(describe(smallest.0, smallest.1))")
        return
      }
    }
    for question in judge.conclusions {
      switch analysis.patient(question) {
      case .nobody: tally.proved += 1
      case .patient: tally.confirmed += 1
      case .undecided: tally.undecided += 1
      }
    }
  }
}

/// A library with all that can be asked of it.
private struct AnalysisJudge {
  private let loaded: LoadedLibrary
  private let program: Program
  let questions: [Question]
  /// Those about what the rules conclude.
  let conclusions: [Question]

  /// Nil: the content is refused.
  init?(_ library: GeneratedLibrary) {
    var problems: [String] = []
    guard let loaded = LoadedLibrary(library.files, problems: &problems) else { return nil }
    var found = Diagnostics()
    guard let program = Program.compile(loaded.library, into: &found) else { return nil }
    self.loaded = loaded
    self.program = program
    var questions: [Question] = []
    for reading in [Reading.cautious, .presuming] {
      for index in program.graph.conditions.indices where program.graph.isClosed(ConditionID(index)) {
        questions.append(.holds(ConditionID(index), reading))
        questions.append(.fails(ConditionID(index), reading))
      }
      for index in program.graph.rules.indices {
        questions.append(.body(RuleNodeID(index), reading))
        questions.append(.applies(RuleNodeID(index), reading))
      }
      for index in program.graph.places.indices { questions.append(.stands(PlaceID(index), reading)) }
    }
    for index in program.graph.values.indices where program.graph.isClosed(ValueID(index)) {
      questions.append(.isKnown(ValueID(index)))
    }
    self.questions = questions + questions.map { .not($0) }
    conclusions = program.graph.places.indices.map { .stands(PlaceID($0), .presuming) }
  }

  func analysis() -> Analysis { Analysis(program, today: Settings.today, budget: 200_000) }

  /// What is true of a patient; nothing if he is refused.
  func answers(of given: YAMLValue) -> [Question] {
    var problems: [String] = []
    guard let facts = loaded.facts(given.text + "\n", problems: &problems) else { return [] }
    var session = Session(program.graph, today: Settings.today)
    _ = program.takeIn(facts, into: &session)
    session.run()
    return questions.filter { session.answers($0) }
  }

  /// Whether something that is true of the patient is proved to be true of nobody.
  func refutes(_ given: YAMLValue) -> Bool {
    var analysis = analysis()
    return answers(of: given).contains { analysis.isImpossible($0) }
  }

  /// What is true of the patient and proved to be true of nobody, in words for whoever mends it.
  func refuted(_ given: YAMLValue) -> [String] {
    var analysis = analysis()
    return answers(of: given).filter { analysis.isImpossible($0) }.map(words)
  }

  private func words(_ question: Question) -> String {
    switch question {
    case .holds(let id, let reading): "holds \(reading) \(program.graph[id])"
    case .fails(let id, let reading): "fails \(reading) \(program.graph[id])"
    case .isKnown(let id): "is known \(program.graph[id])"
    case .not(let inner): "not " + words(inner)
    default: "\(question)"
    }
  }
}
