internal import ClinicalValues
internal import RuleEngine
internal import Testing

@Suite struct OrderTests {
  @Test func `a definition that needs its own opposite is refused with the circle`() throws {
    var builder = RuleGraphBuilder()
    let full = builder.estimate(.terms(TermSet(allOf: 2)))
    let liar = builder.definition(full: full)
    let own = builder.value(.definition(liar))
    let mask = builder.mask(yes: TermSet(0), maybe: TermSet())
    let holds = builder.condition(.member(own, mask))
    let denied = builder.not(holds)
    builder.define(liar, .means(denied))
    #expect {
      try builder.finish()
    } throws: { error in
      guard case .cycle(let steps)? = error as? GraphRefusal else { return false }
      return steps.map(\.node) == [.definition(liar)] && steps[0].isClosed
    }
  }

  @Test func `a definition that needs itself without a negation is false`() throws {
    var builder = RuleGraphBuilder()
    let full = builder.estimate(.terms(TermSet(allOf: 2)))
    let hollow = builder.definition(full: full)
    let own = builder.value(.definition(hollow))
    let mask = builder.mask(yes: TermSet(0), maybe: TermSet())
    let holds = builder.condition(.member(own, mask))
    builder.define(hollow, .means(holds))
    let graph = try builder.finish()
    var session = Session(graph, today: Day(number: 0))
    session.run()
    #expect(session.definition(hollow, .cautious) == .term(1))
  }

  @Test func `equal questions are one node`() {
    var builder = RuleGraphBuilder()
    let slot = builder.scalarSlot(full: RuleGraphBuilder.anyNumber)
    let fact = builder.value(.fact(slot, nil))
    let limit = builder.constant(.exactly(Rational(2)))
    let first = builder.condition(.compare(fact, .less, limit))
    let second = builder.condition(.compare(fact, .less, limit))
    #expect(first == second)
    let both = builder.all([first, second])
    #expect(both == first)
  }

  @Test func `a chain of ten thousand definitions is ordered without recursion`() throws {
    var builder = RuleGraphBuilder()
    let slot = builder.scalarSlot(full: RuleGraphBuilder.anyNumber)
    var value = builder.value(.fact(slot, nil))
    var last = builder.definition(full: RuleGraphBuilder.anyNumber)
    builder.define(last, .value(value))
    for _ in 0..<10_000 {
      value = builder.value(.definition(last))
      last = builder.definition(full: RuleGraphBuilder.anyNumber)
      builder.define(last, .value(value))
    }
    let graph = try builder.finish()
    var session = Session(graph, today: Day(number: 0))
    session.assert(slot, .exactly(Rational(7)))
    session.run()
    #expect(session.definition(last, .presuming) == .exactly(Rational(7)))
  }
}
