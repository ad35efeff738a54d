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
    #expect(
      compiled.golden == """
        GL0810 unstratified-negation: `safe` depends on itself through a negation, a value or an override
        at g.yaml:8:3 safe
        and g.yaml:9:3 risky: `risky`
        note: the circle: `safe`, which depends on the absence or value of `risky`, which needs `safe`
        """)
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
    #expect(
      compiled.golden == """
        GL0810 unstratified-negation: `give` depends on itself through a negation, a value or an override
        at g.yaml:8:3 give
        and g.yaml:12:3 warn: `warn`
        note: the circle: `give`, which depends on the absence or value of `warn`, which needs `give`
        """)
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
    #expect(
      compiled.golden == """
        GL0810 unstratified-negation: `give` depends on itself through a negation, a value or an override
        at g.yaml:8:3 give
        and g.yaml:11:3 warn: `warn`
        note: the circle: `give`, which depends on the absence or value of `warn`, which needs `give`
        """)
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
    #expect(
      compiled.golden == """
        GL0810 unstratified-negation: `one` depends on itself through a negation, a value or an override
        at g.yaml:8:3 one
        and g.yaml:11:3 other: `other`
        note: the circle: `one`, which depends on the absence or value of `other`, \
        which depends on the absence or value of `one`
        """)
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
    #expect(
      compiled.golden == """
        GL0810 unstratified-negation: `give` depends on itself through a negation, a value or an override
        at g.yaml:10:3 give
        and g.yaml:12:3 poor: `poor`
        and g.yaml:8:3 considered: `considered`
        note: the circle: `give`, which depends on the absence or value of `poor`, \
        which needs `considered`, which needs `give`
        """)
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
          then: [{derive: reach, giver: azathioprine, taker: mycophenolate}]
      """)
    #expect(
      compiled.golden == """
        GL0810 unstratified-negation: `one-more` depends on itself through a negation, a value or an override
        at g.yaml:8:3 one-more
        and words.yaml:13:3 reach: `reach`
        note: the circle: `one-more`, which depends on the absence or value of `reach`, which needs `one-more`
        """)
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
    #expect(
      compiled.golden == """
        GL0810 unstratified-negation: `chosen` depends on itself through a negation, a value or an override
        at g.yaml:8:3 chosen
        and g.yaml:13:3 warn: `warn`
        note: the circle: `chosen`, which depends on the absence or value of `warn`, which needs `chosen`
        """)
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
    #expect(
      compiled.golden == """
        GL0810 unstratified-negation: `chosen` depends on itself through a negation, a value or an override
        at g.yaml:8:3 chosen
        and g.yaml:12:3 give: `give`
        note: the circle: `chosen`, which depends on the absence or value of `give`, \
        which depends on the absence or value of `chosen`
        """)
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
    #expect(
      compiled.golden == """
        GL0810 unstratified-negation: `second` depends on itself through a negation, a value or an override
        at g.yaml:11:3 second
        and g.yaml:8:3 first: `first`
        and g.yaml:15:3 third: `third`
        note: the circle: `second`, which depends on the absence or value of `first`, \
        which needs `third`, which needs `second`
        """)
  }
}
