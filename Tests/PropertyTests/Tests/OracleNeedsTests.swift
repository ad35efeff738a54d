internal import Testing

/// What would settle what is undecided, asked of the oracle and of the engine.
@Suite struct OracleNeedsTests {
  private func expectNeeds(
    _ body: String, given: String, shared: String = "", _ expected: [String],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let result = try Micro.evaluate(body, given: given, shared: shared)
    #expect(result.needs.keys.sorted() == expected, sourceLocation: location)
    let engine = try #require(Micro.engineNeeds(body, given: given, shared: shared))
    #expect(engine == expected, sourceLocation: location)
  }

  @Test func `below a clause that holds nothing is asked`() throws {
    let shared = """
      define:
        size.z: {first: [{when: flag.p, is: size.x}, {when: flag.q, is: size.y}, {otherwise: 1 mg}]}

      """
    let rule = "rules: {r: {when: [size.z > 3 mg], then: [{test: blood}]}}"
    try expectNeeds(rule, given: "flag.p: yes", shared: shared, ["size.x"])
    try expectNeeds(rule, given: "flag.p: no\nflag.q: yes", shared: shared, ["size.y"])
  }

  @Test(arguments: ["count (lab.b since day.end)", "latest lab.b since day.end"])
  func `a series that is given whole is not asked when only its window is open`(_ value: String) throws {
    let field = value.hasPrefix("count") ? "rank" : "dose"
    try expectNeeds(
      "rules: {r: {then: [{recommend: first_drug, \(field): \(value)}]}}",
      given: "lab.b: [{value: 2 mg, on: 2025-06-09}]", ["day.end"])
  }

  @Test func `a series of which a value is open is asked`() throws {
    try expectNeeds(
      "rules: {r: {then: [{recommend: first_drug, dose: latest lab.b}]}}",
      given: "lab.b: [{value: {unknown: lost}, on: 2025-06-09}]", ["lab.b"])
  }

  @Test func `of a rule with several conclusions the one that is asked for counts`() throws {
    let rules = """
      rules:
        a: {when: [flag.p], then: [{test: urine}, {recommend: first_drug, dose: size.y}]}
        b: {when: [recommend first_drug is concluded], then: [{test: scan}]}
      """
    try expectNeeds(rules, given: "flag.p: yes", ["size.y"])
  }

  @Test func `what holds because a fact is unknown asks for it`() throws {
    let shared = "define: {size.z: {first: [{when: size.y is unknown, is: size.x}, {otherwise: 1 mg}]}}\n"
    let rule = "rules: {r: {when: [size.z > 3 mg], then: [{test: blood}]}}"
    try expectNeeds(rule, given: "{}", shared: shared, ["size.x", "size.y"])
  }

  @Test func `what can never hold asks nothing`() throws {
    let rule = "rules: {r: {when: [{none: [{at least 2 of: [size.x is known]}]}, flag.p], then: [{test: blood}]}}"
    try expectNeeds(rule, given: "{}", ["flag.p"])
  }

  @Test func `an override that may match is asked row by row`() throws {
    let rules = """
      rules:
        a: {then: [{recommend: first_drug}, {recommend: second_drug}]}
        b:
          for_each: {m: medication}
          when: [m.dose > 1 mg, "today > m.start"]
          overrides: [{conclusions: {recommend: m.agent}, because: x}]
      """
    let given = """
      medication:
        - {agent: first_drug, dose: 2 mg}
        - {agent: other_drug, start: 2025-06-01}
      """
    try expectNeeds(rules, given: given, ["medication.start"])
  }

  @Test func `a conclusion is asked only where it may be the one that is meant`() throws {
    let rules = """
      rules:
        a: {for_each: {m: medication}, when: [m.status is taken, m.dose > 1 mg], then: [{recommend: m.agent}]}
        b: {when: [recommend first_drug is concluded], overrides: [{conclusions: {test: urine}, because: x}]}
        c: {then: [{test: urine}]}
      """
    let given = """
      medication:
        - {agent: first_drug, status: taken, dose: 2 mg}
        - {agent: second_drug, status: taken}
      """
    try expectNeeds(rules, given: given, ["medication.dose"])
    try expectNeeds(
      rules.replacing("a: {for_each", with: "a: {unless: [flag.q], for_each"), given: given,
      ["flag.q", "medication.dose"])
  }
}
