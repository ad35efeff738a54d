internal import ClinicalValues
internal import GuidelineAnalysis
internal import TestSupport
internal import Testing

/// Random formulas over a few small variables, answered by the search and by trying every patient there is.
@Suite struct SearchRandomTests {
  @Test func `the search finds what trying everything finds`() {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "search against trying everything"))
    for _ in 0..<600 {
      var world = RandomWorld(&random)
      let goals = (0..<1 + random.below(4)).map { _ in world.formula(depth: 3, &random) }
      var search = Search()
      for requirement in world.possibleRequirements(random.below(4), &random) {
        search.require(requirement, in: world.store)
        world.required.append(requirement)
      }
      world.check(search.solve(goals, in: world.store, budget: 100_000), goals)
    }
  }

  @Test func `one search answers many questions`() {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "one search, many questions"))
    for _ in 0..<20 {
      var world = RandomWorld(&random)
      var search = Search()
      world.required = world.possibleRequirements(3, &random)
      for requirement in world.required { search.require(requirement, in: world.store) }
      for _ in 0..<50 {
        let goals = (0..<1 + random.below(6)).map { _ in world.formula(depth: 2, &random) }
        world.check(search.solve(goals, in: world.store, budget: 100_000), goals)
      }
    }
  }

  /// As many clauses of three literals as leave about one patient, so that the search has to learn.
  @Test(arguments: [(2, 10, 43), (3, 6, 19), (4, 6, 16)])
  func `hard clauses are answered as by trying everything`(_ size: Int, _ variables: Int, _ count: Int) {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "hard clauses over \(size) values"))
    for _ in 0..<40 {
      var world = RandomWorld(sizes: Array(repeating: size, count: variables))
      let clauses = (0..<count).map { _ in
        let literals = (0..<4).map { _ in
          let first = random.below(size)
          return world.literal(VariableID(random.below(variables)), size < 4 ? [first] : [first, random.below(size)])
        }
        // One clause in four has a group as its last way out.
        return world.store.any(
          literals.prefix(2) + [random.below(4) == 0 ? world.store.all(Array(literals.suffix(2))) : literals[2]])
      }
      var search = Search()
      world.check(search.solve(clauses, in: world.store, budget: 100_000), clauses)
    }
  }

  @Test func `refuted candidates do not come back and accepted ones are true`() {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "refuted candidates"))
    for _ in 0..<250 {
      var world = RandomWorld(&random)
      let goals = (0..<1 + random.below(3)).map { _ in world.formula(depth: 2, &random) }
      let hidden = world.possibleRequirements(1, &random)
      var search = Search()
      let before = world
      let outcome = search.solve(goals, in: &world.store, budget: 20_000_000) { candidate, store in
        guard before.firstPatient(hidden, with: candidate) == nil else { return [] }
        return [
          store.any(candidate.choices.map { store.not(store.literal($0.variable, in: TermSet($0.value))) })
        ]
      }
      world.required = hidden
      world.check(outcome, goals)
    }
  }
}
