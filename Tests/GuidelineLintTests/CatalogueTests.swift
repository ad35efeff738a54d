internal import GuidelineLint
internal import SourceText
internal import Testing

@Suite struct CatalogueTests {
  @Test func `every id and every name is used once`() {
    let checks = Catalogue.checks
    #expect(Set(checks.map(\.code.id)).count == checks.count)
    #expect(Set(checks.map(\.code.name)).count == checks.count)
  }
}
