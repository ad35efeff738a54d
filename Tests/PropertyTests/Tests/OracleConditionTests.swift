internal import Testing

@Suite struct OracleConditionTests {
  /// The cautious estimate of a definition that means this.
  private func truth(_ condition: String, _ given: String) throws -> String {
    switch try Micro.estimate("{means: [\(condition)]}", given: given) {
    case "yes": "T"
    case "no": "F"
    default: "U"
    }
  }

  @Test(arguments: [
    ("choice.drug is first_drug", "T"), ("choice.drug is family", "T"), ("choice.drug is second_drug", "F"),
    ("choice.drug is not first_drug", "F"), ("choice.second is first_drug", "U"), ("choice.second is family", "T"),
    ("choice.second is other_drug", "F"), ("choice.third is family", "U"), ("choice.second is choice.drug", "U"),
    ("\"choice.drug in [second_drug, family]\"", "T"), ("choice.drug is second_drug or other_drug", "F"),
    ("choice.drug is known", "T"), ("choice.third is unknown", "T"), ("choice.third is known to be family", "F"),
    ("choice.drug is known to be family", "T"), ("choice.second is not known to be first_drug", "T"),
  ])
  func `a class includes its members and may be too coarse`(_ condition: String, _ expected: String) throws {
    #expect(try truth(condition, "choice.drug: first_drug\nchoice.second: family") == expected)
  }

  @Test(arguments: [
    ("day.start is none", "T"), ("day.start < 2025-06-10", "F"), ("not day.start < 2025-06-10", "T"),
    ("today - day.start > 0 d", "F"), ("day.start is known", "F"), ("day.start is unknown", "F"),
    ("any lab.a since day.start > 0 mg", "F"), ("day.end is unknown", "T"), ("day.end is none", "F"),
    ("latest lab.a is older than 3 d", "F"), ("latest lab.a is older than 1 d", "T"),
    ("any lab.a within 2 d >= 4 mg", "T"), ("any lab.a within 1 d >= 4 mg", "F"), ("any lab.b > 0 mg", "U"),
    ("lab.a is known", "T"), ("lab.b is known", "F"),
  ])
  func `a comparison with none is false`(_ condition: String, _ expected: String) throws {
    let given = "day.start: none\nlab.a: [{value: 4 mg, on: 2025-06-08}]"
    #expect(try truth(condition, given) == expected)
  }

  @Test(arguments: [
    ("chosen includes first_drug", "T"), ("chosen includes family", "T"), ("chosen includes second_drug", "F"),
    ("\"chosen includes any of [second_drug, other_drug]\"", "F"),
    ("\"chosen includes all of [first_drug, family]\"", "T"),
    ("\"chosen includes none of [second_drug]\"", "T"),
  ])
  func `a set that is given is complete`(_ condition: String, _ expected: String) throws {
    #expect(try truth(condition, "chosen: [first_drug]") == expected)
    #expect(try truth(condition, "{}") == "U")
  }

  @Test(arguments: [
    ("flag.p: yes", "T"), ("flag.p: no", "T"), ("flag.p: {unknown: x}", "T"), ("flag.p: yes\nchosen: []", "F"),
    ("flag.p: yes\nchosen: [second_drug]", "F"), ("chosen: [second_drug]", "F"), ("chosen: [family]", "U"),
    ("chosen: []", "F"),
  ])
  func `a set is asked for each value that may be meant`(_ given: String, _ expected: String) throws {
    let shared = """
      define:
        choice.third: {first: [{when: flag.p, is: first_drug}, {otherwise: other_drug}]}
        own.it: {means: [chosen includes choice.third]}

      """
    let chosen = given.contains("chosen") ? "" : "\nchosen: [first_drug, other_drug]"
    let result = try Micro.evaluate("rules: {r: {then: [{test: blood}]}}", given: given + chosen, shared: shared)
    let names = ["T": "yes", "F": "no", "U": "yes|no"]
    #expect(result.derived["shared/own.it"]?.first == names[expected])
  }

