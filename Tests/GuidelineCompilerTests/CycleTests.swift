internal import GuidelineCompiler
internal import Testing

/// Circles that no order of evaluation can settle are shown whole.
@Suite struct CycleTests {
  @Test func `a circle through a negation is refused`() throws {
    let compiled = try Compiled(
      """
      define:
        safe: {means: not risky}
        risky: {means: {any: [bleeding, safe]}}
      """)
    #expect(compiled.program == nil)
    #expect(compiled.golden == "")
  }

  @Test func `a circle through none is refused`() throws {
    let compiled = try Compiled(
      """
      rules:
        give:
          when:
            - none: [against azathioprine is concluded]
          then: [{recommend: azathioprine}]
        warn:
          when: [rule give applies]
          then: [{against: azathioprine}]
      """)
    #expect(compiled.golden == "")
  }

  @Test func `a circle through an exception is refused`() throws {
    let compiled = try Compiled(
      """
      rules:
        give:
          unless: [rule warn applies]
          then: [{recommend: azathioprine}]
        warn:
          when: [recommend azathioprine is concluded]
          then: [{against: azathioprine}]
      """)
    #expect(compiled.golden == "")
  }

  @Test func `rules that override each other are refused`() throws {
    let compiled = try Compiled(
      """
      rules:
        one:
          then: [{recommend: azathioprine}]
          overrides: [{rule: other, because: it is newer}]
        other:
          then: [{recommend: mycophenolate}]
          overrides: [{rule: one, because: it is older}]
      """)
    #expect(compiled.golden == "")
  }

  @Test func `an override by pattern of what the rule rests on is refused`() throws {
    let compiled = try Compiled(
      """
      define:
        considered: {means: recommend azathioprine is concluded}
      rules:
        give:
          then: [{recommend: azathioprine, line: first}]
        poor:
          when: [considered, bleeding]
          overrides: [{conclusions: {recommend: azathioprine}, because: bleeding}]
      """)
    #expect(compiled.golden == "")
  }

  @Test func `an override of another line is no circle`() throws {
    let compiled = try Compiled(
      """
      define:
        considered: {means: recommend azathioprine line first is concluded}
      rules:
        give:
          then: [{recommend: azathioprine, line: first}]
        again:
          then: [{recommend: azathioprine, line: second}]
        poor:
          when: [considered, bleeding]
          overrides: [{conclusions: {recommend: azathioprine, line: second}, because: bleeding}]
      """)
    #expect(compiled.golden == "")
    #expect(compiled.program != nil)
  }

  @Test func `a circle through a count is refused`() throws {
    let compiled = try Compiled(
      """
      rules:
        one-more:
          when: [count (reach) < 3]
          then: [{derive: reach, from: azathioprine, to: mycophenolate}]
      """)
    #expect(compiled.golden == "")
  }

  @Test func `a circle through a value is refused`() throws {
    let compiled = try Compiled(
      """
      define:
        chosen:
          first:
            - {when: against azathioprine is concluded, is: mycophenolate}
            - {otherwise: azathioprine}
      rules:
        warn:
          when: [chosen is azathioprine]
          then: [{against: azathioprine}]
      """)
    #expect(compiled.golden == "")
  }

  @Test func `a circle through the test whether something is unknown is refused`() throws {
    let compiled = try Compiled(
      """
      define:
        chosen:
          first:
            - {when: recommend azathioprine is concluded, is: azathioprine}
      rules:
        give:
          when: [chosen is unknown]
          then: [{recommend: azathioprine}]
      """)
    #expect(compiled.golden == "")
  }

  @Test func `a circle of three shows all three`() throws {
    let compiled = try Compiled(
      """
      rules:
        first:
          when: [rule third applies]
          then: [{recommend: azathioprine}]
        second:
          when:
            - not: rule first applies
          then: [{recommend: mycophenolate}]
        third:
          when: [rule second applies]
          then: [{recommend: rituximab}]
      """)
    #expect(compiled.golden == "")
  }
}
