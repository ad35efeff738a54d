package import ClinicalValues
package import GuidelineCompiler
package import GuidelineModel
package import RuleEngine

/// Something that is true of a patient by two versions.
package indirect enum VersionQuestion: Hashable, Sendable {
  case before(Question)
  case after(Question)
  case all([VersionQuestion])
  case any([VersionQuestion])
}

/// A patient as both versions record him.
package struct VersionWitness: Sendable {
  package var before: PatientFacts
  package var after: PatientFacts
  /// What only the earlier version records.
  package var onlyBefore: PatientFacts
}

/// What is known about all patients at once, by two versions.
package enum VersionVerdict: Sendable {
  case patient(VersionWitness)
  /// Proved: it is true of nobody whom both versions can record.
  case nobody
  case undecided(String)
}

/// Exact questions about two versions of a program: whether there is a patient for whom they differ.
package struct VersionComparison {
  package let before: Program
  package let after: Program
  package let today: Day
  private var encoders: TwoEncoders
  private var search = Search()
  private var rowSearch = Search()
  private let budget: Int
  /// How long a patient is looked for who the engines of both versions agree on.
  package struct Effort: Sendable {
    var candidates: Int
    var trials: Int

    package static let full = Effort(candidates: 60, trials: 2_000)
    /// For what was looked for in vain already, and for what is only another way to it.
    package static let little = Effort(candidates: 12, trials: 400)
  }

  /// So many patients are given to both engines for one candidate: where numbers have to go together, it stands for many.
  private static let mostTrialsOfOne = 150

  package init(before: Program, after: Program, today: Day, budget: Int = 2_000_000) {
    self.before = before
    self.after = after
    self.today = today
    self.budget = budget
    encoders = TwoEncoders(before: before, after: after, today: today)
  }

  /// What keeps some patients from being compared, a sentence each.
  package var limits: [String] { encoders.limits }

  /// A number for everything that a conclusion says and rests on: equal numbers stand for the same patients, in either
  /// version.
  package mutating func meaning(_ place: PlaceID, _ version: Version) -> Int { encoders.meaning(place, version) }

  /// Proves of named conditions that are written otherwise, or rest on something that is, that they have the same
  /// answer for everybody; what rests on them then needs no question.
  ///
  /// They are taken in the order in which they rest on each other.
  package mutating func settleDefinitions() {
    var known: [String: DefinitionNodeID] = [:]
    for (index, trace) in before.sourceMap.definitions.enumerated() {
      known[before.name(trace.id)] = DefinitionNodeID(index)
    }
    for node in after.graph.components.flatMap(\.nodes) {
      guard case .definition(let id) = node, case .means(let condition) = after.graph[id].form,
        let other = known[after.name(after.sourceMap.definitions[id.index].id)],
        case .means(let former) = before.graph[other].form,
        encoders.meaning(other, .before) != encoders.meaning(id, .after)
      else { continue }
      if areEqual(former, condition) { encoders.declareEqual(before: other, after: id) }
    }
  }

  private mutating func areEqual(_ former: ConditionID, _ condition: ConditionID) -> Bool {
    let differences = Reading.allCases.flatMap { reading -> [VersionQuestion] in
      [
        .all([.before(.holds(former, reading)), .after(.not(.holds(condition, reading)))]),
        .all([.before(.not(.holds(former, reading))), .after(.holds(condition, reading))]),
        .all([.before(.fails(former, reading)), .after(.not(.fails(condition, reading)))]),
        .all([.before(.not(.fails(former, reading))), .after(.fails(condition, reading))]),
      ]
    }
    return isImpossible(.any(differences))
  }

  private mutating func isImpossible(_ question: VersionQuestion) -> Bool {
    let goal = prepare(question)
    return goal == FormulaStore.impossible || solve([goal]) == .impossible
  }

  /// A number for what a value means: equal numbers stand for the same value of every patient.
  package mutating func meaning(_ value: ValueID, _ version: Version) -> Int { encoders.meaning(value, version) }

  /// A patient of whom the question is true; as he was found, or with no fact that does not matter.
  package mutating func patient(
    _ question: VersionQuestion, isMinimal: Bool = true, effort: Effort = .full
  ) -> VersionVerdict {
    var goals = [prepare(question)]
    var engines = Engines(self)
    var hasDoubt = false
    for _ in 0..<effort.candidates where engines.trials < effort.trials {
      if goals.contains(FormulaStore.impossible) { return hasDoubt ? Self.notConfirmed : .nobody }
      switch solve(goals) {
      case .impossible: return hasDoubt ? Self.notConfirmed : .nobody
      case .exhausted: return .undecided("the search did not come to an end within its budget")
      case .found(let assignment):
        if let witness = confirm(question, assignment, &engines) {
          return .patient(isMinimal ? minimal(question, witness, &engines) : witness)
        }
        hasDoubt = true
        goals.append(other(than: assignment))
      }
    }
    return Self.notConfirmed
  }

  /// Of a patient who was found for another question: the least of him that shows each of these; nil: he does not.
  package func least(_ witness: VersionWitness, showing questions: [VersionQuestion]) -> [VersionWitness?] {
    var engines = Engines(self)
    engines.run(witness.after, witness.onlyBefore)
    let isShown = questions.map { engines.answer($0) }
    return zip(questions, isShown).map { question, isShown in
      isShown ? minimal(question, witness, &engines) : nil
    }
  }

  private static let notConfirmed = VersionVerdict.undecided(
    "it turns on arithmetic between several facts, or on rows that depend on each other, and no patient was found")

  // MARK: Search

  private mutating func prepare(_ question: VersionQuestion) -> FormulaID {
    let goal = formula(question)
    for version in [Version.before, .after] {
      let constraints = encoders.work(version) { $0.takeConstraints() }
      search.require(constraints, in: encoders.after.store)
    }
    return goal
  }

  private mutating func formula(_ question: VersionQuestion) -> FormulaID {
    switch question {
    case .before(let question): return encoders.work(.before) { encoder in encoder.formula(question) }
    case .after(let question): return encoders.work(.after) { encoder in encoder.formula(question) }
    case .all(let members):
      let formulas = formulas(members)
      return encoders.after.store.all(formulas)
    case .any(let members):
      let formulas = formulas(members)
      return encoders.after.store.any(formulas)
    }
  }

  private mutating func formulas(_ members: [VersionQuestion]) -> [FormulaID] {
    var formulas: [FormulaID] = []
    for member in members { formulas.append(formula(member)) }
    return formulas
  }

  private mutating func solve(_ goals: [FormulaID]) -> SearchOutcome {
    var rowSearch = Search()
    swap(&rowSearch, &self.rowSearch)
    let theories = theories
    let outcome = search.solve(goals, in: &encoders.after.store, budget: budget) { assignment, store in
      theories.flatMap { $0.lemmas(assignment, &store, &rowSearch, into: nil) }
    }
    swap(&rowSearch, &self.rowSearch)
    return outcome
  }

  /// The rows of both, then those that only the earlier version reads.
  private var theories: [RowTheory] {
    [
      RowTheory(space: encoders.after.space),
      RowTheory(space: encoders.before.space, only: encoders.relationsOnlyBefore),
    ]
  }

  private mutating func rows(_ theory: RowTheory, for assignment: Assignment) -> [RowTheory.Row] {
    var rows: [RowTheory.Row] = []
    _ = theory.lemmas(assignment, &encoders.after.store, &rowSearch) { rows.append($0) }
    return rows
  }

  /// Some input that matters has another value.
  private mutating func other(than assignment: Assignment) -> FormulaID {
    var changes: [FormulaID] = []
    for choice in assignment.choices
    where encoders.after.space.isInput(choice.variable) || encoders.before.space.isInput(choice.variable) {
      let here = encoders.after.store.literal(choice.variable, in: TermSet(choice.value))
      changes.append(encoders.after.store.not(here))
    }
    return encoders.after.store.any(changes)
  }

  // MARK: The engine

  private mutating func confirm(
    _ question: VersionQuestion, _ assignment: Assignment, _ engines: inout Engines
  ) -> VersionWitness? {
    let both = theories
    let after = Candidate(
      assignment: assignment, rows: rows(both[0], for: assignment), space: encoders.after.space)
    let before = Candidate(
      assignment: assignment, rows: rows(both[1], for: assignment), space: encoders.before.space)
    let isForeign = encoders.after.space.subjects.map { $0 == .foreign }
    let isOpen = after.isOpen || before.isOpen
    let others = isOpen ? Self.some(of: after.sweeps()) + Self.some(of: after.variations(always: true)) : []
    for numbers in [[:]] + others {
      let facts = after.facts(numbers)
      let rest = before.facts(numbers) { isForeign[$0.index] }
      guard engines.answer(question, facts, rest) else { continue }
      return VersionWitness(before: engines.inBefore(facts, rest), after: facts, onlyBefore: rest)
    }
    return nil
  }

  /// Those that are tried lie as far apart as they can.
  private static func some(of all: [[VariableID: Rational]]) -> [[VariableID: Rational]] {
    let step = max(1, (all.count + mostTrialsOfOne - 1) / mostTrialsOfOne)
    return stride(from: 0, to: all.count, by: step).map { all[$0] }
  }

  private func minimal(
    _ question: VersionQuestion, _ witness: VersionWitness, _ engines: inout Engines
  ) -> VersionWitness {
    let fewer = Minimizing.minimal(witness.onlyBefore) { engines.answer(question, witness.after, $0) }
    let least = Minimizing.minimal(witness.after) { engines.answer(question, $0, fewer) }
    return VersionWitness(before: engines.inBefore(least, fewer), after: least, onlyBefore: fewer)
  }

  /// Both versions, ready to be asked about patients.
  private struct Engines: ~Copyable {
    let before: Program
    let after: Program
    let names: VocabularyMap
    private(set) var trials = 0
    var sessionBefore: Session
    var sessionAfter: Session

    init(_ comparison: VersionComparison) {
      before = comparison.before
      after = comparison.after
      names = comparison.encoders.namesInBefore
      sessionBefore = Session(before.graph, today: comparison.today)
      sessionAfter = Session(after.graph, today: comparison.today)
    }

    func inBefore(_ facts: PatientFacts, _ rest: PatientFacts) -> PatientFacts { names.carry(facts).with(rest) }

    mutating func answer(_ question: VersionQuestion, _ facts: PatientFacts, _ rest: PatientFacts) -> Bool {
      run(facts, rest)
      return answer(question)
    }

    mutating func run(_ facts: PatientFacts, _ rest: PatientFacts) {
      trials += 1
      _ = after.takeIn(facts, into: &sessionAfter)
      sessionAfter.run()
      _ = before.takeIn(inBefore(facts, rest), into: &sessionBefore)
      sessionBefore.run()
    }

    mutating func answer(_ question: VersionQuestion) -> Bool {
      switch question {
      case .before(let question): return sessionBefore.answers(question)
      case .after(let question): return sessionAfter.answers(question)
      case .all(let members):
        for member in members where !answer(member) { return false }
        return true
      case .any(let members):
        for member in members where answer(member) { return true }
        return false
      }
    }
  }
}

extension PatientFacts {
  /// With the facts of another, which goes before.
  fileprivate func with(_ other: PatientFacts) -> PatientFacts {
    var joined = self
    joined.scalars.merge(other.scalars) { $1 }
    joined.sets.merge(other.sets) { $1 }
    joined.series.merge(other.series) { $1 }
    joined.records.merge(other.records) { $1 }
    return joined
  }
}

extension Program {
  /// A definition by its document and name.
  fileprivate func name(_ id: DefinitionID) -> String {
    "\(library[library[id].document].id)/\(library[id].name)"
  }
}

extension PatientSpace {
  /// Whether a variable is about the patient.
  func isInput(_ variable: VariableID) -> Bool {
    switch subjects[variable.index] {
    case .open, .computed, .named, .foreign: false
    default: true
    }
  }
}
