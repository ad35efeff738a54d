package import ClinicalValues
package import GuidelineCompiler
package import GuidelineModel
package import RuleEngine

/// What is known about all patients at once.
package enum Verdict: Sendable {
  /// A patient for whom it is true, confirmed by the engine.
  case patient(Witness)
  /// Proved: it is true of nobody.
  case nobody
  /// Neither; the reason is for people.
  case undecided(String)

  package var isNobody: Bool {
    if case .nobody = self { true } else { false }
  }

  package var witness: Witness? {
    if case .patient(let witness) = self { witness } else { nil }
  }
}

/// A patient that shows something, with no fact that does not matter.
package struct Witness: Sendable {
  package var facts: PatientFacts
}

/// Exact questions about a program: whether there is a patient for whom something holds.
///
/// A program tells only finitely many patients apart. The search goes through them without listing them; a patient it
/// finds is given to the engine, and only what the engine confirms is reported. What cannot be followed exactly makes
/// the search look at more patients than there are: *nobody* stays true, and a patient who is not confirmed leaves the
/// question undecided.
package struct Analysis {
  package let program: Program
  package let today: Day
  private var encoder: Encoder
  private var search = Search()
  private var rowSearch = Search()
  private let engine: Engine
  /// How often a constraint may be looked at for one question.
  private let budget: Int
  /// What was answered elsewhere; nil: something is broken, and answers hold here only.
  private var memory: AnswerMemory?
  /// So many candidates are given to the engine for one question.
  private static let mostCandidates = 60

  package init(
    _ program: Program, today: Day, brokenRules: Set<RuleNodeID> = [], brokenDefinitions: Set<DefinitionNodeID> = [],
    known: KnownAnswers = KnownAnswers(), budget: Int = 2_000_000
  ) {
    self.program = program
    self.today = today
    self.budget = budget
    if brokenRules.isEmpty && brokenDefinitions.isEmpty {
      let digest = GraphDigest(program, salt: program.vocabulary.numbering, today: today)
      memory = AnswerMemory(digest, known: known)
    }
    engine = Engine(program.graph, today: today)
    encoder = Encoder(program, today: today, brokenRules: brokenRules, brokenDefinitions: brokenDefinitions)
  }

  /// All answers that were used here, so that others need not ask again.
  package var learned: KnownAnswers { memory?.learned ?? KnownAnswers() }

  /// Whether there is a patient of whom the question is true; one of whom a `preferred` question is true too goes
  /// first.
  package mutating func patient(_ question: Question, preferring preferred: Question? = nil) -> Verdict {
    if let preferred, case .patient(let witness) = decide(.all([question, preferred])) { return .patient(witness) }
    return decide(question)
  }

  /// Proved to be true of nobody.
  package mutating func isImpossible(_ question: Question) -> Bool {
    let key = memory?.key(question, budget: budget)
    if let key, let answer = memory?.answer(key) {
      memory?.keep(key, answer)
      if case .nobody = answer { return true }
      return false
    }
    let goal = prepare(question)
    let isImpossible = goal == FormulaStore.impossible || solve([goal]) == .impossible
    if let key { memory?.keep(key, isImpossible ? .nobody : .possible) }
    return isImpossible
  }

  private mutating func prepare(_ question: Question) -> FormulaID {
    let goal = encoder.formula(question)
    search.require(encoder.takeConstraints(), in: encoder.store)
    return goal
  }

  /// What the engine says of a patient.
  package func asking<Answer>(
    _ facts: PatientFacts, _ body: (inout Session) -> Answer
  ) -> Answer {
    engine.asking { session in
      _ = program.takeIn(facts, into: &session)
      session.run()
      return body(&session)
    }
  }

  private mutating func decide(_ question: Question) -> Verdict {
    let key = memory?.key(question, budget: budget)
    if let key, let answer = memory?.answer(key), let verdict = verdict(answer, question) {
      memory?.keep(key, answer)
      return verdict
    }
    let verdict = search(for: question)
    if let key { memory?.keep(key, KnownAnswers.Answer(verdict)) }
    return verdict
  }

  /// What was answered elsewhere, if it holds here too.
  private func verdict(_ answer: KnownAnswers.Answer, _ question: Question) -> Verdict? {
    switch answer {
    case .nobody: return .nobody
    case .undecided(let reason): return .undecided(reason)
    case .patient(let facts):
      return asking(facts) { $0.answers(question) } ? .patient(Witness(facts: facts)) : nil
    case .possible: return nil
    }
  }

  private mutating func search(for question: Question) -> Verdict {
    var goals = [prepare(question)]
    var hasDoubt = false
    for _ in 0..<Self.mostCandidates {
      if goals.contains(FormulaStore.impossible) { return hasDoubt ? Self.notConfirmed : .nobody }
      switch solve(goals) {
      case .impossible: return hasDoubt ? Self.notConfirmed : .nobody
      case .exhausted: return .undecided("the search did not come to an end within its budget")
      case .found(let assignment):
        if let witness = confirm(question, assignment) { return .patient(witness) }
        hasDoubt = true
        goals.append(other(than: assignment))
      }
    }
    return Self.notConfirmed
  }

  /// The candidate, if the engine says that the question is true of him, with no fact that does not matter.
  private mutating func confirm(_ question: Question, _ assignment: Assignment) -> Witness? {
    let candidate = Candidate(assignment: assignment, rows: rows(for: assignment), space: encoder.space)
    guard let facts = engine.asking({ candidate.confirm(question, program, &$0) }) else { return nil }
    return Witness(facts: Minimizing.minimal(facts) { fewer in asking(fewer) { $0.answers(question) } })
  }

  private static let notConfirmed = Verdict.undecided(
    "it turns on arithmetic between several facts, or on rows that depend on each other, and no patient was found")

  private mutating func solve(_ goals: [FormulaID]) -> SearchOutcome {
    var rowSearch = rowSearch
    let space = encoder.space
    let outcome = search.solve(goals, in: &encoder.store, budget: budget) { assignment, store in
      RowTheory(space: space).lemmas(assignment, &store, &rowSearch, into: nil)
    }
    self.rowSearch = rowSearch
    return outcome
  }

  private mutating func rows(for assignment: Assignment) -> [RowTheory.Row] {
    var rows: [RowTheory.Row] = []
    _ = RowTheory(space: encoder.space).lemmas(assignment, &encoder.store, &rowSearch) { rows.append($0) }
    return rows
  }

  /// Some input that matters has another value.
  private mutating func other(than assignment: Assignment) -> FormulaID {
    var changes: [FormulaID] = []
    for choice in assignment.choices where encoder.space.isInput(choice.variable) {
      let here = encoder.store.literal(choice.variable, in: TermSet(choice.value))
      changes.append(encoder.store.not(here))
    }
    return encoder.store.any(changes)
  }
}

extension KnownAnswers.Answer {
  fileprivate init(_ verdict: Verdict) {
    switch verdict {
    case .patient(let witness): self = .patient(witness.facts)
    case .nobody: self = .nobody
    case .undecided(let reason): self = .undecided(reason)
    }
  }
}