  @Test(arguments: [
    ("choice.drug: family", ["possible test scan", "certain test blood", "certain test urine"]),
    ("chosen: []", ["certain test blood", "certain test urine"]),
    ("chosen: [second_drug]", ["certain test scan", "certain test blood", "certain test urine"]),
  ])
  func `a set includes what any cell leaves open, and never what is none`(_ given: String, _ expected: [String]) throws
  {
    let body = """
      tables:
        doses:
          columns: {id: text, agent: one of drug, check: one of check}
          rows: [[a, any, blood], [b, "", scan], [c, second_drug, visit]]
      rules:
        a: {for_each: {w: doses where check is not visit}, when: [chosen includes w.agent], then: [{test: w.check}]}
        b: {for_each: {w: doses where check is visit}, when: [chosen includes w.agent], then: [{test: scan}]}
        c: {when: [{not: chosen includes choice.third}], then: [{test: urine}]}
      """
    let shared = "define: {choice.third: {first: [{when: size.x < 0 mg, is: first_drug}]}}\n"
    let given = given + "\nsize.x: 1 mg"
    #expect(try Micro.statuses(body, given: given, shared: shared) == expected.sorted())
  }

  @Test(arguments: [
    ("exists medication where agent is first_drug and status is taken", "U"),
    ("exists medication where agent is first_drug", "T"), ("no medication where agent is other_drug", "T"),
    ("exists event", "U"), ("count (medication) >= 1", "T"), ("count (event) >= 0", "T"), ("count (event) > 0", "U"),
    ("exists doses where agent is first_drug and low > 2 mg", "T"), ("exists link where source is target", "F"),
  ])
  func `a collection that is not given is an undecided row`(_ condition: String, _ expected: String) throws {
    let shared = """
      define:
        own.it: {means: [\(condition)]}
      tables:
        doses:
          columns: {id: text, agent: one of drug, low: quantity mg}
          rows: [[x, first_drug, 3], [y, first_drug, 1]]
      """
    let result = try Micro.evaluate(
      "rules: {r: {then: [{test: blood}]}}", given: "medication: [{agent: first_drug}]\nlink: []", shared: shared)
    let names = ["T": "yes", "F": "no", "U": "yes|no"]
    #expect(result.derived["shared/own.it"]?.first == names[expected])
  }

  @Test(arguments: [("yes", "no", "T"), ("yes", "yes", "T"), ("no", "no", "F"), ("no", "{unknown: x}", "U")])
  func `at least one of two`(_ p: String, _ q: String, _ expected: String) throws {
    #expect(try truth("{at least 1 of: [flag.p, flag.q]}", "flag.p: \(p)\nflag.q: \(q)") == expected)
  }

  private static let paths = """
    rules:
      base: {for_each: {k: link}, then: [{derive: path, head: k.source, tail: k.target}]}
      step:
        for_each: {p: path, k: link}
        when: [p.tail is k.source]
        then: [{derive: path, head: p.head, tail: k.target}]
      read:
        when: [exists path where head is first_drug and tail is other_drug]
        then: [{test: blood}]
      missing:
        when: [no path where head is other_drug]
        then: [{test: scan}]
    """

  @Test func `a relation that recurses reaches its closure`() throws {
    let given = """
      link:
        - {source: first_drug, target: second_drug}
        - {source: second_drug, target: other_drug}
      """
    #expect(try Micro.statuses(Self.paths, given: given) == ["certain test blood", "certain test scan"])
  }

  @Test func `an edge that may end anywhere makes paths possible`() throws {
    let given = """
      link:
        - {source: first_drug, target: {unknown: x}}
        - {source: second_drug, target: other_drug}
      """
    #expect(try Micro.statuses(Self.paths, given: given) == ["possible test blood", "certain test scan"].sorted())
  }

  @Test func `a recursion through not is refused`() throws {
    let rules = """
      rules:
        a: {when: [{not: test urine is concluded}], then: [{test: blood}]}
        b: {when: [test blood is concluded], then: [{test: urine}]}
      """
    #expect(try Micro.runs(rules) == nil)
  }

  @Test(arguments: ["{not: {none: [test blood is concluded]}}", "{none: [{not: {any: [test blood is concluded]}}]}"])
  func `what is negated twice may recurse`(_ condition: String) throws {
    let rules = "rules: {a: {when: [\(condition)], then: [{test: blood}]}}"
    #expect(try Micro.statuses(rules) == [])
  }

  @Test func `what rules conclude can be ranged over`() throws {
    let rules = """
      rules:
        a: {then: [{recommend: first_drug, dose: 2 mg}]}
        b: {when: [flag.p], then: [{recommend: other_drug, dose: 4 mg}]}
        c: {for_each: {c: recommend where dose > 3 mg}, then: [{against: c.subject}]}
        d: {when: [count (recommend) >= 2], then: [{test: blood}]}
      """
    #expect(
      try Micro.statuses(rules) == [
        "certain recommend first_drug", "possible against other_drug", "possible recommend other_drug",
        "possible test blood",
      ])
  }
}
