internal import Testing

/// Rules over knowledge tables are judged row by row.
@Suite struct OracleUnrollingTests {
  private static func library(_ rows: String, _ rule: String) -> String {
    """
    tables:
      doses:
        columns: {id: text, agent: one of drug, low: quantity mg}
        rows: \(rows)
    rules:
      base:
        for_each: {w: doses\(rule)}
        when: [not recommend first_drug is concluded]
        then: [{recommend: w.agent}]
    """
  }

  @Test func `a rule over a table without a row depends on nothing`() throws {
    #expect(try Micro.statuses(Self.library("[]", "")) == [])
  }

  @Test func `a rule without a row never applies`() throws {
    let rule = Self.library("[]", "") + "\n  r: {when: [not rule base applies], then: [{test: blood}]}"
    #expect(try Micro.statuses(rule) == ["certain test blood"])
  }

  @Test func `rows that the condition of the variable rules out depend on nothing`() throws {
    let rows = "[[a, first_drug, 1], [b, second_drug, 2]]"
    #expect(try Micro.statuses(Self.library(rows, " where low > 1 mg")) == ["certain recommend second_drug"])
  }

  @Test func `a row that concludes what it must not is refused`() throws {
    let rows = "[[a, first_drug, 1], [b, second_drug, 2]]"
    #expect(try Micro.runs(Self.library(rows, "")) == nil)
  }

  @Test func `a row may rest on what another row of the same rule concludes`() throws {
    let body = """
      tables:
        doses:
          columns: {id: text, agent: one of drug, other: one of drug}
          rows: [[a, first_drug, second_drug], [b, second_drug, other_drug]]
      rules:
        base:
          for_each: {w: doses}
          when: [not recommend w.other is concluded]
          then: [{recommend: w.agent}]
      """
    #expect(try Micro.statuses(body) == ["certain recommend second_drug"])
  }

  @Test func `what a cell settles depends on nothing`() throws {
    let body = """
      tables:
        doses:
          columns: {id: text, agent: one of drug}
          rows: [[a, first_drug], [b, second_drug]]
      rules:
        base:
          for_each: {w: doses}
          when:
            - any: [w.agent is first_drug, not recommend second_drug is concluded]
            - w.agent is first_drug
          then: [{recommend: w.agent}]
      """
    #expect(try Micro.statuses(body) == ["certain recommend first_drug"])
  }

  @Test func `what can never hold depends on nothing`() throws {
    let rules = "rules: {r: {when: [{at least 2 of: [not test blood is concluded]}], then: [{test: blood}]}}"
    #expect(try Micro.statuses(rules) == [])
  }
}
