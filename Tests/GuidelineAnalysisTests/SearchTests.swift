internal import ClinicalValues
internal import GuidelineAnalysis
internal import Testing

@Suite struct SearchTests {
  private var store = FormulaStore()
  private var search = Search()

  private mutating func variables(_ count: Int, size: Int = 3) -> [VariableID] {
    (0..<count).map { _ in store.variable(size: size) }
  }

  private mutating func literal(_ variable: VariableID, _ values: Int...) -> FormulaID {
    store.literal(variable, in: TermSet(values))
  }

  private mutating func solve(_ goals: [FormulaID], budget: Int = 10_000) -> SearchOutcome {
    search.solve(goals, in: store, budget: budget)
  }

  private func choices(_ outcome: SearchOutcome) -> [Int: Int]? {
    guard case .found(let assignment) = outcome else { return nil }
    return Dictionary(uniqueKeysWithValues: assignment.choices.map { ($0.variable.index, $0.value) })
  }

  @Test mutating func `without goals nothing matters`() {
    _ = variables(2)
    #expect(choices(solve([])) == [:])
    #expect(choices(solve([FormulaStore.certain])) == [:])
    #expect(solve([FormulaStore.impossible]) == .impossible)
  }

  @Test mutating func `the first value that will do is found`() {
    let x = variables(2)
    #expect(choices(solve([literal(x[1], 1, 2)])) == [1: 1])
    #expect(choices(solve([literal(x[1], 1, 2), literal(x[1], 2, 0)])) == [1: 2])
    #expect(solve([literal(x[1], 1), literal(x[1], 2)]) == .impossible)
  }

  @Test mutating func `values beyond the first word are found`() {
    let wide = store.variable(size: 3000)
    let goals = [store.literal(wide, in: TermSet(64..<3000)), store.literal(wide, in: TermSet([5, 2999]))]
    #expect(choices(solve(goals)) == [0: 2999])
    #expect(solve(goals + [store.literal(wide, in: TermSet(0..<2999))]) == .impossible)
  }

  @Test mutating func `ordinary values that suffice are kept`() {
    let x = variables(3)
    let goal = store.any([store.all([literal(x[0], 1), literal(x[1], 1)]), literal(x[2], 0)])
    #expect(choices(solve([goal])) == [2: 0])
  }

  @Test mutating func `a variable that does not matter is not named`() {
    let x = variables(3)
    let goal = store.any([literal(x[0], 1), literal(x[1], 1), literal(x[2], 1)])
    #expect(choices(solve([goal, literal(x[1], 1)])) == [1: 1])
  }

  @Test mutating func `pigeons without enough holes are impossible`() {
    let pigeons = variables(5, size: 4)
    var goals: [FormulaID] = []
    for first in pigeons {
      for second in pigeons where second.index > first.index {
        for hole in 0..<4 { goals.append(store.not(store.all([literal(first, hole), literal(second, hole)]))) }
      }
    }
    #expect(solve(goals) == .impossible)
    #expect(solve(goals, budget: 5) == .exhausted)
    let fewer = goals.filter { !store.variables(of: $0).contains(pigeons[4]) }
    #expect(choices(solve(fewer)).map { Set($0.values) } == [0, 1, 2, 3])
  }

  @Test mutating func `an early end leaves no trace`() {
    let x = variables(4, size: 2)
    let goals = [store.any([literal(x[0], 1), literal(x[1], 1)]), store.any([literal(x[2], 1), literal(x[3], 1)])]
    #expect(solve(goals, budget: 0) == .exhausted)
    #expect(solve([literal(x[0], 0), literal(x[1], 0), goals[0]]) == .impossible)
    #expect(choices(solve([literal(x[0], 0), literal(x[1], 0)])) == [0: 0, 1: 0])
  }
}

/// What holds of every patient.
extension SearchTests {
  @Test mutating func `a requirement rules out`() {
    let x = variables(2)
    search.require(store.any([literal(x[0], 0), literal(x[1], 2)]), in: store)
    #expect(choices(solve([literal(x[0], 1)])) == [0: 1, 1: 2])
    #expect(solve([literal(x[0], 1), literal(x[1], 0, 1)]) == .impossible)
  }

  @Test mutating func `requirements are followed from variable to variable`() {
    let x = variables(50, size: 2)
    for place in 1..<50 {
      search.require(store.any([literal(x[place - 1], 0), literal(x[place], 1)]), in: store)
    }
    #expect(choices(solve([literal(x[0], 1)]))?.count == 50)
    #expect(solve([literal(x[0], 1), literal(x[49], 0)]) == .impossible)
  }

  @Test mutating func `requirements on other variables are not looked at`() {
    let x = variables(4)
    search.require(store.any([literal(x[2], 1), literal(x[3], 1)]), in: store)
    search.require(store.any([literal(x[1], 1), literal(x[2], 1)]), in: store)
    #expect(choices(solve([literal(x[0], 1)])) == [0: 1])
  }

  @Test mutating func `what is impossible cannot be required in vain`() {
    let x = variables(1)
    search.require(FormulaStore.impossible, in: store)
    #expect(solve([literal(x[0], 1)]) == .impossible)
  }

  @Test mutating func `variables and formulas may be added between queries`() {
    let first = store.variable(size: 2)
    #expect(choices(solve([literal(first, 1)])) == [0: 1])
    let second = store.variable(size: 200)
    search.require(store.any([literal(first, 0), store.literal(second, in: TermSet(199))]), in: store)
    #expect(choices(solve([literal(first, 1)])) == [0: 1, 1: 199])
  }
}

/// A judge of candidates.
extension SearchTests {
  @Test mutating func `a refuted candidate is followed by the next and the lemma remembered`() {
    let x = variables(1)
    var seen: [Int?] = []
    let goal = literal(x[0], 1, 2)
    let outcome = search.solve([goal], in: &store, budget: 100) { candidate, store in
      seen.append(candidate[x[0]])
      return candidate[x[0]] == 1 ? [store.literal(x[0], in: TermSet([0, 2]))] : []
    }
    #expect(seen == [1, 2])
    #expect(choices(outcome) == [0: 2])
    #expect(choices(solve([goal])) == [0: 2])
    #expect(solve([literal(x[0], 1)]) == .impossible)
  }

  @Test mutating func `a lemma that rules nothing out ends the search undecided`() {
    let x = variables(2)
    let outcome = search.solve([literal(x[0], 1)], in: &store, budget: 100) { _, store in
      [store.literal(x[1], in: TermSet([0, 1]))]
    }
    #expect(outcome == .exhausted)
  }

  @Test mutating func `a search in which everything is refuted is impossible`() {
    let x = variables(3)
    let goal = store.any([literal(x[0], 1), literal(x[1], 1), literal(x[2], 2)])
    let outcome = search.solve([goal], in: &store, budget: 1_000) { candidate, store in
      [store.any(candidate.choices.map { store.not(store.literal($0.variable, in: TermSet($0.value))) })]
    }
    #expect(outcome == .impossible)
  }
}
