internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import Testing

/// Rules over tables become one node for each row that may hold.
@Suite struct UnrollingTests {
  private static let table = """
    tables:
      advice:
        columns: {id: text, when: one of agent, then: one of agent, rank: whole_number}
        rows:
          - [A, azathioprine, mycophenolate, 1]
          - [B, any, rituximab, 2]
          - [C, unknown, azathioprine, 3]
          - [D, "", rituximab, 4]
          - [E, mycophenolate, azathioprine, ""]

    """

  /// The ranks and statuses of what a rule says of a patient who takes something, or of whom nothing is known.
  private func conclusions(chosen: Int?) throws -> [String] {
    let compiled = try Compiled(
      Self.table + """
        rules:
          advise:
            for_each: {row: advice}
            when: [chosen is row.when]
            then: [{recommend: row.then, rank: row.rank}]
        """)
    let program = try #require(compiled.program)
    #expect(try compiled.nodes(of: "advise") == 5)
    var session = Session(program.graph, today: Day(number: 20_000))
    let fact = try #require(compiled.library.vocabulary.factNamed["chosen"])
    let slot = try #require(program.sourceMap.scalarSlots[fact])
    session.assert(slot, chosen.map { Estimate.term($0) })
    session.run()
    return program.sourceMap.places.indices.flatMap { index in
      session.concluded(PlaceID(index), .cautious).filter { $0.stands != .no }.map { item in
        let row = ["A", "B", "C", "D", "E"][index]
        return "\(row) \(item.stands) with \(item.fields.count { $0 != nil }) fields"
      }
    }
  }

  @Test func `cells with terms, with any, with alternatives and without a value`() throws {
    #expect(try conclusions(chosen: 0) == ["A yes with 2 fields", "B yes with 2 fields"])
    #expect(try conclusions(chosen: 1) == ["B yes with 2 fields", "E yes with 1 fields"])
  }

  @Test func `a cell unknown holds when nothing is known`() throws {
    #expect(
      try conclusions(chosen: nil) == [
        "A unknown with 2 fields", "B yes with 2 fields", "C yes with 2 fields", "E unknown with 1 fields",
      ])
  }

  @Test func `rows that the table alone rules out become no node`() throws {
    let compiled = try Compiled(
      Self.table + """
        rules:
          few:
            for_each: {row: advice where rank >= 2 and rank < 4}
            when: [bleeding]
            then: [{recommend: row.then}]
          none-left:
            for_each: {row: advice where rank > 9}
            then: [{recommend: row.then}]
          pairs:
            for_each: {one: advice where rank < 3, other: advice where rank < 3}
            when: [fever]
            then: [{recommend: one.then}]
        """)
    #expect(try compiled.nodes(of: "few") == 2)
    #expect(try compiled.nodes(of: "none-left") == 0)
    #expect(try compiled.nodes(of: "pairs") == 4)
  }

  @Test func `a rule with rows of a table and of a patient is unrolled over the table only`() throws {
    let compiled = try Compiled(
      Self.table + """
        rules:
          mixed:
            for_each: {row: advice, c: contact}
            when: [c.taker is row.then]
            then: [{against: row.then}]
        """)
    let program = try #require(compiled.program)
    #expect(try compiled.nodes(of: "mixed") == 5)
    let node = try #require(program.sourceMap.nodesOfRule.first?.first)
    #expect(program.graph[node].relations.count == 1)
  }

  @Test func `rows of one rule never override each other`() throws {
    let compiled = try Compiled(
      Self.table + """
        rules:
          advise:
            for_each: {row: advice where rank <= 2}
            then: [{recommend: row.then, rank: row.rank}]
            overrides: [{conclusions: {recommend: any}, because: it is the newer table}]
          plain:
            then: [{recommend: azathioprine}]
        """)
    #expect(compiled.golden == "")
    let session = try compiled.session()
    let stands = (0..<3).map { session.concluded(PlaceID($0), .cautious).map(\.stands) }
    #expect(stands == [[.yes], [.yes], [.no]])
  }
}
