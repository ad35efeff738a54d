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
        then: [{derive: reach, from: c.from, to: c.to}]
      leap:
        for_each: {r: reach, c: contact}
        when: [r.to is c.from]
        then: [{derive: reach, from: r.from, to: c.to}]
      reached:
        for_each: {r: reach where from is azathioprine}
        then: [{recommend: r.to}]
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
          then: [{derive: reach, from: c.from, to: c.to, days: c.days}]
        leap:
          for_each: {r: reach, c: contact}
          when: [r.to is c.from]
          then: [{derive: reach, from: r.from, to: c.to, days: r.days + 1}]
      """)
    #expect(compiled.program == nil)
    #expect(compiled.golden == "")
  }

  @Test func `arithmetic before a recursion is accepted`() throws {
    let compiled = try Compiled(
      """
      rules:
        step:
          for_each: {c: contact}
          then: [{derive: reach, from: c.from, to: c.to, days: c.days + 1}]
        reached:
          for_each: {r: reach where days > 1}
          then: [{recommend: r.to}]
      """)
    #expect(compiled.golden == "")
    #expect(compiled.program != nil)
  }
}
