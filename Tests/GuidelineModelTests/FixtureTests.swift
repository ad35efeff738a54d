internal import Foundation
internal import GuidelineModel
internal import SourceText
internal import Testing

struct FixtureTests {
  /// What a fixture says must be found: `# expect GL0301 ild.presnt`.
  private func expectations(_ contents: [(path: String, text: String)]) -> [String] {
    contents.flatMap { $0.text.split(separator: "\n") }.filter { $0.hasPrefix("# expect ") }.map {
      String($0.dropFirst("# expect ".count))
    }.sorted()
  }

  @Test(arguments: fixtureNames(in: "bad"))
  func `a fault is found at its place, and nothing else`(name: String) throws {
    let contents = try read(fixture: name, in: "bad")
    let expected = expectations(contents)
    #expect(!expected.isEmpty)
    let checked = check([try baseFile()] + contents)
    #expect(checked.summary == expected, "\(checked.findings.map { "\($0.code.id) \($0.message)" })")
  }

  @Test(arguments: fixtureNames(in: "good"))
  func `near misses are no faults`(name: String) throws {
    let contents = try read(fixture: name, in: "good")
    #expect(!contents.isEmpty)
    let checked = check([try baseFile()] + contents)
    #expect(checked.findings.map { "\($0.code.id) \($0.message)" } == [])
  }

  @Test func `every message is one sentence that says what to do`() throws {
    for name in fixtureNames(in: "bad") {
      let checked = check([try baseFile()] + (try read(fixture: name, in: "bad")))
      for finding in checked.findings {
        #expect(finding.message.first?.isUppercase == false, "\(name): \(finding.message)")
        #expect(!finding.message.hasSuffix("."), "\(name): \(finding.message)")
        #expect(!finding.message.contains("\n"), "\(name): \(finding.message)")
      }
    }
  }

  @Test func `ids and names of the faults are unique`() {
    let codes = ModelFault.codes
    #expect(Set(codes.map(\.id)).count == codes.count)
    #expect(Set(codes.map(\.name)).count == codes.count)
  }

  @Test func `every fault has a fixture that triggers it`() throws {
    var found: Set<String> = []
    for name in fixtureNames(in: "bad") {
      for line in try read(fixture: name, in: "bad").flatMap({ $0.text.split(separator: "\n") })
      where line.hasPrefix("# expect ") {
        found.formUnion(line.split(separator: " ").dropFirst(2).prefix(1).map(String.init))
      }
    }
    // Too many rules would need a fixture of megabytes; a fact without its value stands in no document of a library.
    let elsewhere: Set<String> = ["GL0332", "GL0331"]
    let missing = Set(ModelFault.codes.map(\.id)).subtracting(found).subtracting(elsewhere)
    #expect(missing == [])
  }
}
