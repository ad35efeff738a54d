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
