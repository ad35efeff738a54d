internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import Testing

/// Several editions of a guideline, and rules that are not there.
@Suite struct EditionTests {
  private static let editions = [
    ("words.yaml", Compiled.words),
    (
      "g1.yaml",
      Compiled.header("g", edition: "1") + """
        rules:
          give: {then: [{recommend: azathioprine}]}
          old: {then: [{recommend: rituximab}]}
        """
    ),
    (
      "g2.yaml",
      Compiled.header("g", edition: "2", from: "2024-01-01") + """
        rules:
          give: {then: [{recommend: mycophenolate}]}
        """
    ),
    (
      "h.yaml",
      Compiled.header("h") + """
        rules:
          stop:
            then: [{against: azathioprine}]
            overrides:
              - {rule: g/old, because: the old rule is dangerous}
          follow:
            when: [rule g/old applies]
            then: [{against: rituximab}]
        """
    ),
  ]

  /// The rules with a conclusion that stands.
  private func speaking(on day: String) throws -> Set<String> {
    let compiled = try Compiled(Self.editions, day: day)
    #expect(compiled.golden == "")
    let session = try compiled.session()
    let map = try #require(compiled.program).sourceMap
    let standing = map.places.indices.filter { index in
      session.concluded(PlaceID(index), .cautious).contains { $0.stands == .yes }
    }
    return Set(
      standing.map { index in
        let rule = compiled.library[map.places[index].rule]
        let document = compiled.library[rule.document]
        return "\(document.id)@\(document.edition ?? "")/\(rule.name)"
      })
  }

  @Test func `the earlier edition speaks while it is in force, and is overridden`() throws {
    #expect(try speaking(on: "2023-12-31") == ["g@1/give", "h@1/stop"])
  }

  @Test func `an override of a rule that the later edition dropped has no effect`() throws {
    #expect(try speaking(on: "2024-01-01") == ["g@2/give", "h@1/stop"])
  }

  @Test func `a rule of a guideline that is not yet in force does not apply`() throws {
    var texts = Self.editions
    texts[1].1 = texts[1].1.replacing("2020-01-01", with: "2023-01-01")
    let compiled = try Compiled(texts, day: "2022-01-01")
    #expect(compiled.golden == "")
    let session = try compiled.session()
    #expect(compiled.library.rules.map(\.name).sorted() == ["follow", "stop"])
    let places = try #require(compiled.program).sourceMap.places
    let standing = places.indices.filter { session.concluded(PlaceID($0), .cautious).contains { $0.stands == .yes } }
    #expect(standing.map { compiled.library[places[$0].rule].name } == ["stop"])
  }
}
