internal import ClinicalValues
internal import Foundation
internal import GuidelineAnalysis
internal import TestSupport
internal import Testing

/// Prints how long the search takes; asked for with GUIDELINE_BENCHMARK=1, in a release build.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["GUIDELINE_BENCHMARK"] != nil))
struct SearchBenchmark {
  private func measure(_ name: String, _ body: () -> String) {
    for _ in 0..<3 {
      let clock = ContinuousClock()
      let start = clock.now
      let result = body()
      print("\(name): \(clock.now - start), \(result)")
    }
  }

  /// Rules in so many topics, each topic about eight of the 32 facts.
  private func rules(_ topics: Int, each: Int, facts: Int) -> (RuleWorld, [FormulaID], [[Int]]) {
    var random = SeededRandom(seed: 42)
    var kinds: [FactKind] = (0..<6).map { _ in .choice(3 + random.below(5)) }
    kinds += Array(repeating: .choice(2), count: 14)
    kinds += Array(repeating: .integer(0...1000), count: 6) + Array(repeating: .real(0...500), count: 6)
    var world = RuleWorld(kinds: kinds)
    var members: [[Int]] = []
    for _ in 0..<topics {
      let about = Array(Array(0..<32).shuffled(using: &random).prefix(facts))
      members.append(Array(world.rules.count..<world.rules.count + each))
      for _ in 0..<each { world.rules.append(world.randomRule(of: about, &random)) }
    }
    world.cut()
    let formulas = world.rules.map { world.formula($0) }
    return (world, formulas, members)
  }

  @Test func `pairs of rules`() {
    let (world, formulas, _) = rules(20, each: 25, facts: 8)
    measure("overlap of \(formulas.count * (formulas.count - 1) / 2) pairs") {
      var search = Search()
      var found = 0
      for second in formulas.indices {
        for first in 0..<second {
          let outcome = search.solve([formulas[first], formulas[second]], in: world.store, budget: 10_000)
          if case .found = outcome { found += 1 }
        }
      }
      return "\(found) overlap"
    }
    var store = world.store
    let negations = formulas.map { store.not($0) }
    measure("subsumption of \(formulas.count * (formulas.count - 1)) pairs") {
      var search = Search()
      var found = 0
      for second in formulas.indices {
        for first in formulas.indices where first != second {
          let outcome = search.solve([formulas[first], negations[second]], in: store, budget: 10_000)
          if case .impossible = outcome { found += 1 }
        }
      }
      return "\(found) subsumed"
    }
  }

  @Test(arguments: [50, 400])
  func `pairs of rules with requirements`(_ count: Int) {
    let (world, formulas, _) = rules(20, each: 25, facts: 8)
    var store = world.store
    var search = Search()
    var random = SeededRandom(seed: 7)
    for _ in 0..<count {
      // Ordinary patients meet a requirement; of others it asks something of a second fact.
      let (first, second) = (random.below(32), random.below(32))
      let size = world.samples[first].count + 1
      let ordinary = store.literal(VariableID(first), in: TermSet(0..<size - 1))
      let consequence = store.literal(VariableID(second), in: TermSet([0, world.samples[second].count]))
      search.require(store.any([ordinary, consequence]), in: store)
    }
    measure("overlap of all pairs with \(count) requirements") {
      var found = 0
      for second in formulas.indices {
        for first in 0..<second {
          if case .found = search.solve([formulas[first], formulas[second]], in: store, budget: 10_000) { found += 1 }
        }
      }
      return "\(found) overlap"
    }
  }

  @Test(arguments: [(20, 25, 8), (5, 100, 16), (8, 100, 8)])
  func `gaps and dead rows`(_ topics: Int, _ each: Int, _ facts: Int) {
    let (world, formulas, members) = rules(topics, each: each, facts: facts)
    var store = world.store
    let negations = formulas.map { store.not($0) }
    let known = world.samples.indices.map { store.literal(VariableID($0), in: TermSet(1...world.samples[$0].count)) }
    measure("gap, \(topics) tables of \(each) rows over \(facts) facts") {
      var search = Search()
      return members.map { "\(search.solve($0.map { negations[$0] } + known, in: store, budget: 1_000_000))".prefix(5) }
        .joined(separator: " ")
    }
    measure("dead rows, \(topics) tables of \(each) rows over \(facts) facts") {
      var search = Search()
      var dead = 0
      for member in members {
        for row in member {
          let goals = [formulas[row]] + member.prefix { $0 < row }.map { negations[$0] }
          if search.solve(goals, in: store, budget: 1_000_000) == .impossible { dead += 1 }
        }
      }
      return "\(dead) dead"
    }
  }

  @Test(arguments: [60, 100])
  func `clauses of three at the threshold`(_ count: Int) {
    measure("20 times \(count) variables") {
      var random = SeededRandom(seed: 42)
      var outcomes: [String: Int] = [:]
      for _ in 0..<20 {
        var world = RandomWorld(sizes: Array(repeating: 2, count: count))
        let clauses = (0..<count * 426 / 100).map { _ in
          world.store.any((0..<3).map { _ in world.literal(VariableID(random.below(count)), [random.below(2)]) })
        }
        var search = Search()
        let outcome = search.solve(clauses, in: world.store, budget: 3_000_000)
        outcomes[String("\(outcome)".prefix(5)), default: 0] += 1
      }
      return "\(outcomes.sorted { $0.key < $1.key })"
    }
  }

  @Test func `one variable of four thousand values`() {
    var store = FormulaStore()
    let wide = store.variable(size: 4000)
    let others = (0..<500).map { _ in store.variable(size: 3) }
    let goals = others.enumerated().map { place, other in
      store.any([store.literal(wide, in: TermSet(place * 8 + 8..<4000)), store.literal(other, in: TermSet(1))])
    }
    measure("4,000 values, 500 intervals") {
      var search = Search()
      return String("\(search.solve(goals, in: store, budget: 1_000_000))".prefix(5))
    }
  }
}
