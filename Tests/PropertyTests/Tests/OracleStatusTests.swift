internal import Testing

@Suite struct OracleStatusTests {
  private static let rules = """
    rules:
      r:
        when: [flag.p]
        unless: [flag.q]
        then: [{recommend: first_drug}]
    """

  @Test(arguments: [
    ("yes", "no", ["certain recommend first_drug"]),
    ("yes", "{unknown: not_asked}", ["provisional recommend first_drug"]),
    ("yes", "yes", ["overridden recommend first_drug"]),
    ("{unknown: not_asked}", "no", ["possible recommend first_drug"]),
    ("{unknown: not_asked}", "{unknown: not_asked}", ["possible recommend first_drug"]),
    ("{unknown: not_asked}", "yes", []),
    ("no", "no", []),
    ("no", "{unknown: not_asked}", []),
    ("no", "yes", []),
  ])
  func `a rule and its exception give the status of the table`(_ p: String, _ q: String, _ expected: [String]) throws {
    #expect(try Micro.statuses(Self.rules, given: "flag.p: \(p)\nflag.q: \(q)") == expected)
  }

  private static let chain = """
    rules:
      a: {when: [flag.p], overrides: [{rule: b, because: x}], then: [{test: blood}]}
      b: {overrides: [{rule: c, because: x}], then: [{test: urine}]}
      c: {then: [{test: scan}]}
    """

  @Test(arguments: [
    ("yes", ["certain test blood", "certain test scan", "overridden test urine"]),
    ("{unknown: x}", ["possible test blood", "possible test scan", "provisional test urine"]),
    ("no", ["certain test urine", "overridden test scan"]),
  ])
  func `an overridden rule overrides nothing`(_ p: String, _ expected: [String]) throws {
    #expect(try Micro.statuses(Self.chain, given: "flag.p: \(p)") == expected)
  }

  @Test func `an override by pattern leaves the overrides of the rule`() throws {
    let rules = """
      rules:
        a: {overrides: [{conclusions: {test: urine}, because: x}], then: [{test: blood}]}
        b: {overrides: [{rule: c, because: x}], then: [{test: urine}]}
        c: {then: [{test: scan}]}
      """
    #expect(
      try Micro.statuses(rules) == ["certain test blood", "overridden test scan", "overridden test urine"])
  }

  @Test func `a pattern asks for the fields it names and for no class`() throws {
    let rules = """
      rules:
        a: {overrides: [{conclusions: {recommend: family}, because: x}, {conclusions: {against: any, line: [mild, severe]}, because: x}]}
        b: {then: [{recommend: first_drug}, {recommend: family}, {against: first_drug}]}
        c: {then: [{against: family, line: mild}, {against: second_drug, line: moderate}]}
      """
    #expect(
      try Micro.statuses(rules) == [
        "certain against first_drug", "certain against second_drug", "certain recommend first_drug",
        "overridden against family", "overridden recommend family",
      ])
  }

  @Test func `what rests on a provisional conclusion is provisional`() throws {
    let rules = """
      rules:
        a: {unless: [flag.q], then: [{recommend: first_drug}]}
        b: {when: [recommend first_drug is concluded], then: [{test: blood}]}
        c: {when: [rule a applies], then: [{test: urine}]}
        d: {when: [{not: recommend first_drug is concluded}], then: [{test: scan}]}
      """
    #expect(
      try Micro.statuses(rules) == [
        "possible test scan", "provisional recommend first_drug", "provisional test blood", "provisional test urine",
      ])
  }

  @Test func `a field that is unknown makes a conclusion possible`() throws {
    let rules = """
      rules:
        a: {then: [{recommend: first_drug, dose: size.x}]}
        b: {then: [{recommend: second_drug, dose: size.x if known}]}
        c: {then: [{recommend: other_drug, dose: highest (medication.dose)}]}
      """
    let result = try Micro.evaluate(rules, given: "medication: []")
    #expect(
      result.conclusions.map(\.description) == [
        "certain recommend other_drug [one/c ]", "certain recommend second_drug [one/b ]",
        "possible recommend first_drug undecided: dose [one/a ]",
      ])
  }

  @Test(arguments: [
    ("flag.p: no", ["one"], [:], []), ("{}", [], ["one": 2], []),
    ("flag.p: yes", [], [:], ["certain test blood", "possible test urine"]),
  ])
  func `outside of its scope a guideline is silent`(
    _ given: String, _ out: [String], _ undecided: [String: Int], _ expected: [String]
  ) throws {
    let body = "scope: [flag.p]\nrules: {a: {then: [{test: blood}]}, b: {when: [flag.q], then: [{test: urine}]}}"
    let result = try Micro.evaluate(body, given: given)
    #expect(result.outOfScope == out)
    #expect(result.undecided == undecided)
    #expect(try Micro.statuses(body, given: given) == expected)
  }

  @Test func `mutual overrides are refused`() throws {
    let rules = """
      rules:
        a: {overrides: [{rule: b, because: x}], then: [{test: blood}]}
        b: {overrides: [{rule: a, because: x}], then: [{test: urine}]}
      """
    #expect(try Micro.runs(rules) == nil)
  }

  @Test func `rows of one grid do not override each other`() throws {
    let body = """
      tables:
        grid:
          in: [choice.drug]
          overrides: [{conclusions: {test: any}, because: x}]
          rows:
            - [any, {test: blood}]
            - [first_drug, {test: urine}]
      rules: {a: {then: [{test: scan}]}}
      """
    let result = try Micro.evaluate(body, given: "choice.drug: first_drug")
    #expect(
      result.conclusions.map { "\($0.status) \($0.subject ?? "-")" } == [
        "certain blood", "certain urine", "overridden scan",
      ])
    #expect(result.uniqueTables == ["one/grid"])
  }

  @Test func `equal conclusions of one rule are one and the best status counts`() throws {
    let rules = """
      rules:
        a:
          for_each: {m: medication}
          when: [m.status is taken]
          then: [{recommend: m.agent}]
      """
    let given = """
      medication:
        - {agent: first_drug, status: taken}
        - {agent: first_drug}
        - {agent: second_drug}
      """
    #expect(
      try Micro.statuses(rules, given: given) == [
        "certain recommend first_drug", "possible recommend second_drug",
      ])
  }

  @Test func `a pattern that names a row means each row of the rule that overrides`() throws {
    let rules = """
      rules:
        a: {then: [{recommend: first_drug}, {recommend: second_drug}, {recommend: other_drug}]}
        b:
          for_each: {m: medication}
          when: [m.dose > 1 mg]
          overrides: [{conclusions: {recommend: m.agent}, because: x}]
      """
    let given = """
      medication:
        - {agent: first_drug, dose: 2 mg}
        - {agent: second_drug}
        - {agent: other_drug, dose: 1 mg}
      """
    #expect(
      try Micro.statuses(rules, given: given) == [
        "certain recommend other_drug", "overridden recommend first_drug", "provisional recommend second_drug",
      ])
    #expect(try Micro.statuses(rules, given: "medication: []").allSatisfy { $0.hasPrefix("certain") })
    #expect(try Micro.statuses(rules).allSatisfy { $0.hasPrefix("provisional") })
  }
}
