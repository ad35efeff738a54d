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
  /// How often a constraint may be looked at for one question.
  private let budget: Int
  /// So many candidates are given to the engine for one question.
  private static let mostCandidates = 60

  package init(
    _ program: Program, today: Day, brokenRules: Set<RuleNodeID> = [], brokenDefinitions: Set<DefinitionNodeID> = [],
    budget: Int = 2_000_000
  ) {
    self.program = program
    self.today = today
    self.budget = budget
    encoder = Encoder(program, today: today, brokenRules: brokenRules, brokenDefinitions: brokenDefinitions)
  }

  /// Whether there is a patient of whom the question is true; one of whom a `preferred` question is true too goes
  /// first.
  package mutating func patient(_ question: Question, preferring preferred: Question? = nil) -> Verdict {
    if let preferred, case .patient(let witness) = decide(.all([question, preferred])) { return .patient(witness) }
    return decide(question)
  }

  /// Proved to be true of nobody.
  package mutating func isImpossible(_ question: Question) -> Bool {
    let goal = prepare(question)
    if goal == FormulaStore.impossible { return true }
    return solve([goal]) == .impossible
  }

  private mutating func prepare(_ question: Question) -> FormulaID {
    let goal = encoder.formula(question)
    search.require(encoder.takeConstraints(), in: encoder.store)
    return goal
  }

  private mutating func decide(_ question: Question) -> Verdict {
    var goals = [prepare(question)]
    var session = Session(program.graph, today: today)
    var hasDoubt = false
    for _ in 0..<Self.mostCandidates {
      if goals.contains(FormulaStore.impossible) { return hasDoubt ? Self.notConfirmed : .nobody }
      switch solve(goals) {
      case .impossible: return hasDoubt ? Self.notConfirmed : .nobody
      case .exhausted: return .undecided("the search did not come to an end within its budget")
      case .found(let assignment):
        let candidate = Candidate(assignment: assignment, rows: rows(for: assignment), space: encoder.space)
        if let facts = candidate.confirm(question, program, &session) {
          let least = Minimizing.minimal(facts) { fewer in
            _ = program.takeIn(fewer, into: &session)
            session.run()
            return session.answers(question)
          }
          return .patient(Witness(facts: least))
        }
        hasDoubt = true
        goals.append(other(than: assignment))
      }
    }
    return Self.notConfirmed
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
