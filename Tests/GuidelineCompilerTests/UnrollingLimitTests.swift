internal import GuidelineCompiler
internal import Testing

/// Tables multiply: a rule over several of them must not fill the memory.
@Suite struct UnrollingLimitTests {
  private static func library(_ rule: String, rows: Int) -> String {
    let rows = (0..<rows).map { "      - [R\($0), azathioprine, \($0)]" }.joined(separator: "\n")
    return """
      tables:
        advice:
          columns: {id: text, drug: one of agent, rank: whole_number}
          rows:
      \(rows)
      rules:
        many:
          for_each: {\(rule)}
          then: [{recommend: a.drug}]
      """
  }

  @Test func `a rule over eight tables is refused`() throws {
    let variables = "abcdefgh".map { "\($0): advice" }.joined(separator: ", ")
    let compiled = try Compiled(Self.library(variables, rows: 30))
    #expect(compiled.program == nil)
    #expect(
      compiled.golden == """
        GL0819 too-many-unrolled-rules: the tables of `many` hold too many combinations of rows to make a rule of each
        at g.yaml:42:3 many
        note: all rules together may become 65535, one for each combination
        """)
  }

  @Test func `what filters leave of two tables is counted, not what they could be`() throws {
    let compiled = try Compiled(Self.library("a: advice where rank < 3, b: advice where rank < 3", rows: 300))
    #expect(compiled.golden == "")
    #expect(try compiled.nodes(of: "many") == 9)
  }

  @Test func `a table with more rows than there may be rules is refused`() throws {
    #expect(try Compiled(Self.library("a: advice, b: advice", rows: 260)).program == nil)
  }
}
