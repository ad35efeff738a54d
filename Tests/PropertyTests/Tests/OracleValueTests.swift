internal import Testing

@Suite struct OracleValueTests {
  private static let series = """
    lab.a:
      - {value: 2 mg, on: 2025-06-01}
      - {value: 4 mg, on: 2025-06-08}
      - {value: 6 mg, on: 2025-06-08}
      - {value: 1 mg, on: 2025-06-12}
    """

  @Test(arguments: [
    ("latest lab.a", "4 mg .. 6 mg"), ("earliest lab.a", "2 mg"), ("latest lab.a within 1 d", "-inf .. inf|none"),
    ("latest lab.a within 2 d", "4 mg .. 6 mg"), ("highest lab.a", "6 mg"), ("lowest lab.a since 2025-06-02", "4 mg"),
    ("count (lab.a)", "3"), ("count (lab.a within 2 d)", "2"), ("count (lab.b)", "0 .. inf"),
    ("date of latest lab.a", "2025-06-08"), ("date of latest lab.a within 1 d", "none"),
    ("change of lab.a over 9 d", "2 mg .. 4 mg"), ("change of lab.a over 2 d", "-inf .. inf|none"),
  ])
  func `a window ends today and holds both ends`(_ expression: String, _ expected: String) throws {
    #expect(try Micro.estimate("{value: \(expression)}", given: Self.series) == expected)
  }

  @Test func `a point of unknown day may be the latest`() throws {
    let given = """
      lab.a:
        - {value: 2 mg, on: 2025-06-08}
        - {value: 5 mg, on: {unknown: lost}}
      """
    #expect(try Micro.estimate("{value: latest lab.a within 9 d}", given: given) == "2 mg .. 5 mg")
    #expect(try Micro.estimate("{value: date of latest lab.a}", given: given) == "2025-06-08 .. 2025-06-10")
    #expect(try Micro.estimate("{value: count (lab.a)}", given: given) == "1 .. 2")
  }

  private static let medication = """
    medication:
      - {agent: first_drug, status: taken, dose: 2 mg}
      - {agent: first_drug, dose: 3 mg}
      - {agent: family, status: taken, dose: none}
    """

  @Test(arguments: [
    ("count (medication where status is taken)", "2 .. 3"),
    ("count (medication where agent is first_drug)", "2 .. 3"),
    ("count (medication where agent is family)", "3"), ("count (event)", "0 .. inf"),
    ("total (medication.dose)", "5 mg"), ("total (medication.dose where status is taken)", "2 mg .. 5 mg"),
    ("highest (medication.dose where status is taken)", "2 mg .. 3 mg"),
    ("lowest (medication.dose where status is stopped)", "3 mg|none"),
    ("highest (medication.dose where agent is other_drug)", "none"),
    ("only (medication.dose where agent is other_drug)", "none"),
    ("only (medication.dose where agent is first_drug and status is taken)", "-inf .. inf|none"),
    ("only (medication.dose where status is stopped)", "3 mg|none"),
    ("min of (size.x and highest (medication.dose where agent is other_drug))", "4 mg"),
    ("size.x / size.y", "-inf .. inf|none"), ("round size.x to 3 mg", "3 mg"), ("size.x * 3 / 8", "1.5 mg"),
  ])
  func `rows that may be meant widen a value`(_ expression: String, _ expected: String) throws {
    #expect(try Micro.estimate("{value: \(expression)}", given: Self.medication + "\nsize.x: 4 mg") == expected)
  }

  @Test(arguments: [
    ("flag.p: yes", "1 mg"), ("flag.p: no\nflag.q: yes", "2 mg"), ("flag.q: yes", "1 mg .. 2 mg"),
    ("flag.p: no", "2 mg .. 3 mg"), ("{}", "1 mg .. 3 mg"),
  ])
  func `an unknown guard leaves the clauses as candidates`(_ given: String, _ expected: String) throws {
    let first = "{first: [{when: flag.p, is: 1 mg}, {when: flag.q, is: 2 mg}, {otherwise: 3 mg}]}"
    #expect(try Micro.estimate(first, given: given) == expected)
  }

  @Test func `without a true clause the value is unknown and without a possible one none`() throws {
    let first = "{first: [{when: flag.p, is: 1 mg}]}"
    #expect(try Micro.estimate(first, given: "{}") == "-inf .. inf|none")
    #expect(try Micro.estimate(first, given: "flag.p: no") == "none")
  }

  @Test(arguments: [
    ("choice.drug: first_drug", "first_drug", []),
    ("choice.drug: first_drug\nchoice.second: first_drug", "first_drug", []),
    (
      "choice.drug: first_drug\nchoice.second: other_drug", "family|first_drug|second_drug|other_drug|none",
      ["disagree choice.drug choice.second"]
    ),
    ("{}", "family|first_drug|second_drug|other_drug|none", []),
  ])
  func `facts that must agree and do not are unknown`(_ given: String, _ expected: String, _ conflicts: [String]) throws
  {
    let result = try Micro.evaluate(
      "rules: {r: {then: [{test: blood}]}}", given: given,
      shared: "define:\n  choice.third: {agree: [choice.drug, choice.second]}\n")
    #expect(result.derived["choice.third"]?.first == expected)
    #expect(result.dataConflicts == Set(conflicts))
  }

  @Test func `what is given wins and a difference is reported`() throws {
    let result = try Micro.evaluate(
      "rules: {r: {when: [flag.r], then: [{test: blood}]}}", given: "flag.r: yes\nflag.p: no",
      shared: "define:\n  flag.r: {means: [flag.p]}\n")
    #expect(result.dataConflicts == ["derived_differs flag.r"])
    #expect(result.conclusions.map(\.status) == [.certain])
  }

  @Test func `given values are unknown when they are contradictory or out of range or stale or of the future`() throws {
    let given = """
      size.x: 20 mg
      size.y: {value: 2 mg, on: 2025-06-01}
      size.z: {value: 2 mg, on: 2025-06-12}
      number.n: 1
      number: {n: 2}
      """
    let result = try Micro.evaluate("rules: {r: {then: [{test: blood}]}}", given: given)
    #expect(result.dataConflicts == ["out_of_range size.x", "in_future size.z", "contradictory number.n"])
    #expect(try Micro.estimate("{value: size.y}", given: given) == "-inf .. inf|none")
    #expect(try Micro.estimate("{value: size.y}", given: "size.y: {value: 2 mg, on: 2025-06-05}") == "2 mg")
  }

  @Test(arguments: [
    ("size.x: 20 mg\nsize: {x: 2 mg}", "out_of_range size.x", "2 mg"),
    ("size.x: {value: 20 mg, on: 2025-06-12}", "out_of_range size.x", "-inf .. inf|none"),
    ("size.x: {value: 3 mg, on: 2025-06-12}\nsize: {x: 2 mg}", "in_future size.x", "2 mg"),
    ("size.x: {unknown: lost}\nsize: {x: 2 mg}", "", "2 mg"),
  ])
  func `each given value is judged by itself before they are compared`(
    _ given: String, _ conflict: String, _ expected: String
  ) throws {
    #expect(try Micro.estimate("{value: size.x}", given: given) == expected)
    let result = try Micro.evaluate("rules: {r: {then: [{test: blood}]}}", given: given)
    #expect(result.dataConflicts == Set(conflict.isEmpty ? [] : [conflict]))
  }
}
