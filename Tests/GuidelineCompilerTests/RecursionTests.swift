internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import Testing

/// Rows that are derived from rows, and what may not be computed there.
@Suite struct RecursionTests {
  private static let closure = """
    rules:
      step:
        for_each: {c: contact}
        then: [{derive: reach, giver: c.giver, taker: c.taker}]
      leap:
        for_each: {r: reach, c: contact}
        when: [r.taker is c.giver]
        then: [{derive: reach, giver: r.giver, taker: c.taker}]
      reached:
        for_each: {r: reach where giver is azathioprine}
        then: [{recommend: r.taker}]
    """

  @Test func `rows that grow from rows are accepted`() throws {
    let compiled = try Compiled(Self.closure)
    #expect(compiled.golden == "")
    #expect(compiled.program != nil)
  }

  @Test func `rules that need each other are accepted and stay silent`() throws {
    let compiled = try Compiled(
      """
      rules:
        hen:
          when: [rule egg applies]
          then: [{recommend: azathioprine}]
        egg:
          when: [rule hen applies]
          then: [{recommend: mycophenolate}]
      """)
    #expect(compiled.golden == "")
    let session = try compiled.session()
    for place in [PlaceID(0), PlaceID(1)] {
      #expect(session.concluded(place, .cautious).allSatisfy { $0.stands == .no })
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [true, nil, false])
  func `what one of two rules is told the other one knows, and the rounds end`(bleeds: Bool?) throws {
    let compiled = try Compiled(
      """
      rules:
        hen:
          when: [{any: [bleeding, rule egg applies]}]
          then: [{recommend: azathioprine}]
        egg:
          when: [rule hen applies]
          unless: [fever]
          then: [{recommend: mycophenolate}]
      """)
    let program = try #require(compiled.program)
    var session = Session(program.graph, today: Day(number: 20_000))
    let fact = try #require(compiled.library.vocabulary.factNamed["bleeding"])
    // yes and no are the terms 0 and 1.
    session.assert(try #require(program.sourceMap.scalarSlots[fact]), bleeds.map { Estimate.term($0 ? 0 : 1) })
    session.run()
    let expected: [Truth] = bleeds.map { $0 ? [.unknown, .yes] : [] } ?? [.unknown, .unknown]
    let found = [PlaceID(0), PlaceID(1)].flatMap { session.concluded($0, .cautious).map(\.stands) }
    #expect(found.filter { $0 != .no } == expected)
    let presumed = [PlaceID(0), PlaceID(1)].flatMap { session.concluded($0, .presuming).map(\.stands) }
    #expect(presumed.filter { $0 == .yes }.count == (bleeds == true ? 2 : 0))
  }

  @Test func `arithmetic inside a recursion is refused`() throws {
    let compiled = try Compiled(
      """
      rules:
        step:
          for_each: {c: contact}
          then: [{derive: reach, giver: c.giver, taker: c.taker, days: c.days}]
        leap:
          for_each: {r: reach, c: contact}
          when: [r.taker is c.giver]
          then: [{derive: reach, giver: r.giver, taker: c.taker, days: r.days + 1}]
      """)
    #expect(compiled.program == nil)
    #expect(
      compiled.golden == """
        GL0818 computed-in-recursion: `leap` computes a field of `reach.days` from rows that it derives itself, \
        so the rows might never end
        at g.yaml:11:3 leap
        """)
  }

  @Test func `arithmetic before a recursion is accepted`() throws {
    let compiled = try Compiled(
      """
      rules:
        step:
          for_each: {c: contact}
          then: [{derive: reach, giver: c.giver, taker: c.taker, days: c.days + 1}]
        reached:
          for_each: {r: reach where days > 1}
          then: [{recommend: r.taker}]
      """)
    #expect(compiled.golden == "")
    #expect(compiled.program != nil)
  }
}
